select l.ordinal, l.title, q.question_id, count(*) as respondents, sum(q.answers) as answers,
       count(*) filter (where q.first_correct) as correct_first,
       count(*) filter (where q.latest_correct) as correct_latest
from (select program_id, contact_id, lesson_id, question_id, count(*) as answers,
             (array_agg(correct order by at, id))[1] as first_correct,
             (array_agg(correct order by at desc, id desc))[1] as latest_correct
      from raw.answered
      where program_id = :program and account_id = :account
      group by program_id, contact_id, lesson_id, question_id) q
join raw.member m on m.program_id = q.program_id and m.contact_id = q.contact_id
join raw.plan l on l.program_id = q.program_id and l.lesson_id = q.lesson_id
group by l.lesson_id, l.ordinal, l.title, q.question_id
order by l.ordinal, l.lesson_id, q.question_id
