-- The account has this one program.
select r.contact_id, r.contact_name, t.name as team_name, r.program_name, r.due_at,
       floor(extract(epoch from :as_of::timestamptz - r.due_at) / 86400)::int as days_late,
       r.lessons_passed, r.lessons_required, r.last_activity_at
from (select r.*, p.name as program_name
      from raw.rep_program r
      join source.program p on p.id = r.program_id
      where p.account_id = :account and r.program_id = :program and r.completed_at is null
        and r.due_at < :as_of::timestamptz
      order by r.due_at, r.contact_id, r.program_id
      limit 50) r
left join source.team t on t.id = r.team_id
order by r.due_at, r.contact_id, r.program_id
