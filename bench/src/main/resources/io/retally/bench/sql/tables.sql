-- The contract's tables in Flink SQL, from the changes of each collection's documents. A view named as a serving table holds
-- its columns in their order. Times are milliseconds since 1970 UTC.
--
-- Written for the state that it keeps: an interaction is remembered once to deduplicate it and once to join it; its rep,
-- program and lesson are one row on the other side of that join. A MIN that can retract keeps each distinct value with its
-- count: of what a group has in common, that is one.
--
-- No sum is joined to anything on its way to its table. The tables take upserts, so the planner leaves the old versions of a
-- sum away, and Flink's mini-batch join then folds a new version and the deletion after it into nothing (FLINK-40681): the row
-- would stay. The joins below are all read by what needs old versions, too.

-- Who counts

create temporary view membership as
select contact_id, program_id, account_id, team_id, enrolled_at, due_at, pass_percent, time_zone
from (select e.contact_id, e.program_id, e.account_id, c.team_id, e.enrolled_at, e.due_at, p.pass_percent, a.time_zone,
             row_number() over (partition by e.contact_id, e.program_id order by e.enrolled_at desc, e.id desc) as place
      from enrollments e
      join contacts c on c.id = e.contact_id and c.account_id = e.account_id and c.removed_at is null
      join programs p on p.id = e.program_id and p.account_id = e.account_id
      join accounts a on a.id = e.account_id
      where e.withdrawn_at is null)
where place = 1;

-- The ids of a program's lessons differ. ROW_NUMBER tells the planner, which does not know it of an array.
create temporary view lesson_plan as
select program_id, lesson_id, account_id, ordinal, title, video_seconds, required, segments_total, question_ids,
       cardinality(question_ids) as questions_total
from (select p.id as program_id, l.lesson_id, p.account_id, l.ordinal, l.title, l.video_seconds, l.required,
             l.segments_total, l.question_ids,
             row_number() over (partition by p.id, l.lesson_id order by l.ordinal) as place
      from programs p
      cross join unnest(p.lessons) as l (lesson_id, ordinal, title, video_seconds, required, segments_total, question_ids))
where place = 1;

create temporary view rep_plan as
select m.contact_id, m.program_id, l.lesson_id, m.account_id, m.team_id, m.time_zone,
       m.pass_percent, l.required, l.segments_total, l.questions_total, l.question_ids
from membership m
join lesson_plan l on l.program_id = m.program_id;

create temporary view counted as
select i.id, i.contact_id, i.program_id, i.lesson_id, i.account_id, i.verb, i.at_millis, i.segment, i.question_id, i.correct,
       r.team_id, LOCAL_DAY(to_timestamp_ltz(i.at_millis, 3), r.time_zone) as local_day
from interactions i
join rep_plan r
  on r.contact_id = i.contact_id and r.program_id = i.program_id
     and r.lesson_id = i.lesson_id and r.account_id = i.account_id
where case i.verb
        when 'segment_watched'   then i.segment between 0 and r.segments_total - 1
        when 'question_answered' then array_contains(r.question_ids, i.question_id) and i.correct is not null
        else true
      end;

-- One rep

-- The first and the latest answer are the least and the greatest text of time, id and whether it is correct; with the
-- constant every time of the years 1 to 9999 has 16 digits.
create temporary view rep_question as
select contact_id, program_id, lesson_id, question_id, account_id, count(*) as answers,
       right(min(answer), 1) = '1' as first_correct,
       right(max(answer), 1) = '1' as latest_correct
from (select contact_id, program_id, lesson_id, question_id, account_id,
             cast(at_millis + 2000000000000000 as string) || id || chr(1) || case when correct then '1' else '0' end as answer
      from counted where verb = 'question_answered')
group by contact_id, program_id, lesson_id, question_id, account_id;

create temporary view lesson_activity as
select contact_id, program_id, lesson_id,
       count(*) filter (where verb = 'message_sent')    as messages_sent,
       count(*) filter (where verb = 'message_clicked') as messages_clicked,
       min(at_millis) filter (where verb = 'lesson_opened')    as opened_at,
       min(at_millis) filter (where verb = 'lesson_completed') as completed_at,
       array_agg(distinct segment) filter (where verb = 'segment_watched') as watched,
       min(at_millis) filter (where verb <> 'message_sent') as first_activity_at,
       max(at_millis) filter (where verb <> 'message_sent') as last_activity_at
