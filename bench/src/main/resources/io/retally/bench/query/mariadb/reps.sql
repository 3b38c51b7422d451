-- include rep_ctes
select r.contact_id, r.contact_name, t.name as team_name,
       case when r.completed_at is not null      then 'completed'
            when r.due_at < :as_of               then 'overdue'
            when r.first_activity_at is not null then 'in_progress'
            else 'not_started' end as status,
       r.due_at, r.lessons_opened, r.lessons_completed, r.lessons_passed, r.segments_watched, r.questions_answered,
       r.questions_correct, r.answers, r.messages_clicked, r.last_activity_at, r.completed_at
from reps r
left join team t on t.id = r.team_id
order by {column} is null, {column} {direction}, contact_id
limit 100
