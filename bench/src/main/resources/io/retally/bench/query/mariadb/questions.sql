-- A first or latest answer is the least or greatest of time, id, answer.
select l.ordinal, l.title, a.question_id, count(*) as respondents, sum(a.answers) as answers,
       sum(right(a.first, 1) = '1') as correct_first, sum(right(a.latest, 1) = '1') as correct_latest
from (select straight_join i.contact_id, i.lesson_id, i.question_id, count(*) as answers,
             min(concat(i.at, i.id, char(1 using ascii), i.correct)) as first,
             max(concat(i.at, i.id, char(1 using ascii), i.correct)) as latest
      from interaction i force index (answers)
      join lesson_question q
        on q.program_id = i.program_id and q.lesson_id = i.lesson_id and q.question_id = i.question_id
      where i.program_id = :program and i.verb = 'question_answered' and i.account_id = :account
        and i.correct is not null
      group by i.contact_id, i.lesson_id, i.question_id) a
join member m on m.contact_id = a.contact_id and m.program_id = :program and m.account_id = :account
join lesson l on l.program_id = :program and l.id = a.lesson_id
group by l.ordinal, l.id, l.title, a.question_id
order by l.ordinal, l.id, a.question_id
