-- What reporting.cohort_retention must equal, over the contract's views; variables are the report's.
select program_id, cohort_month, n_day, account_id, reps, on_day as retained_on_day, since_day as retained_since_day,
       round(on_day * 100.0 / reps, 1) as n_day_percent, round(since_day * 100.0 / reps, 1) as unbounded_percent
from (
  select m.program_id, date_trunc('month', m.enrolled_on)::date as cohort_month, n.n_day, m.account_id, count(*) as reps,
         count(*) filter (where exists (
           select from contract.counted c where c.contact_id = m.contact_id and c.program_id = m.program_id
             and c.verb <> 'message_sent' and (c.at at time zone c.time_zone)::date = m.enrolled_on + n.n_day)) as on_day,
         count(*) filter (where exists (
           select from contract.counted c where c.contact_id = m.contact_id and c.program_id = m.program_id
             and c.verb <> 'message_sent' and (c.at at time zone c.time_zone)::date >= m.enrolled_on + n.n_day)) as since_day
  from (select *, (enrolled_at at time zone time_zone)::date as enrolled_on from contract.membership) m
  cross join (values (${first_n}), (${second_n}), (${third_n})) n (n_day)
  group by m.program_id, cohort_month, n.n_day, m.account_id) t