from counted
group by contact_id, program_id, lesson_id;

create temporary view lesson_answers as
select contact_id, program_id, lesson_id, count(*) as questions_answered,
       count(*) filter (where latest_correct) as questions_correct, sum(answers) as answers
from rep_question
group by contact_id, program_id, lesson_id;

create temporary view lesson_result as
select a.contact_id, a.program_id, a.lesson_id, r.account_id, r.team_id, a.messages_sent, a.messages_clicked,
       a.opened_at, a.completed_at, r.segments_total, coalesce(cardinality(a.watched), 0) as segments_watched,
       array_sort(a.watched) as watched, r.questions_total,
       coalesce(q.questions_answered, 0) as questions_answered,
       coalesce(q.questions_correct, 0) as questions_correct, coalesce(q.answers, 0) as answers,
       a.completed_at is not null
         and coalesce(q.questions_correct, 0) * 100 >= r.pass_percent * r.questions_total as passed,
       r.required, a.first_activity_at, a.last_activity_at
from lesson_activity a
join rep_plan r
  on r.contact_id = a.contact_id and r.program_id = a.program_id
     and r.lesson_id = a.lesson_id
left join lesson_answers q
  on q.contact_id = a.contact_id and q.program_id = a.program_id and q.lesson_id = a.lesson_id;

create temporary view rep_lesson as
select contact_id, program_id, lesson_id, account_id, team_id, messages_sent, messages_clicked, opened_at, completed_at,
       segments_total, cast(segments_watched as bigint) as segments_watched, watched, questions_total,
       questions_answered, questions_correct, answers, passed
from lesson_result;

create temporary view rep_activity as
select contact_id, program_id, count(opened_at) as lessons_opened, count(completed_at) as lessons_completed,
       count(*) filter (where passed and required) as lessons_passed,
       max(completed_at) filter (where passed and required) as required_completed_at,
       sum(cast(segments_watched as bigint)) as segments_watched, sum(questions_answered) as questions_answered,
       sum(questions_correct) as questions_correct, sum(answers) as answers, sum(messages_sent) as messages_sent,
       sum(messages_clicked) as messages_clicked, min(first_activity_at) as first_activity_at,
       max(last_activity_at) as last_activity_at
from lesson_result
group by contact_id, program_id;

create temporary view program_lessons as
select program_id, count(*) filter (where required) as lessons_required
from lesson_plan
group by program_id;

create temporary view rep_program as
select m.contact_id, m.program_id, m.account_id, m.team_id, m.enrolled_at, m.due_at,
       coalesce(t.lessons_required, 0)   as lessons_required,
       coalesce(r.lessons_opened, 0)     as lessons_opened,
       coalesce(r.lessons_completed, 0)  as lessons_completed,
       coalesce(r.lessons_passed, 0)     as lessons_passed,
       coalesce(r.segments_watched, 0)   as segments_watched,
       coalesce(r.questions_answered, 0) as questions_answered,
       coalesce(r.questions_correct, 0)  as questions_correct,
       coalesce(r.answers, 0)            as answers,
       coalesce(r.messages_sent, 0)      as messages_sent,
       coalesce(r.messages_clicked, 0)   as messages_clicked,
       r.first_activity_at, r.last_activity_at,
       case when t.lessons_required > 0 and r.lessons_passed = t.lessons_required
            then r.required_completed_at end as completed_at
from membership m
left join program_lessons t on t.program_id = m.program_id
left join rep_activity r on r.contact_id = m.contact_id and r.program_id = m.program_id;

-- Many reps

create temporary view program_summary as
select program_id, min(account_id) as account_id,
       count(*) as reps_enrolled, count(first_activity_at) as reps_started, count(completed_at) as reps_completed,
       sum(lessons_opened) as lessons_opened, sum(lessons_completed) as lessons_completed,
       sum(lessons_passed) as lessons_passed, sum(segments_watched) as segments_watched,
       sum(questions_answered) as questions_answered, sum(questions_correct) as questions_correct,
       sum(answers) as answers, sum(messages_sent) as messages_sent, sum(messages_clicked) as messages_clicked
