-- The account has this one program. Percentages to a tenth, in whole numbers, as doubles would round otherwise.
select p.id, p.name, p.kind, s.reps_enrolled, s.reps_not_started, s.reps_in_progress, s.reps_completed, s.reps_overdue,
       s.reps_due_in_7_days,
       ((s.reps_completed * 2000 + s.reps_enrolled) // nullif(2 * s.reps_enrolled, 0)) / 10 as completed_percent,
       ((s.correct * 2000 + s.answered) // nullif(2 * s.answered, 0)) / 10 as correct_percent,
       ((s.clicked * 2000 + s.sent) // nullif(2 * s.sent, 0)) / 10 as clicked_percent
from program p
cross join (
  select count(*) as reps_enrolled, count(*) - count(first_activity_at) as reps_not_started,
         count(first_activity_at) - count(completed_at) as reps_in_progress, count(completed_at) as reps_completed,
         count(*) filter (where completed_at is null and due_at::date < today) as reps_overdue,
         count(*) filter (where completed_at is null and due_at::date >= today and due_at::date < today + 7)
           as reps_due_in_7_days,
         sum(questions_correct)::bigint as correct, sum(questions_answered)::bigint as answered,
         sum(messages_clicked)::bigint as clicked, sum(messages_sent)::bigint as sent
  from rep_program, (select :as_of::timestamp::date as today)
  where program_id = :program) s
where p.account_id = :account and p.id = :program
order by p.name, p.id
