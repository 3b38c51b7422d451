with work as (
  select straight_join i.contact_id, i.lesson_id,
         min(case when i.verb = 'lesson_opened' then i.at end) as opened_at,
         min(case when i.verb = 'lesson_completed' then i.at end) as completed_at,
         count(distinct case when i.verb = 'segment_watched' then i.segment end) as segments_watched,
         max(case when i.verb <> 'message_sent' then i.at end) as last_activity_at
  from contact c
  join interaction i force index (primary) on i.contact_id = c.id
  join lesson l on l.program_id = i.program_id and l.id = i.lesson_id
  left join lesson_question q
    on q.program_id = i.program_id and q.lesson_id = i.lesson_id and q.question_id = i.question_id
  where c.team_id = :team and i.program_id = :program and i.account_id = :account
    and case i.verb
          when 'segment_watched'   then i.segment between 0 and l.segments_total - 1
          when 'question_answered' then q.question_id is not null and i.correct is not null
          else true
        end
  group by i.contact_id, i.lesson_id),
score as (
  select contact_id, lesson_id, sum(right(latest, 1) = '1') as questions_correct
  from (select straight_join i.contact_id, i.lesson_id, i.question_id,
               max(concat(i.at, i.id, char(1 using ascii), i.correct)) as latest
        from contact c
        join interaction i force index (answers) on i.contact_id = c.id
        join lesson_question q
          on q.program_id = i.program_id and q.lesson_id = i.lesson_id and q.question_id = i.question_id
        where c.team_id = :team and i.program_id = :program and i.verb = 'question_answered'
          and i.account_id = :account and i.correct is not null
        group by i.contact_id, i.lesson_id, i.question_id) a
  group by contact_id, lesson_id)
select m.contact_id, m.contact_name, l.ordinal, l.title, w.opened_at, w.segments_watched, l.segments_total,
       coalesce(s.questions_correct, 0) as questions_correct, l.questions_total, m.due_at, a.last_activity_at
from work w
join (select contact_id, max(last_activity_at) as last_activity_at from work group by contact_id) a
  on a.contact_id = w.contact_id
join member m on m.contact_id = w.contact_id and m.program_id = :program and m.account_id = :account
join program p on p.id = :program
join lesson l on l.program_id = :program and l.id = w.lesson_id
left join score s on s.contact_id = w.contact_id and s.lesson_id = w.lesson_id
where w.opened_at is not null
  and not (w.completed_at is not null
           and coalesce(s.questions_correct, 0) * 100 >= p.pass_percent * l.questions_total)
order by m.contact_name, m.contact_id, l.ordinal, l.id
