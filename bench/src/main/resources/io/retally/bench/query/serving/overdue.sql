-- An account's overdue reps, the latest first.
select contact_id, contact_name, team_name, program_name, due_at, days_late, lessons_passed, lessons_required,
       last_activity_at
from serving.rep_status
where account_id = :account and completed_at is null and due_at < now()
order by due_at, contact_id, program_id
limit 50
