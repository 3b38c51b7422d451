-- What reporting.lesson_effectiveness must equal, over the contract's views; variables are the report's.
select program_id, lesson_id, account_id, ordinal, title, messaged as reps_messaged, progressed as reps_progressed,
       round(progressed * 100.0 / nullif(messaged, 0), 1) as progressed_percent,
       reps - messaged as unmessaged_reps, unmessaged_progressed,
       round(unmessaged_progressed * 100.0 / nullif(reps - messaged, 0), 1) as unmessaged_percent
from (
  select l.program_id, l.id as lesson_id, p.account_id, l.ordinal, l.title, count(*) as reps,
         count(*) filter (where r.messaged) as messaged, count(*) filter (where r.prompted) as progressed,
         count(*) filter (where not r.messaged and r.progressed) as unmessaged_progressed
  from source.lesson l
  join source.program p on p.id = l.program_id
  join contract.membership m on m.program_id = l.program_id
  cross join lateral (
    select exists (select from contract.counted c where c.contact_id = m.contact_id and c.program_id = l.program_id
                     and c.lesson_id = l.id and c.verb = 'message_sent') as messaged,
           exists (select from contract.counted c where c.contact_id = m.contact_id and c.program_id = l.program_id
                     and c.lesson_id = l.id and c.verb not in ('message_sent', 'message_clicked')) as progressed,
           exists (select from contract.counted s
                   join contract.counted c on c.contact_id = s.contact_id and c.program_id = s.program_id
                     and c.lesson_id = s.lesson_id and c.verb not in ('message_sent', 'message_clicked')
                     and c.at >= s.at and c.at < s.at + ${hours} * interval '1 hour'
                   where s.contact_id = m.contact_id and s.program_id = l.program_id and s.lesson_id = l.id
                     and s.verb = 'message_sent') as prompted) r
  group by l.program_id, l.id, p.account_id, l.ordinal, l.title) t
