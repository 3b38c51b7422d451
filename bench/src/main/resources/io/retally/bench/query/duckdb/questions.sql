select l.ordinal, l.title, q.question_id, count(*) as respondents, sum(q.answers) as answers,
       count(*) filter (where q.first_correct) as correct_first,
       count(*) filter (where q.latest_correct) as correct_latest
from (select program_id, contact_id, lesson_id, question_id, count(*) as answers,
             arg_min(correct, (happened_at, id)) as first_correct, arg_max(correct, (happened_at, id)) as latest_correct
      from counted
      where verb = 'question_answered' and program_id = :program and account_id = :account
      group by program_id, contact_id, lesson_id, question_id) q
join member m on m.program_id = q.program_id and m.contact_id = q.contact_id
join lesson l on l.program_id = q.program_id and l.id = q.lesson_id
group by l.id, l.ordinal, l.title, q.question_id
order by l.ordinal, l.id, q.question_id
