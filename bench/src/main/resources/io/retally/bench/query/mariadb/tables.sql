-- The current documents. Ids are compared by bytes; interactions are stored in the order of program, rep and lesson, so
-- that what a program's reps did, or one rep, is read from one place and grouped as it is read.
create table account (
  id varchar(64) character set ascii collate ascii_bin primary key,
  name varchar(255) not null, time_zone varchar(64) not null);
create table team (
  id varchar(64) character set ascii collate ascii_bin primary key,
  account_id varchar(64) character set ascii collate ascii_bin not null, name varchar(255) not null);
create table contact (
  id varchar(64) character set ascii collate ascii_bin primary key,
  account_id varchar(64) character set ascii collate ascii_bin not null,
  team_id varchar(64) character set ascii collate ascii_bin, name varchar(255) not null, removed_at datetime(3));
create table program (
  id varchar(64) character set ascii collate ascii_bin primary key,
  account_id varchar(64) character set ascii collate ascii_bin not null,
  name varchar(255) not null, kind varchar(64) not null, pass_percent int not null);
create table lesson (
  program_id varchar(64) character set ascii collate ascii_bin not null,
  id varchar(64) character set ascii collate ascii_bin not null,
  ordinal int not null, title varchar(255) not null, required boolean not null, segments_total int not null,
  questions_total int not null, primary key (program_id, id));
create table lesson_question (
  program_id varchar(64) character set ascii collate ascii_bin not null,
  lesson_id varchar(64) character set ascii collate ascii_bin not null,
  question_id varchar(64) character set ascii collate ascii_bin not null,
  primary key (program_id, lesson_id, question_id));
create table enrollment (
  id varchar(64) character set ascii collate ascii_bin primary key,
  account_id varchar(64) character set ascii collate ascii_bin not null,
  contact_id varchar(64) character set ascii collate ascii_bin not null,
  program_id varchar(64) character set ascii collate ascii_bin not null,
  enrolled_at datetime(3) not null, due_at datetime(3), withdrawn_at datetime(3));
create table interaction (
  id varchar(64) character set ascii collate ascii_bin not null,
  account_id varchar(64) character set ascii collate ascii_bin not null,
  contact_id varchar(64) character set ascii collate ascii_bin not null,
  program_id varchar(64) character set ascii collate ascii_bin not null,
  lesson_id varchar(64) character set ascii collate ascii_bin not null,
  verb enum ('message_sent', 'message_clicked', 'lesson_opened', 'segment_watched', 'question_answered',
             'lesson_completed') not null,
  at datetime(3) not null, segment int, question_id varchar(64) character set ascii collate ascii_bin,
  correct boolean, primary key (program_id, contact_id, lesson_id, id));
