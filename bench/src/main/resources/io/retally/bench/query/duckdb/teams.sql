select s.team_id, t.name as team_name, s.reps_enrolled, s.reps_not_started, s.reps_in_progress, s.reps_completed,
       s.reps_overdue,
       ((s.reps_completed * 2000 + s.reps_enrolled) // (2 * s.reps_enrolled)) / 10 as completed_percent,
       ((s.correct * 2000 + s.answered) // nullif(2 * s.answered, 0)) / 10 as correct_percent
from (select team_id, count(*) as reps_enrolled, count(*) - count(first_activity_at) as reps_not_started,
             count(first_activity_at) - count(completed_at) as reps_in_progress, count(completed_at) as reps_completed,
             count(*) filter (where completed_at is null and due_at < date_trunc('day', :as_of::timestamp))
               as reps_overdue,
             sum(questions_correct)::bigint as correct, sum(questions_answered)::bigint as answered
      from rep_program
      where account_id = :account and program_id = :program and team_id is not null
      group by team_id) s
left join team t on t.id = s.team_id
order by completed_percent desc, correct_percent desc nulls last, s.team_id
limit 100
