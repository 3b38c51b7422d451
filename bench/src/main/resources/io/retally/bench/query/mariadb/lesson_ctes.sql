-- What the program's reps did in each lesson, and how they answered.
-- The latest answer is the greatest of time, id, answer.
work as (
  select straight_join i.contact_id, i.lesson_id,
         sum(i.verb = 'message_sent') as messages_sent, sum(i.verb = 'message_clicked') as messages_clicked,
         min(case when i.verb = 'lesson_opened' then i.at end) as opened_at,
         min(case when i.verb = 'lesson_completed' then i.at end) as completed_at,
         count(distinct case when i.verb = 'segment_watched' then i.segment end) as segments_watched,
         sum(i.verb = 'question_answered') as answers,
         min(case when i.verb <> 'message_sent' then i.at end) as first_activity_at,
         max(case when i.verb <> 'message_sent' then i.at end) as last_activity_at
  from interaction i force index (primary)
  join lesson l on l.program_id = i.program_id and l.id = i.lesson_id
  left join lesson_question q
    on q.program_id = i.program_id and q.lesson_id = i.lesson_id and q.question_id = i.question_id
  where i.program_id = :program and i.account_id = :account
    and case i.verb
          when 'segment_watched'   then i.segment between 0 and l.segments_total - 1
          when 'question_answered' then q.question_id is not null and i.correct is not null
          else true
        end
  group by i.contact_id, i.lesson_id),
score as (
  select contact_id, lesson_id, count(*) as questions_answered, sum(right(latest, 1) = '1') as questions_correct
  from (select straight_join i.contact_id, i.lesson_id, i.question_id,
               max(concat(i.at, i.id, char(1 using ascii), i.correct)) as latest
        from interaction i force index (answers)
        join lesson_question q
          on q.program_id = i.program_id and q.lesson_id = i.lesson_id and q.question_id = i.question_id
        where i.program_id = :program and i.verb = 'question_answered' and i.account_id = :account
          and i.correct is not null
        group by i.contact_id, i.lesson_id, i.question_id) a
  group by contact_id, lesson_id),
lessons as (
  select w.*, l.ordinal, l.title, l.required, l.segments_total, l.questions_total,
         coalesce(s.questions_answered, 0) as questions_answered,
         coalesce(s.questions_correct, 0) as questions_correct,
         w.completed_at is not null
           and coalesce(s.questions_correct, 0) * 100 >= p.pass_percent * l.questions_total as passed
  from work w
  join lesson l on l.program_id = :program and l.id = w.lesson_id
  join program p on p.id = :program
  left join score s on s.contact_id = w.contact_id and s.lesson_id = w.lesson_id)
