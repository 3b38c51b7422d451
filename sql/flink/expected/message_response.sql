-- What reporting.message_response must equal, over the contract's views; variables are the report's.
select program_id, hour_of_day, account_id, count(*) as messages_sent, count(*) filter (where answered) as messages_answered,
       round(count(*) filter (where answered) * 100.0 / count(*), 1) as answered_percent
from (
  select m.program_id, extract(hour from m.at at time zone m.time_zone)::int as hour_of_day, m.account_id,
         exists (select from contract.counted c
                 where c.contact_id = m.contact_id and c.program_id = m.program_id and c.lesson_id = m.lesson_id
                   and c.verb = 'message_clicked' and c.at >= m.at and c.at < m.at + ${response_hours} * interval '1 hour') as answered
  from contract.counted m where m.verb = 'message_sent') t
group by program_id, hour_of_day, account_id
