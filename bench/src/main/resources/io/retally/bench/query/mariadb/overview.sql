-- The account has this one program.
-- include rep_ctes
select p.id, p.name, p.kind, s.reps_enrolled, s.reps_not_started, s.reps_in_progress, s.reps_completed, s.reps_overdue,
       s.reps_due_in_7_days,
       ((s.reps_completed * 2000 + s.reps_enrolled) div nullif(2 * s.reps_enrolled, 0)) / 10 as completed_percent,
       ((s.correct * 2000 + s.answered) div nullif(2 * s.answered, 0)) / 10 as correct_percent,
       ((s.clicked * 2000 + s.sent) div nullif(2 * s.sent, 0)) / 10 as clicked_percent
from program p
join (select count(*) as reps_enrolled, count(*) - count(first_activity_at) as reps_not_started,
             count(first_activity_at) - count(completed_at) as reps_in_progress, count(completed_at) as reps_completed,
             coalesce(sum(completed_at is null and date(due_at) < date(:as_of)), 0) as reps_overdue,
             coalesce(sum(completed_at is null and date(due_at) >= date(:as_of)
                          and date(due_at) < date(:as_of) + interval 7 day), 0) as reps_due_in_7_days,
             sum(questions_correct) as correct, sum(questions_answered) as answered, sum(messages_clicked) as clicked,
             sum(messages_sent) as sent
      from reps) s
where p.account_id = :account and p.id = :program
order by p.name, p.id
