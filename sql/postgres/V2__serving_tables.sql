-- The contract's tables: the same names, columns, order and values as its views. Keys are the columns before
-- account_id, in the dimensions the ids.
--
-- There are no foreign keys: all tables change in one transaction and are equal to the contract by construction, so a
-- check of each row would only cost.
--
-- Pages keep a fifth free (fillfactor), so that an update finds room beside the old row and stays HOT: it then touches
-- no index. That holds as long as no index covers a column that changes often; V3 says which indexes there are and why.

-- One rep -------------------------------------------------------------------------------------------------------------

create table serving.rep_lesson (
  contact_id         text not null,
  program_id         text not null,
  lesson_id          text not null,
  account_id         text not null,
  team_id            text,
  messages_sent      bigint not null,
  messages_clicked   bigint not null,
  opened_at          timestamptz,
  completed_at       timestamptz,
  segments_total     int not null,
  segments_watched   bigint not null,
  watched            int[] not null,
  questions_total    int not null,
  questions_answered bigint not null,
  questions_correct  bigint not null,
  answers            bigint not null,
  passed             boolean not null,
  primary key (contact_id, program_id, lesson_id)
) with (fillfactor = 80);
comment on table serving.rep_lesson is
  'A rep in a lesson in which an interaction of the rep counts. Grain: rep, program, lesson.';
comment on column serving.rep_lesson.contact_id is 'The rep.';
comment on column serving.rep_lesson.program_id is 'The program.';
comment on column serving.rep_lesson.lesson_id is 'The lesson, an element of the program.';
comment on column serving.rep_lesson.account_id is 'The account that the row belongs to.';
comment on column serving.rep_lesson.team_id is 'The rep''s team; null if the rep has none.';
comment on column serving.rep_lesson.messages_sent is 'Messages sent to the rep about the lesson.';
comment on column serving.rep_lesson.messages_clicked is 'Clicks on them.';
comment on column serving.rep_lesson.opened_at is 'First opened; null: never.';
comment on column serving.rep_lesson.completed_at is 'First completed; null: never.';
comment on column serving.rep_lesson.segments_total is
  '15-second steps of the lesson''s video, the last one possibly shorter.';
comment on column serving.rep_lesson.segments_watched is 'Distinct steps that the rep watched.';
comment on column serving.rep_lesson.watched is 'The steps watched, rising, the first step is 0.';
comment on column serving.rep_lesson.questions_total is
  'Questions of the lesson; one that is listed twice counts twice.';
comment on column serving.rep_lesson.questions_answered is 'Distinct questions that the rep answered.';
comment on column serving.rep_lesson.questions_correct is 'Of them: the latest answer is correct.';
comment on column serving.rep_lesson.answers is 'Answers, repeated ones included.';
comment on column serving.rep_lesson.passed is
  'Completed, and questions_correct reaches the program''s pass_percent of questions_total.';

create table serving.rep_program (
  contact_id         text not null,
  program_id         text not null,
  account_id         text not null,
  team_id            text,
  enrolled_at        timestamptz not null,
  due_at             timestamptz,
  lessons_required   bigint not null,
  lessons_opened     bigint not null,
  lessons_completed  bigint not null,
  lessons_passed     bigint not null,
  segments_watched   bigint not null,
  questions_answered bigint not null,
  questions_correct  bigint not null,
  answers            bigint not null,
  messages_sent      bigint not null,
  messages_clicked   bigint not null,
  first_activity_at  timestamptz,
  last_activity_at   timestamptz,
  completed_at       timestamptz,
  primary key (contact_id, program_id)
) with (fillfactor = 80);
comment on table serving.rep_program is
  'A live rep with an enrolment that stands, in a program; with or without interactions. Grain: rep, program.';
