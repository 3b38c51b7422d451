-- What MongoDB's collection assignments holds, as a query over the current documents: the definition, and the oracle of the
-- tests. Stands on the contract's source.sql and serving.sql.
--
-- A rule is a document of collection assignment_rules in database coaching. It is about the lessons of a program, or one of them,
-- and says what a rep is to do when all of its conditions hold for the rep's standing in the lesson:
--
--   { _id, accountId, programId, lessonId?, priority, action, targetLessonId?,
--     when: { correctPercentBelow?, correctPercentAtLeast?, answersAtLeast?, segmentsBelow?, segmentsAtLeast?,
--             completed?, openedDaysAtLeast? } }
--
-- action is repeat (the lesson itself; no targetLessonId), add or skip (targetLessonId, a lesson of the same program). Ids, whole
-- numbers and what makes a document unusable are as in the contract; percentages are from 0 to 100, numbers of answers and segments
-- from 0, days from 0 to 36,500. A field of when that is none of these makes the rule unusable, for a misspelt condition must not
-- be none. A rule that is unusable counts as absent, and is a dead letter.
create table source.assignment_rule (
  id text primary key, account_id text not null, program_id text not null,
  lesson_id text,                                                   -- null: every lesson of the program
  priority int not null,                                            -- of several rules that hold, the highest decides
  action text not null check (action in ('repeat', 'add', 'skip')),
  target_lesson_id text check ((target_lesson_id is null) = (action = 'repeat')),
  -- Conditions; null: none. Of the rep's standing in the lesson, which is its row of contract.rep_lesson.
  correct_percent_below int,                                        -- latest answers that are correct, of the questions answered
  correct_percent_at_least int,                                     -- neither of the two holds before a question is answered
  answers_at_least int,                                             -- answers given, all of them
  segments_below int, segments_at_least int,                        -- segments of the video watched
  completed boolean,
  opened_days_at_least int);                                        -- whole days of 24 hours since the lesson was first opened

-- The document in MongoDB, with the columns' names in camel case: accountId, contactId, programId, lessonId, ruleId, action,
-- targetLessonId, reason, and grounds: { questionsAnswered, questionsCorrect, answers, segmentsWatched, completed, openedAt }.
-- Ids are their texts, numbers are 64 bits wide, openedAt is a date or null.
--
-- A rep in a lesson has at most one assignment on the grounds of that lesson. Whom no message, click or answer ties to a lesson has
-- no standing in it, and gets none.
create function contract.assignment(now timestamptz) returns table (
  contact_id text, program_id text, lesson_id text,                 -- _id, as a document of these three in this order
  account_id text, rule_id text, action text, target_lesson_id text, reason text,
  questions_answered bigint, questions_correct bigint, answers bigint, segments_watched bigint, completed boolean,
  opened_at timestamptz)
language sql stable as $$
select distinct on (l.contact_id, l.program_id, l.lesson_id)
       l.contact_id, l.program_id, l.lesson_id, l.account_id, r.id, r.action,
       coalesce(r.target_lesson_id, l.lesson_id),
       coalesce(nullif(concat_ws(', ',
         case when r.correct_percent_below is not null then
           format('questions correct: %s of %s (below %s %%)', l.questions_correct, l.questions_answered, r.correct_percent_below) end,
         case when r.correct_percent_at_least is not null then
           format('questions correct: %s of %s (at least %s %%)', l.questions_correct, l.questions_answered, r.correct_percent_at_least) end,
         case when r.answers_at_least is not null then format('answers given: %s (at least %s)', l.answers, r.answers_at_least) end,
         case when r.segments_below is not null then format('segments watched: %s (below %s)', l.segments_watched, r.segments_below) end,
         case when r.segments_at_least is not null then format('segments watched: %s (at least %s)', l.segments_watched, r.segments_at_least) end,
         case r.completed when true then 'lesson completed' when false then 'lesson not completed' end,
         case when r.opened_days_at_least is not null then format('days since the lesson was opened: at least %s', r.opened_days_at_least) end), ''),
         'every rep with a standing in the lesson'),
       l.questions_answered, l.questions_correct, l.answers, l.segments_watched, l.completed_at is not null, l.opened_at
from contract.rep_lesson l
join source.assignment_rule r
  on r.account_id = l.account_id and r.program_id = l.program_id and (r.lesson_id is null or r.lesson_id = l.lesson_id)
where (r.correct_percent_below is null
       or l.questions_answered > 0 and l.questions_correct * 100 < r.correct_percent_below * l.questions_answered)
  and (r.correct_percent_at_least is null
       or l.questions_answered > 0 and l.questions_correct * 100 >= r.correct_percent_at_least * l.questions_answered)
  and (r.answers_at_least is null or l.answers >= r.answers_at_least)
  and (r.segments_below is null or l.segments_watched < r.segments_below)
  and (r.segments_at_least is null or l.segments_watched >= r.segments_at_least)
  and (r.completed is null or r.completed = (l.completed_at is not null))
  and (r.opened_days_at_least is null or l.opened_at + r.opened_days_at_least * interval '24 hours' <= now)
order by l.contact_id, l.program_id, l.lesson_id, r.priority desc, r.id collate "C"
$$;
