-- What reporting.program_comparison must equal, over the contract's views.
select p.id as program_id, p.account_id, p.name, p.kind, s.reps_enrolled, s.reps_started, s.reps_completed,
       round(s.reps_started * 100.0 / s.reps_enrolled, 1) as started_percent,
       round(s.reps_completed * 100.0 / s.reps_enrolled, 1) as completed_percent,
       s.messages_sent,
       round(s.messages_sent::numeric / nullif(s.reps_completed, 0), 1) as messages_per_completion
from source.program p
join contract.program_summary s on s.program_id = p.id