comment on column serving.rep_program.contact_id is 'The rep.';
comment on column serving.rep_program.program_id is 'The program.';
comment on column serving.rep_program.account_id is 'The account that the row belongs to.';
comment on column serving.rep_program.team_id is 'The rep''s team; null if the rep has none.';
comment on column serving.rep_program.enrolled_at is 'Start of the latest enrolment that stands.';
comment on column serving.rep_program.due_at is 'When it is due; null: open-ended.';
comment on column serving.rep_program.lessons_required is 'Required lessons of the program.';
comment on column serving.rep_program.lessons_opened is 'Lessons that the rep opened.';
comment on column serving.rep_program.lessons_completed is 'Lessons that the rep completed.';
comment on column serving.rep_program.lessons_passed is 'Required lessons that the rep passed.';
comment on column serving.rep_program.segments_watched is 'Distinct 15-second steps of video, summed over lessons.';
comment on column serving.rep_program.questions_answered is 'Distinct questions answered.';
comment on column serving.rep_program.questions_correct is 'Of them: the latest answer is correct.';
comment on column serving.rep_program.answers is 'Answers, repeated ones included.';
comment on column serving.rep_program.messages_sent is 'Messages sent to the rep.';
comment on column serving.rep_program.messages_clicked is 'Clicks on them.';
comment on column serving.rep_program.first_activity_at is
  'The first thing that the rep did, not what was sent; null: nothing yet.';
comment on column serving.rep_program.last_activity_at is
  'The latest thing that the rep did, not what was sent; null: nothing yet.';
comment on column serving.rep_program.completed_at is
  'When the last required lesson was completed, once all are passed; null: not yet, or none is required.';

-- Many reps -----------------------------------------------------------------------------------------------------------

create table serving.program_summary (
  program_id         text not null,
  account_id         text not null,
  reps_enrolled      bigint not null,
  reps_started       bigint not null,
  reps_completed     bigint not null,
  lessons_opened     bigint not null,
  lessons_completed  bigint not null,
  lessons_passed     bigint not null,
  segments_watched   bigint not null,
  questions_answered bigint not null,
  questions_correct  bigint not null,
  answers            bigint not null,
  messages_sent      bigint not null,
  messages_clicked   bigint not null,
  primary key (program_id)
) with (fillfactor = 80);
comment on table serving.program_summary is
  'A program''s totals over its live reps. Grain: program. No row without reps.';
comment on column serving.program_summary.program_id is 'The program.';
comment on column serving.program_summary.account_id is 'The account that the row belongs to.';
comment on column serving.program_summary.reps_enrolled is 'Live reps with an enrolment that stands.';
comment on column serving.program_summary.reps_started is
  'Of them: did anything that counts, being sent messages aside.';
comment on column serving.program_summary.reps_completed is 'Of them: passed every required lesson.';
comment on column serving.program_summary.lessons_opened is 'Lessons opened, summed over reps.';
comment on column serving.program_summary.lessons_completed is 'Lessons completed, summed over reps.';
comment on column serving.program_summary.lessons_passed is 'Required lessons passed, summed over reps.';
comment on column serving.program_summary.segments_watched is
  'Distinct 15-second steps of video, summed over reps and lessons.';
comment on column serving.program_summary.questions_answered is 'Distinct questions answered, summed over reps.';
comment on column serving.program_summary.questions_correct is 'Of them: the latest answer is correct.';
comment on column serving.program_summary.answers is 'Answers, repeated ones included.';
comment on column serving.program_summary.messages_sent is 'Messages sent to reps.';
comment on column serving.program_summary.messages_clicked is 'Clicks on messages.';

create table serving.team_program (
  team_id            text not null,
  program_id         text not null,
  account_id         text not null,
  reps_enrolled      bigint not null,
  reps_started       bigint not null,
  reps_completed     bigint not null,
  lessons_opened     bigint not null,
  lessons_completed  bigint not null,
  lessons_passed     bigint not null,
  segments_watched   bigint not null,
  questions_answered bigint not null,
  questions_correct  bigint not null,
  answers            bigint not null,
  messages_sent      bigint not null,
  messages_clicked   bigint not null,
  primary key (team_id, program_id)
) with (fillfactor = 80);
comment on table serving.team_program is
  'A team''s totals in a program, of the reps now in the team. Grain: team, program.';
