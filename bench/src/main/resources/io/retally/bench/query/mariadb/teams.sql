-- include rep_ctes
select s.team_id, t.name as team_name, s.reps_enrolled, s.reps_not_started, s.reps_in_progress, s.reps_completed,
       s.reps_overdue,
       ((s.reps_completed * 2000 + s.reps_enrolled) div (2 * s.reps_enrolled)) / 10 as completed_percent,
       ((s.correct * 2000 + s.answered) div nullif(2 * s.answered, 0)) / 10 as correct_percent
from (select team_id, count(*) as reps_enrolled, count(*) - count(first_activity_at) as reps_not_started,
             count(first_activity_at) - count(completed_at) as reps_in_progress, count(completed_at) as reps_completed,
             coalesce(sum(completed_at is null and due_at < date(:as_of)), 0) as reps_overdue,
             sum(questions_correct) as correct, sum(questions_answered) as answered
      from reps where team_id is not null group by team_id) s
left join team t on t.id = s.team_id
order by completed_percent desc, correct_percent desc, s.team_id
limit 100
