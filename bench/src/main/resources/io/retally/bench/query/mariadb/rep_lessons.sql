with work as (
  select i.lesson_id,
         sum(i.verb = 'message_sent') as messages_sent, sum(i.verb = 'message_clicked') as messages_clicked,
         min(case when i.verb = 'lesson_opened' then i.at end) as opened_at,
         min(case when i.verb = 'lesson_completed' then i.at end) as completed_at,
         count(distinct case when i.verb = 'segment_watched' then i.segment end) as segments_watched,
         sum(i.verb = 'question_answered') as answers
  from interaction i force index (primary)
  join lesson l on l.program_id = i.program_id and l.id = i.lesson_id
  left join lesson_question q
    on q.program_id = i.program_id and q.lesson_id = i.lesson_id and q.question_id = i.question_id
  where i.program_id = :program and i.contact_id = :contact and i.account_id = :account
    and case i.verb
          when 'segment_watched'   then i.segment between 0 and l.segments_total - 1
          when 'question_answered' then q.question_id is not null and i.correct is not null
          else true
        end
  group by i.lesson_id),
score as (
  select lesson_id, count(*) as questions_answered, sum(right(latest, 1) = '1') as questions_correct
  from (select i.lesson_id, i.question_id, max(concat(i.at, i.id, char(1 using ascii), i.correct)) as latest
        from interaction i force index (answers)
        join lesson_question q
          on q.program_id = i.program_id and q.lesson_id = i.lesson_id and q.question_id = i.question_id
        where i.program_id = :program and i.verb = 'question_answered' and i.contact_id = :contact
          and i.account_id = :account and i.correct is not null
        group by i.lesson_id, i.question_id) a
  group by lesson_id)
select l.ordinal, l.title, l.required, w.messages_sent, w.messages_clicked, w.opened_at, w.completed_at,
       w.segments_watched, l.segments_total, coalesce(s.questions_answered, 0) as questions_answered,
       coalesce(s.questions_correct, 0) as questions_correct, l.questions_total, w.answers,
       w.completed_at is not null
         and coalesce(s.questions_correct, 0) * 100 >= p.pass_percent * l.questions_total as passed
from member m
join program p on p.id = m.program_id
join work w
join lesson l on l.program_id = m.program_id and l.id = w.lesson_id
left join score s on s.lesson_id = w.lesson_id
where m.program_id = :program and m.contact_id = :contact and m.account_id = :account
order by l.ordinal, l.id
