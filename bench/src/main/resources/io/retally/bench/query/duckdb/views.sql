create view member as
select e.program_id, e.contact_id, e.account_id, c.team_id, c.name as contact_name, e.due_at
from (select program_id, contact_id, account_id, arg_max(due_at, (enrolled_at, id)) as due_at
      from (select e.program_id, e.contact_id, e.account_id, e.enrolled_at, e.id, struct_pack(due := e.due_at) as due_at
            from enrollment e
            where e.withdrawn_at is null)
      group by program_id, contact_id, account_id) e
join contact c on c.id = e.contact_id and c.account_id = e.account_id and c.removed_at is null
join program p on p.id = e.program_id and p.account_id = e.account_id
join account a on a.id = e.account_id;

-- Interactions that count if the rep is a member.
create view counted as
select i.*
from interaction i
join lesson l on l.program_id = i.program_id and l.id = i.lesson_id
join program p on p.id = i.program_id and p.account_id = i.account_id
left join lesson_question q
  on q.program_id = i.program_id and q.lesson_id = i.lesson_id and q.question_id = i.question_id
where case i.verb
        when 'segment_watched'   then i.segment between 0 and l.segments_total - 1
        when 'question_answered' then q.question_id is not null and i.correct is not null
        else true
      end;

create view lesson_work as
select program_id, contact_id, lesson_id,
       count(*) filter (where verb = 'message_sent')     as messages_sent,
       count(*) filter (where verb = 'message_clicked')  as messages_clicked,
       min(happened_at)  filter (where verb = 'lesson_opened')    as opened_at,
       min(happened_at)  filter (where verb = 'lesson_completed') as completed_at,
       count(distinct segment) filter (where verb = 'segment_watched') as segments_watched,
       count(*) filter (where verb = 'question_answered') as answers,
       min(happened_at)  filter (where verb <> 'message_sent')    as first_activity_at,
       max(happened_at)  filter (where verb <> 'message_sent')    as last_activity_at
from counted
group by program_id, contact_id, lesson_id;

create view lesson_score as
select program_id, contact_id, lesson_id, count(*) as questions_answered,
       count(*) filter (where correct) as questions_correct
from (select program_id, contact_id, lesson_id, question_id, arg_max(correct, (happened_at, id)) as correct
      from counted
      where verb = 'question_answered'
      group by program_id, contact_id, lesson_id, question_id) latest
group by program_id, contact_id, lesson_id;

create view rep_lesson as
select w.*, l.ordinal, l.title, l.required, l.segments_total, l.questions_total,
       coalesce(s.questions_answered, 0) as questions_answered,
       coalesce(s.questions_correct, 0) as questions_correct,
       w.completed_at is not null
         and coalesce(s.questions_correct, 0) * 100 >= p.pass_percent * l.questions_total as passed
from lesson_work w
join lesson l on l.program_id = w.program_id and l.id = w.lesson_id
join program p on p.id = w.program_id
left join lesson_score s
  on s.program_id = w.program_id and s.contact_id = w.contact_id and s.lesson_id = w.lesson_id;

create view rep_program as
select m.program_id, m.contact_id, m.account_id, m.team_id, m.contact_name, m.due_at.due as due_at,
       coalesce(t.lessons_required, 0) as lessons_required,
       coalesce(r.lessons_opened, 0) as lessons_opened, coalesce(r.lessons_completed, 0) as lessons_completed,
       coalesce(r.lessons_passed, 0) as lessons_passed, coalesce(r.segments_watched, 0) as segments_watched,
       coalesce(r.questions_answered, 0) as questions_answered,
       coalesce(r.questions_correct, 0) as questions_correct, coalesce(r.answers, 0) as answers,
       coalesce(r.messages_sent, 0) as messages_sent, coalesce(r.messages_clicked, 0) as messages_clicked,
       r.first_activity_at, r.last_activity_at,
       case when t.lessons_required > 0 and r.lessons_passed = t.lessons_required
            then r.required_completed_at end as completed_at
from member m
left join (select program_id, count(*) filter (where required) as lessons_required
           from lesson group by program_id) t on t.program_id = m.program_id
left join (select program_id, contact_id, count(opened_at) as lessons_opened,
                  count(completed_at) as lessons_completed,
                  count(*) filter (where passed and required) as lessons_passed,
                  max(completed_at) filter (where passed and required) as required_completed_at,
                  sum(segments_watched) as segments_watched, sum(questions_answered) as questions_answered,
                  sum(questions_correct) as questions_correct, sum(answers) as answers,
                  sum(messages_sent) as messages_sent, sum(messages_clicked) as messages_clicked,
                  min(first_activity_at) as first_activity_at, max(last_activity_at) as last_activity_at
           from rep_lesson group by program_id, contact_id) r
  on r.program_id = m.program_id and r.contact_id = m.contact_id;
