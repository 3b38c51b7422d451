-- The logins of a production database: owner, publisher, reader, reporter. Run once in the new database by an administrator
-- (superuser, or CREATEROLE and the database's owner), before the migrations; repeating it changes nothing.
--   psql -v ON_ERROR_STOP=1 -1 -d retally -f roles.sql
-- Then give each its password, as psql's \password does, which sends only a hash.
--
-- | login             | member of       | may                                             | who                          |
-- | retally_owner     |                 | migrate; it owns the database and every schema  | the migrations, nobody else  |
-- | retally_publisher | retally_publish | write serving and staging; no DDL               | the job                      |
-- | retally_reader    | retally_read    | read serving and reporting, every account       | dashboards                   |
-- | retally_reporter  | retally_report  | make and write the tables of reporting          | reports in Flink SQL         |
--
-- An account's own login is made like retally_reader, in role retally_read_account: V5__row_security.sql.
do $$
declare
  -- name, attributes, member of, comment
  wanted text[][] := array[
    ['retally_publish', 'nologin', '', 'Retally: writes serving and staging. The publisher of the job, nobody else.'],
    ['retally_read', 'nologin', '', 'Retally: reads schema serving, every account.'],
    ['retally_read_account', 'nologin', '',
     'Retally: reads schema serving, only accounts in serving_access.reader_account.'],
    ['retally_report', 'nologin', '', 'Retally: owns the tables of schema reporting. Reports, nobody else.'],
    ['retally_owner', 'login', '', 'Retally: owns the database and migrates it. No superuser, and makes no roles.'],
    ['retally_publisher', 'login', 'retally_publish', 'Retally: the job rep-progress.'],
    ['retally_reader', 'login', 'retally_read', 'Retally: dashboards that see every account.'],
    ['retally_reporter', 'login', 'retally_report', 'Retally: reports in Flink SQL.']];
  i int;
begin
  for i in 1 .. array_length(wanted, 1) loop
    if not exists (select from pg_catalog.pg_roles where rolname = wanted[i][1]) then
      execute format('create role %I %s', wanted[i][1], wanted[i][2]);
      execute format('comment on role %I is %L', wanted[i][1], wanted[i][4]);
      if wanted[i][3] <> '' then
        execute format('grant %I to %I', wanted[i][3], wanted[i][1]);
      end if;
    end if;
  end loop;

  -- By default every login of the server may connect to every database, and make temporary tables in it.
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to retally_publish, retally_read, retally_read_account, retally_report',
                 current_database());
  execute format('alter database %I owner to retally_owner', current_database());
end
$$;

-- A reader that forgets its transaction, or asks for too much, keeps vacuum from the rows that change twice a second.
alter role retally_reader set default_transaction_read_only = on;
alter role retally_reader set statement_timeout = '60s';
alter role retally_reader set idle_in_transaction_session_timeout = '60s';
-- An epoch is acknowledged when it is on disk, whatever the server's default is.
alter role retally_publisher set synchronous_commit = on;
