-- Members are looked up in a hash, once an answered question: the planner would take the answers for few, and join them with
-- all members one by one.
select l.ordinal, l.title, q.question_id, count(*) as respondents, sum(q.answers) as answers,
       count(*) filter (where q.first_correct) as correct_first,
       count(*) filter (where q.latest_correct) as correct_latest
from (select program_id, contact_id, lesson_id, question_id, count(*) as answers,
             (array_agg(correct order by at, id))[1] as first_correct,
             (array_agg(correct order by at desc, id desc))[1] as latest_correct
      from raw.answered
      where program_id = :program and account_id = :account
      group by program_id, contact_id, lesson_id, question_id) q
join raw.plan l on l.program_id = q.program_id and l.lesson_id = q.lesson_id
where case when q.contact_id in (select contact_id from raw.member where program_id = :program) then true else false end
group by l.lesson_id, l.ordinal, l.title, q.question_id
order by l.ordinal, l.lesson_id, q.question_id