from rep_program group by program_id;

create temporary view team_program as
select team_id, program_id, min(account_id) as account_id,
       count(*) as reps_enrolled, count(first_activity_at) as reps_started, count(completed_at) as reps_completed,
       sum(lessons_opened) as lessons_opened, sum(lessons_completed) as lessons_completed,
       sum(lessons_passed) as lessons_passed, sum(segments_watched) as segments_watched,
       sum(questions_answered) as questions_answered, sum(questions_correct) as questions_correct,
       sum(answers) as answers, sum(messages_sent) as messages_sent, sum(messages_clicked) as messages_clicked
from rep_program where team_id is not null group by team_id, program_id;

create temporary view program_due as
select program_id, due_on, min(account_id) as account_id, count(*) as reps_enrolled,
       count(completed_at) as reps_completed
from (select program_id, account_id, completed_at, LOCAL_DAY(to_timestamp_ltz(due_at, 3), 'UTC') as due_on
      from rep_program where due_at is not null)
group by program_id, due_on;

create temporary view lesson_funnel as
select program_id, lesson_id, min(account_id) as account_id,
       count(*) filter (where messages_sent > 0)    as reps_messaged,
       count(*) filter (where messages_clicked > 0) as reps_clicked,
       count(opened_at)                             as reps_opened,
       count(*) filter (where segments_watched > 0) as reps_watched_any,
       count(*) filter (where segments_watched = segments_total and segments_total > 0) as reps_watched_all,
       count(*) filter (where questions_answered = questions_total and questions_total > 0) as reps_answered_all,
       count(completed_at)                          as reps_completed,
       count(*) filter (where passed)               as reps_passed
from lesson_result group by program_id, lesson_id;

create temporary view lesson_segment as
select program_id, lesson_id, segment, min(account_id) as account_id,
       count(distinct contact_id) as viewers, count(*) as `views`
from counted where verb = 'segment_watched' group by program_id, lesson_id, segment;

create temporary view question_stats as
select program_id, lesson_id, question_id, min(account_id) as account_id,
       count(*) as respondents, sum(answers) as answers,
       count(*) filter (where first_correct) as correct_first,
       count(*) filter (where latest_correct) as correct_latest
from rep_question group by program_id, lesson_id, question_id;

create temporary view program_day as
select program_id, local_day as `day`, min(account_id) as account_id,
       count(distinct contact_id) filter (where verb <> 'message_sent') as active_reps,
       count(*) filter (where verb = 'message_sent')      as messages_sent,
       count(*) filter (where verb = 'message_clicked')   as messages_clicked,
       count(*) filter (where verb = 'lesson_opened')     as lessons_opened,
       count(*) filter (where verb = 'segment_watched')   as segments_watched,
       count(*) filter (where verb = 'question_answered') as answers,
       count(*) filter (where verb = 'lesson_completed')  as lessons_completed
from counted group by program_id, local_day;

create temporary view team_day as
select team_id, program_id, local_day as `day`, min(account_id) as account_id,
       count(distinct contact_id) filter (where verb <> 'message_sent') as active_reps,
       count(*) filter (where verb = 'message_sent')      as messages_sent,
       count(*) filter (where verb = 'message_clicked')   as messages_clicked,
       count(*) filter (where verb = 'lesson_opened')     as lessons_opened,
       count(*) filter (where verb = 'segment_watched')   as segments_watched,
       count(*) filter (where verb = 'question_answered') as answers,
       count(*) filter (where verb = 'lesson_completed')  as lessons_completed
from counted where team_id is not null group by team_id, program_id, local_day;

-- Dimensions

create temporary view account as select id as account_id, name, time_zone from accounts;
create temporary view team as select id as team_id, account_id, name, parent_team_id from teams;
create temporary view contact as select id as contact_id, account_id, team_id, name from contacts where removed_at is null;
create temporary view program as select id as program_id, account_id, name, kind, pass_percent from programs;
create temporary view lesson as
select program_id, lesson_id, account_id, ordinal, title, video_seconds, required, segments_total, questions_total
from lesson_plan;