comment on column serving.team_program.team_id is 'The team.';
comment on column serving.team_program.program_id is 'The program.';
comment on column serving.team_program.account_id is 'The account that the row belongs to.';
comment on column serving.team_program.reps_enrolled is 'Live reps with an enrolment that stands.';
comment on column serving.team_program.reps_started is 'Of them: did anything that counts, being sent messages aside.';
comment on column serving.team_program.reps_completed is 'Of them: passed every required lesson.';
comment on column serving.team_program.lessons_opened is 'Lessons opened, summed over reps.';
comment on column serving.team_program.lessons_completed is 'Lessons completed, summed over reps.';
comment on column serving.team_program.lessons_passed is 'Required lessons passed, summed over reps.';
comment on column serving.team_program.segments_watched is
  'Distinct 15-second steps of video, summed over reps and lessons.';
comment on column serving.team_program.questions_answered is 'Distinct questions answered, summed over reps.';
comment on column serving.team_program.questions_correct is 'Of them: the latest answer is correct.';
comment on column serving.team_program.answers is 'Answers, repeated ones included.';
comment on column serving.team_program.messages_sent is 'Messages sent to reps.';
comment on column serving.team_program.messages_clicked is 'Clicks on messages.';

create table serving.program_due (
  program_id     text not null,
  due_on         date not null,
  account_id     text not null,
  reps_enrolled  bigint not null,
  reps_completed bigint not null,
  primary key (program_id, due_on)
) with (fillfactor = 80);
comment on table serving.program_due is
  'Due dates of a program. Grain: program, day. What is overdue today is a sum over the days before.';
comment on column serving.program_due.program_id is 'The program.';
comment on column serving.program_due.due_on is 'The UTC day of due_at.';
comment on column serving.program_due.account_id is 'The account that the row belongs to.';
comment on column serving.program_due.reps_enrolled is 'Live reps who are due that day.';
comment on column serving.program_due.reps_completed is 'Of them: completed.';

create table serving.lesson_funnel (
  program_id        text not null,
  lesson_id         text not null,
  account_id        text not null,
  reps_messaged     bigint not null,
  reps_clicked      bigint not null,
  reps_opened       bigint not null,
  reps_watched_any  bigint not null,
  reps_watched_all  bigint not null,
  reps_answered_all bigint not null,
  reps_completed    bigint not null,
  reps_passed       bigint not null,
  primary key (program_id, lesson_id)
) with (fillfactor = 80);
comment on table serving.lesson_funnel is
  'How far reps come in a lesson. Grain: program, lesson.';
comment on column serving.lesson_funnel.program_id is 'The program.';
comment on column serving.lesson_funnel.lesson_id is 'The lesson, an element of the program.';
comment on column serving.lesson_funnel.account_id is 'The account that the row belongs to.';
comment on column serving.lesson_funnel.reps_messaged is 'Reps who were sent a message.';
comment on column serving.lesson_funnel.reps_clicked is 'Reps who clicked on one.';
comment on column serving.lesson_funnel.reps_opened is 'Reps who opened it.';
comment on column serving.lesson_funnel.reps_watched_any is 'Reps who watched a step of the video.';
comment on column serving.lesson_funnel.reps_watched_all is 'Reps who watched every step of the video.';
comment on column serving.lesson_funnel.reps_answered_all is 'Reps who answered every question.';
comment on column serving.lesson_funnel.reps_completed is 'Reps who completed it.';
comment on column serving.lesson_funnel.reps_passed is 'Reps who passed it.';

create table serving.lesson_segment (
  program_id text not null,
  lesson_id  text not null,
  segment    int not null,
  account_id text not null,
  viewers    bigint not null,
  views      bigint not null,
  primary key (program_id, lesson_id, segment)
) with (fillfactor = 80);
comment on table serving.lesson_segment is
  'The retention curve of a lesson''s video. Grain: program, lesson, 15-second step that a rep watched.';
