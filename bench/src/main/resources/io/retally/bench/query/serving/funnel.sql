-- How many reps got how far in each lesson of a program.
select l.ordinal, l.title, f.reps_messaged, f.reps_clicked, f.reps_opened, f.reps_watched_any, f.reps_watched_all,
       f.reps_answered_all, f.reps_completed, f.reps_passed
from serving.lesson_funnel f
join serving.lesson l on l.program_id = f.program_id and l.lesson_id = f.lesson_id
where f.account_id = :account and f.program_id = :program
order by l.ordinal, l.lesson_id
