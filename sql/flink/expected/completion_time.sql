-- What reporting.completion_time must equal, over the contract's views.
select program_id, account_id, count(*) as reps_completed,
       percentile_disc(0.25) within group (order by seconds) as p25_seconds,
       percentile_disc(0.50) within group (order by seconds) as p50_seconds,
       percentile_disc(0.75) within group (order by seconds) as p75_seconds,
       percentile_disc(0.90) within group (order by seconds) as p90_seconds
from (select program_id, account_id, trunc(extract(epoch from completed_at - enrolled_at))::bigint as seconds
      from contract.rep_program where completed_at is not null) t
group by program_id, account_id