comment on column serving.lesson_segment.program_id is 'The program.';
comment on column serving.lesson_segment.lesson_id is 'The lesson, an element of the program.';
comment on column serving.lesson_segment.segment is 'The 15-second step, from 0.';
comment on column serving.lesson_segment.account_id is 'The account that the row belongs to.';
comment on column serving.lesson_segment.viewers is 'Reps who watched the step.';
comment on column serving.lesson_segment.views is 'Times that the step was watched.';

create table serving.question_stats (
  program_id     text not null,
  lesson_id      text not null,
  question_id    text not null,
  account_id     text not null,
  respondents    bigint not null,
  answers        bigint not null,
  correct_first  bigint not null,
  correct_latest bigint not null,
  primary key (program_id, lesson_id, question_id)
) with (fillfactor = 80);
comment on table serving.question_stats is
  'Answers to a question. Grain: program, lesson, question.';
comment on column serving.question_stats.program_id is 'The program.';
comment on column serving.question_stats.lesson_id is 'The lesson, an element of the program.';
comment on column serving.question_stats.question_id is 'The question.';
comment on column serving.question_stats.account_id is 'The account that the row belongs to.';
comment on column serving.question_stats.respondents is 'Reps who answered.';
comment on column serving.question_stats.answers is 'Answers, repeated ones included.';
comment on column serving.question_stats.correct_first is 'Reps whose first answer is correct.';
comment on column serving.question_stats.correct_latest is 'Reps whose latest answer is correct.';

create table serving.program_day (
  program_id        text not null,
  day               date not null,
  account_id        text not null,
  active_reps       bigint not null,
  messages_sent     bigint not null,
  messages_clicked  bigint not null,
  lessons_opened    bigint not null,
  segments_watched  bigint not null,
  answers           bigint not null,
  lessons_completed bigint not null,
  primary key (program_id, day)
) with (fillfactor = 80);
comment on table serving.program_day is
  'Activity in a program on a day. Grain: program, day.';
comment on column serving.program_day.program_id is 'The program.';
comment on column serving.program_day.day is 'A day of the account''s own time zone.';
comment on column serving.program_day.account_id is 'The account that the row belongs to.';
comment on column serving.program_day.active_reps is 'Reps who did anything that day, being sent messages aside.';
comment on column serving.program_day.messages_sent is 'Messages sent that day.';
comment on column serving.program_day.messages_clicked is 'Clicks on messages that day.';
comment on column serving.program_day.lessons_opened is 'Openings of lessons that day, repeated ones included.';
comment on column serving.program_day.segments_watched is '15-second steps watched that day, repeated ones included.';
comment on column serving.program_day.answers is 'Answers that day.';
comment on column serving.program_day.lessons_completed is 'Completions of lessons that day, repeated ones included.';

create table serving.team_day (
  team_id           text not null,
  program_id        text not null,
  day               date not null,
  account_id        text not null,
  active_reps       bigint not null,
  messages_sent     bigint not null,
  messages_clicked  bigint not null,
  lessons_opened    bigint not null,
  segments_watched  bigint not null,
  answers           bigint not null,
  lessons_completed bigint not null,
  primary key (team_id, program_id, day)
) with (fillfactor = 80);
comment on table serving.team_day is
  'Activity of the reps now in a team, in a program, on a day. Grain: team, program, day.';
comment on column serving.team_day.team_id is 'The team.';
comment on column serving.team_day.program_id is 'The program.';
comment on column serving.team_day.day is 'A day of the account''s own time zone.';
comment on column serving.team_day.account_id is 'The account that the row belongs to.';
comment on column serving.team_day.active_reps is 'Reps who did anything that day, being sent messages aside.';
comment on column serving.team_day.messages_sent is 'Messages sent that day.';
comment on column serving.team_day.messages_clicked is 'Clicks on messages that day.';
comment on column serving.team_day.lessons_opened is 'Openings of lessons that day, repeated ones included.';
comment on column serving.team_day.segments_watched is '15-second steps watched that day, repeated ones included.';
comment on column serving.team_day.answers is 'Answers that day.';
comment on column serving.team_day.lessons_completed is 'Completions of lessons that day, repeated ones included.';

