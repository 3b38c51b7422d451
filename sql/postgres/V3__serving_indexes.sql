-- What dashboards ask for beyond the primary keys. Every index costs each insert and each update that is not HOT, so
-- there are few, and none covers a column that activity changes: only who, where and by when.
--
-- Served by the primary keys: a rep's programs and lessons, a program's due dates, funnel, curves, questions and days,
-- a team's programs and days. Left out on purpose: rep_lesson by lesson (the table that changes most; a lesson's reps are
-- found through the program's reps and rep_lesson's primary key), and orders by progress (a program's reps are
-- thousands, sorted in memory).

-- A program's reps, and those of them by due date.
create index rep_program_by_program on serving.rep_program (program_id, due_at);

-- A team's reps, and team_status. Reps move between teams seldom.
create index rep_program_by_team on serving.rep_program (team_id, program_id);

-- An account's overdue and at-risk reps. Partial: after some years most reps have completed. A rep that completes
-- leaves the index, one update in its life.
create index rep_program_by_account on serving.rep_program (account_id, due_at) where completed_at is null;

-- The overview of an account's programs.
create index program_summary_by_account on serving.program_summary (account_id);

-- The league of a program's teams.
create index team_program_by_program on serving.team_program (program_id);

-- An account's lists. Not by name as well: a name has no limit, an index entry has (2,704 bytes after compression).
create index team_by_account on serving.team (account_id);
create index contact_by_account on serving.contact (account_id);
create index program_by_account on serving.program (account_id);

-- Totals are few rows that change every epoch: HOT chains are pruned as pages are read, vacuum keeps the rest small.
do $$
declare
  total text;
begin
  foreach total in array array['program_summary', 'team_program', 'program_due', 'lesson_funnel', 'lesson_segment',
                               'question_stats', 'program_day', 'team_day', 'epoch'] loop
    execute format('alter table serving.%I set (autovacuum_vacuum_scale_factor = 0.05, '
                   'autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0)', total);
  end loop;
end
$$;
