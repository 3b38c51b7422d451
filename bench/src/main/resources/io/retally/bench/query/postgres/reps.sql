select r.contact_id, r.contact_name, t.name as team_name,
       case when r.completed_at is not null           then 'completed'
            when r.due_at < :as_of::timestamptz       then 'overdue'
            when r.first_activity_at is not null      then 'in_progress'
            else 'not_started' end as status,
       r.due_at, r.lessons_opened, r.lessons_completed, r.lessons_passed, r.segments_watched, r.questions_answered,
       r.questions_correct, r.answers, r.messages_clicked, r.last_activity_at, r.completed_at
from raw.rep_program r
join source.program p on p.id = r.program_id
left join source.team t on t.id = r.team_id
where p.account_id = :account and r.program_id = :program
order by {column} {direction} nulls last, contact_id
limit 100
