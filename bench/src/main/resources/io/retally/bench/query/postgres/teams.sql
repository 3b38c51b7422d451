select r.team_id, t.name as team_name, count(*) as reps_enrolled,
       count(*) - count(r.first_activity_at) as reps_not_started,
       count(r.first_activity_at) - count(r.completed_at) as reps_in_progress,
       count(r.completed_at) as reps_completed,
       count(*) filter (where r.completed_at is null and r.due_at < u.today) as reps_overdue,
       round(count(r.completed_at) * 100.0 / count(*), 1) as completed_percent,
       round(sum(r.questions_correct) * 100.0 / nullif(sum(r.questions_answered), 0), 1) as correct_percent
from raw.rep_program r
join source.program p on p.id = r.program_id
cross join (select date_trunc('day', :as_of::timestamptz at time zone 'UTC') at time zone 'UTC' as today) u
left join source.team t on t.id = r.team_id
where p.account_id = :account and r.program_id = :program and r.team_id is not null
group by r.team_id, t.name
order by completed_percent desc, correct_percent desc nulls last, team_id
limit 100
