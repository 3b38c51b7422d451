-- A program's teams, the best first. The page is found first, so that only its teams' overdue reps are counted.
select s.team_id, s.team_name, s.reps_enrolled, s.reps_not_started, s.reps_in_progress, s.reps_completed,
       s.reps_overdue, s.completed_percent, s.correct_percent
from (select team_id, program_id
      from serving.team_status
      where account_id = :account and program_id = :program
      order by completed_percent desc, correct_percent desc nulls last, team_id
      limit 100) page
join serving.team_status s on s.team_id = page.team_id and s.program_id = page.program_id
order by s.completed_percent desc, s.correct_percent desc nulls last, s.team_id
