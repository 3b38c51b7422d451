-- How a program's questions were answered.
select l.ordinal, l.title, q.question_id, q.respondents, q.answers, q.correct_first, q.correct_latest
from serving.question_stats q
join serving.lesson l on l.program_id = q.program_id and l.lesson_id = q.lesson_id
where q.account_id = :account and q.program_id = :program
order by l.ordinal, l.lesson_id, q.question_id
