-- What reporting.question_quality must equal, over the contract's views; variables are the report's.
select program_id, lesson_id, question_id, account_id, respondents, correct, facility, discrimination,
       case when respondents < ${least_respondents} then null
            when facility > ${easy} then 'too easy'
            when facility < ${hard} then 'too hard'
            when discrimination < ${discriminates} then 'does not discriminate' end as look_at
from (
  select program_id, lesson_id, question_id, account_id, count(*) as respondents, sum(x) as correct,
         round(avg(x::numeric), 3) as facility, round(corr(x, y)::numeric, 3) as discrimination
  from (
    select q.program_id, q.lesson_id, q.question_id, p.account_id, q.first_correct::int as x,
           sum(q.first_correct::int) over (partition by q.contact_id, q.program_id, q.lesson_id) - q.first_correct::int as y
    from contract.rep_question q join source.program p on p.id = q.program_id) t
  group by program_id, lesson_id, question_id, account_id) t
