-- The account has this one program.
select r.contact_id, r.contact_name, t.name as team_name, p.name as program_name, r.due_at,
       (epoch_us(:as_of::timestamp) - epoch_us(r.due_at)) // 86400000000 as days_late,
       r.lessons_passed, r.lessons_required, r.last_activity_at
from rep_program r
join program p on p.id = r.program_id
left join team t on t.id = r.team_id
where r.account_id = :account and r.program_id = :program and r.completed_at is null and r.due_at < :as_of::timestamp
order by r.due_at, r.contact_id, r.program_id
limit 50
