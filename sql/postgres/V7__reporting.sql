-- Results of reports in Flink SQL: schema reporting.
--
-- Unlike the serving tables, these are made by who runs a report: the first epoch of a report creates its table, or replaces
-- it when the report's columns have changed. So the role may create in this schema, and sees no other one.
--   create user retally_reporter in role retally_report password '...';   -- the job sql-report
do $$
begin
  if not exists (select from pg_catalog.pg_roles where rolname = 'retally_report') then
    begin
      create role retally_report nologin;
      comment on role retally_report is 'Retally: owns the tables of schema reporting. Reports, nobody else.';
    exception
      when duplicate_object or unique_violation then
        null;                             -- another database of this server is being migrated at the same moment
      when insufficient_privilege then
        raise exception 'role retally_report is missing and % may not create it', current_user using
          errcode = 'insufficient_privilege',
          hint = 'Have an administrator run "create role retally_report nologin", or grant CREATEROLE; then migrate again.';
    end;
  end if;
end
$$;

create schema reporting;
comment on schema reporting is
  'Results of reports: each table is kept equal to a query over the current documents, in a transaction an epoch.';
grant usage on schema reporting to retally_read, retally_read_account;
grant usage, create on schema reporting to retally_report;

create table reporting.publication (
  table_name text primary key,
  report     text not null,
  lineage    uuid not null,
  checkpoint bigint not null,
  shape      text not null,
  changed_at timestamptz not null
);
comment on table reporting.publication is
  'Which report a table belongs to, and what of it was published last; changed in the same transaction.';
comment on column reporting.publication.table_name is 'The table, of schema reporting.';
comment on column reporting.publication.report is 'The report that fills it.';
comment on column reporting.publication.lineage is
  'The line of checkpoints: a report started without a savepoint begins a new one, and takes the table over.';
comment on column reporting.publication.checkpoint is 'The checkpoint of that line that was published last.';
comment on column reporting.publication.shape is 'The columns and the key that the table was created with.';
comment on column reporting.publication.changed_at is 'When a row of the table changed last.';
grant select, insert, update, delete on reporting.publication to retally_report;
grant select on reporting.publication to retally_read, retally_read_account;

-- Who sees which account is decided as in schema serving. A table without account_id is for those who see every account.
grant usage on schema serving_access to retally_report;

create procedure reporting.open_to_readers(report_table name) language plpgsql as $$
begin
  execute format('alter table reporting.%I enable row level security', report_table);
  execute format('create policy every_account on reporting.%I for select to retally_read using (true)', report_table);
  execute format('grant select on reporting.%I to retally_read', report_table);
  if exists (select from pg_catalog.pg_attribute a
             where a.attrelid = format('reporting.%I', report_table)::regclass and a.attname = 'account_id') then
    execute format('create policy own_accounts on reporting.%I for select to retally_read_account '
                   'using (account_id = any (array(select r.account_id from serving_access.reader_account r '
                   'where r.role_name = current_user)))', report_table);
    execute format('grant select on reporting.%I to retally_read_account', report_table);
  end if;
end
$$;
comment on procedure reporting.open_to_readers is
  'Lets readers read a table of this schema, each the accounts that it sees in schema serving. Called by the table''s owner.';
