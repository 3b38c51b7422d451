-- An account's programs, with where their reps stand today.
select program_id, program_name, program_kind, reps_enrolled, reps_not_started, reps_in_progress, reps_completed,
       reps_overdue, reps_due_in_7_days, completed_percent, correct_percent, clicked_percent
from serving.program_status
where account_id = :account
order by program_name, program_id
