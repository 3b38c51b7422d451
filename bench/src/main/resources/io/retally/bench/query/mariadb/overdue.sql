-- The account has this one program.
-- include rep_ctes
select r.contact_id, r.contact_name, t.name as team_name, p.name as program_name, r.due_at,
       timestampdiff(microsecond, r.due_at, :as_of) div 86400000000 as days_late, r.lessons_passed,
       r.lessons_required, r.last_activity_at
from reps r
join program p on p.id = :program
left join team t on t.id = r.team_id
where r.completed_at is null and r.due_at < :as_of
order by r.due_at, r.contact_id
limit 50
