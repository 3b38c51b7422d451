-- What reporting.question_distractors must equal, over the contract's views; variables are the report's.
select program_id, lesson_id, question_id, choice, account_id, answers,
       round(answers * 100.0 / all_answers, 1) as answers_percent, correct = 0 as is_distractor,
       case when correct > 0 then null
            when answers > all_correct then 'chosen more often than what is right'
            when answers * 100 < all_answers * ${hardly_percent} then 'hardly chosen' end as look_at
from (
  select program_id, lesson_id, question_id, choice, account_id, count(*) as answers,
         count(*) filter (where correct) as correct,
         sum(count(*)) over (partition by program_id, lesson_id, question_id) as all_answers,
         sum(count(*) filter (where correct)) over (partition by program_id, lesson_id, question_id) as all_correct
  from contract.counted where verb = 'question_answered' and choice is not null
  group by program_id, lesson_id, question_id, choice, account_id) t
