-- Keys, indexes and views over the current documents (schema source, as the contract defines it).
alter table source.account add primary key (id);
alter table source.team add primary key (id);
alter table source.contact add primary key (id);
alter table source.program add primary key (id);
alter table source.lesson add primary key (program_id, id);
alter table source.enrollment add primary key (id);
alter table source.interaction add primary key (id);

create index contact_by_team on source.contact (team_id);
create index enrollment_by_program on source.enrollment (program_id, contact_id, enrolled_at desc, id desc)
  include (account_id, due_at) where withdrawn_at is null;

-- Each covers what is asked of it, so that the table need not be read.
create index interaction_by_rep on source.interaction (program_id, contact_id, lesson_id, verb)
  include (account_id, at, segment, question_id, correct);
create index interaction_answers on source.interaction
  (program_id, contact_id, lesson_id, question_id, at desc, id desc)
  include (account_id, correct) where verb = 'question_answered';
create index interaction_segments on source.interaction (program_id, lesson_id, segment, contact_id)
  include (account_id) where verb = 'segment_watched';

create schema raw;

create view raw.member as
select distinct on (e.program_id, e.contact_id)
       e.program_id, e.contact_id, e.account_id, c.team_id, c.name as contact_name, e.enrolled_at, e.due_at
from source.enrollment e
join source.contact c on c.id = e.contact_id and c.account_id = e.account_id and c.removed_at is null
join source.program p on p.id = e.program_id and p.account_id = e.account_id
join source.account a on a.id = e.account_id
where e.withdrawn_at is null
order by e.program_id, e.contact_id, e.enrolled_at desc, e.id desc;

create view raw.plan as
select l.program_id, l.id as lesson_id, p.account_id, p.pass_percent, l.ordinal, l.title, l.required, l.question_ids,
       (l.video_seconds + 14) / 15 as segments_total, cardinality(l.question_ids) as questions_total
from source.lesson l
join source.program p on p.id = l.program_id;

-- Interactions that count if the rep is a member.
create view raw.counted as
select i.program_id, i.contact_id, i.lesson_id, i.account_id, i.verb, i.at, i.id, i.segment, i.question_id, i.correct
from source.interaction i
join raw.plan l on l.program_id = i.program_id and l.lesson_id = i.lesson_id and l.account_id = i.account_id
where case i.verb
        when 'segment_watched'   then i.segment between 0 and l.segments_total - 1
        when 'question_answered' then i.question_id = any (l.question_ids) and i.correct is not null
        else true
      end;

-- The same of two verbs alone, so that the indexes cover it. CASE tells the planner that about half of the rows pass; it
-- would take them for few, and join them one by one.
create view raw.answered as
select i.program_id, i.contact_id, i.lesson_id, i.account_id, i.question_id, i.correct, i.at, i.id
from source.interaction i
join raw.plan l on l.program_id = i.program_id and l.lesson_id = i.lesson_id and l.account_id = i.account_id
where i.verb = 'question_answered' and i.correct is not null
  and case when i.question_id = any (l.question_ids) then true else false end;

create view raw.watched as
select i.program_id, i.contact_id, i.lesson_id, i.account_id, i.segment
from source.interaction i
join raw.plan l on l.program_id = i.program_id and l.lesson_id = i.lesson_id and l.account_id = i.account_id
where i.verb = 'segment_watched' and case when i.segment between 0 and l.segments_total - 1 then true else false end;

create view raw.lesson_work as
select program_id, contact_id, lesson_id,
       count(*) filter (where verb = 'message_sent')     as messages_sent,
       count(*) filter (where verb = 'message_clicked')  as messages_clicked,
       min(at)  filter (where verb = 'lesson_opened')    as opened_at,
       min(at)  filter (where verb = 'lesson_completed') as completed_at,
       count(distinct segment) filter (where verb = 'segment_watched') as segments_watched,
       count(*) filter (where verb = 'question_answered') as answers,
       min(at)  filter (where verb <> 'message_sent')    as first_activity_at,
       max(at)  filter (where verb <> 'message_sent')    as last_activity_at
from raw.counted
group by program_id, contact_id, lesson_id;

create view raw.lesson_score as
select program_id, contact_id, lesson_id, count(*) as questions_answered,
       count(*) filter (where correct) as questions_correct
from (select distinct on (program_id, contact_id, lesson_id, question_id)
             program_id, contact_id, lesson_id, correct
      from raw.answered
      order by program_id, contact_id, lesson_id, question_id, at desc, id desc) latest
group by program_id, contact_id, lesson_id;

create view raw.rep_lesson as
select w.*, l.ordinal, l.title, l.required, l.segments_total, l.questions_total,
       coalesce(s.questions_answered, 0) as questions_answered,
       coalesce(s.questions_correct, 0) as questions_correct,
       w.completed_at is not null
         and coalesce(s.questions_correct, 0) * 100 >= l.pass_percent * l.questions_total as passed
from raw.lesson_work w
join raw.plan l on l.program_id = w.program_id and l.lesson_id = w.lesson_id
left join raw.lesson_score s
  on s.program_id = w.program_id and s.contact_id = w.contact_id and s.lesson_id = w.lesson_id;

create view raw.rep_program as
select m.program_id, m.contact_id, m.account_id, m.team_id, m.contact_name, m.due_at,
       coalesce(t.lessons_required, 0) as lessons_required,
       coalesce(r.lessons_opened, 0) as lessons_opened, coalesce(r.lessons_completed, 0) as lessons_completed,
       coalesce(r.lessons_passed, 0) as lessons_passed, coalesce(r.segments_watched, 0) as segments_watched,
       coalesce(r.questions_answered, 0) as questions_answered,
       coalesce(r.questions_correct, 0) as questions_correct, coalesce(r.answers, 0) as answers,
       coalesce(r.messages_sent, 0) as messages_sent, coalesce(r.messages_clicked, 0) as messages_clicked,
       r.first_activity_at, r.last_activity_at,
       case when t.lessons_required > 0 and r.lessons_passed = t.lessons_required
            then r.required_completed_at end as completed_at
from raw.member m
left join (select program_id, count(*) filter (where required) as lessons_required
           from raw.plan group by program_id) t on t.program_id = m.program_id
left join (select program_id, contact_id, count(opened_at) as lessons_opened,
                  count(completed_at) as lessons_completed,
                  count(*) filter (where passed and required) as lessons_passed,
                  max(completed_at) filter (where passed and required) as required_completed_at,
                  sum(segments_watched) as segments_watched, sum(questions_answered) as questions_answered,
                  sum(questions_correct) as questions_correct, sum(answers) as answers,
                  sum(messages_sent) as messages_sent, sum(messages_clicked) as messages_clicked,
                  min(first_activity_at) as first_activity_at, max(last_activity_at) as last_activity_at
           from raw.rep_lesson group by program_id, contact_id) r
  on r.program_id = m.program_id and r.contact_id = m.contact_id;
