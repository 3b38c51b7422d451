-- The current documents. What is loaded comes in the order of program, rep and lesson, so that a program, or a rep, is
-- a range of rows, and minima and maxima let DuckDB pass over all others. Without keys, which only insertions need.
create table account (id varchar, name varchar, time_zone varchar);
create table team (id varchar, account_id varchar, name varchar);
create table contact (id varchar, account_id varchar, team_id varchar, name varchar, removed_at timestamp);
create table program (id varchar, account_id varchar, name varchar, kind varchar, pass_percent int);
create table lesson (
  program_id varchar, id varchar, ordinal int, title varchar, required boolean, segments_total int,
  questions_total int);
create table lesson_question (program_id varchar, lesson_id varchar, question_id varchar);
create table enrollment (
  id varchar, account_id varchar, contact_id varchar, program_id varchar, enrolled_at timestamp, due_at timestamp,
  withdrawn_at timestamp);
create table interaction (
  id varchar, account_id varchar, contact_id varchar, program_id varchar, lesson_id varchar, verb varchar,
  happened_at timestamp, segment int, question_id varchar, correct boolean);
