-- Room and vacuum for the tables that change all the time. They have one thing in common: dead rows come at the rate of the
-- epochs and not of the table's size, so shares of the table, which autovacuum counts by, say little.
--
-- A smaller fillfactor holds for pages that are written from now on; a table that was filled before comes to it as it is
-- rewritten (or at once by VACUUM FULL, which locks).

-- The ledgers' rows, the large tables. By default vacuum waits until a fifth of a table is dead: with ten million rows two
-- million. A fiftieth, and at least 10,000, keeps a run short; without pauses, because it has to keep up with the epochs.
-- Insertions of a first import alone need no vacuum for tuples, only to freeze: as often.
do $$
declare
  ledger text;
begin
  foreach ledger in array array['rep_lesson', 'rep_program'] loop
    execute format('alter table serving.%I set (autovacuum_vacuum_scale_factor = 0.02, '
                   'autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_cost_delay = 0, '
                   'autovacuum_analyze_scale_factor = 0.05)', ledger);
  end loop;
end
$$;

-- Totals of the present: the same few rows in every epoch. Half of each page stays free, so that several versions of all its
-- rows fit before the page is pruned: an update stays HOT and touches no index. Of the days' and due dates' rows most are
-- past and will not change; they keep the fifth.
do $$
declare
  total text;
begin
  foreach total in array array['program_summary', 'team_program', 'lesson_funnel', 'question_stats'] loop
    execute format('alter table serving.%I set (fillfactor = 50)', total);
  end loop;
end
$$;

-- One row each, a new version an epoch: a page of room for versions, pruned in place. What is left for vacuum is a page, and a
-- transaction that stays open makes a few more: looked at by count, as 20 % of one row is always reached.
alter table staging.publication set (fillfactor = 10, autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
alter table staging.source_position set (autovacuum_vacuum_scale_factor = 0,
  autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