-- Dimensions, so that dashboards can JOIN -----------------------------------------------------------------------------

create table serving.account (
  account_id text not null,
  name       text not null,
  time_zone  text not null,
  primary key (account_id)
);
comment on table serving.account is
  'A customer company. Grain: account.';
comment on column serving.account.account_id is 'The account.';
comment on column serving.account.name is 'Its name.';
comment on column serving.account.time_zone is 'Region name of the tz database; days are counted in it.';

create table serving.team (
  team_id        text not null,
  account_id     text not null,
  name           text not null,
  parent_team_id text,
  primary key (team_id)
);
comment on table serving.team is
  'A team. Grain: team.';
comment on column serving.team.team_id is 'The team.';
comment on column serving.team.account_id is 'The account that the row belongs to.';
comment on column serving.team.name is 'Its name.';
comment on column serving.team.parent_team_id is 'The team above it; null: none. It may not exist.';

create table serving.contact (
  contact_id text not null,
  account_id text not null,
  team_id    text,
  name       text not null,
  primary key (contact_id)
);
comment on table serving.contact is
  'A live rep; removed ones have no row. Grain: rep.';
comment on column serving.contact.contact_id is 'The rep.';
comment on column serving.contact.account_id is 'The account that the row belongs to.';
comment on column serving.contact.team_id is 'The rep''s team; null if the rep has none.';
comment on column serving.contact.name is 'The rep''s name.';

create table serving.program (
  program_id   text not null,
  account_id   text not null,
  name         text not null,
  kind         text not null,
  pass_percent int not null,
  primary key (program_id)
);
comment on table serving.program is
  'A program. Grain: program.';
comment on column serving.program.program_id is 'The program.';
comment on column serving.program.account_id is 'The account that the row belongs to.';
comment on column serving.program.name is 'Its name.';
comment on column serving.program.kind is 'Its kind, as the database of record has it.';
comment on column serving.program.pass_percent is 'Share of correct answers that passes a lesson, 0 to 100.';

create table serving.lesson (
  program_id      text not null,
  lesson_id       text not null,
  account_id      text not null,
  ordinal         int not null,
  title           text not null,
  video_seconds   int not null,
  required        boolean not null,
  segments_total  int not null,
  questions_total int not null,
  primary key (program_id, lesson_id)
);
comment on table serving.lesson is
  'A lesson of a program. Grain: program, lesson.';
comment on column serving.lesson.program_id is 'The program.';
comment on column serving.lesson.lesson_id is 'The lesson, an element of the program.';
comment on column serving.lesson.account_id is 'The account that the row belongs to.';
comment on column serving.lesson.ordinal is 'Its place in the program, from 1.';
comment on column serving.lesson.title is 'Its title.';
comment on column serving.lesson.video_seconds is 'Length of its video.';
comment on column serving.lesson.required is 'Whether completing the program needs it.';
comment on column serving.lesson.segments_total is '15-second steps of the video, the last one possibly shorter.';
comment on column serving.lesson.questions_total is 'Its questions; one that is listed twice counts twice.';

-- The epoch ----------------------------------------------------------------------------------------------------------

create table serving.epoch (
  epoch        bigint not null,
  published_at timestamptz not null,
  source_at    timestamptz
) with (fillfactor = 10);
create unique index epoch_has_one_row on serving.epoch ((true));
comment on table serving.epoch is
  'The published version of all tables, changed in the same transaction as they are. One row; none before the first.';
comment on column serving.epoch.epoch is 'Rises with each publication.';
comment on column serving.epoch.published_at is 'When it was published.';
comment on column serving.epoch.source_at is
  'The newest source.ts_ms of a change read, whether or not it had an effect; null before the first change.';
