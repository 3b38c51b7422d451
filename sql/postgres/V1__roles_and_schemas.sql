-- Group roles and schemas.
--
-- Migrations run as the database's owner, who needs CREATEROLE only if the group roles are not there yet; no superuser.
-- Without Flyway:  psql -v ON_ERROR_STOP=1 -1 -f V1__....sql -f V2__....sql ...  in the order of the versions.
-- Names are always qualified, so the search path does not matter. PostgreSQL 15 to 18.
--
-- Login users are the operator's, or the embedded stack's:
--   create user retally_publisher in role retally_publish password '...';   -- the job
--   create user retally_reader    in role retally_read    password '...';   -- dashboards that see every account
--   create user acme_reader  in role retally_read_account password '...';   -- one account's own access, see V5
do $$
declare
  wanted text[][] := array[
    ['retally_publish', 'Retally: writes serving and staging. The publisher of the job, nobody else.'],
    ['retally_read', 'Retally: reads schema serving, every account.'],
    ['retally_read_account', 'Retally: reads schema serving, only accounts in serving_access.reader_account.']];
  i int;
begin
  for i in 1 .. array_length(wanted, 1) loop
    continue when exists (select from pg_catalog.pg_roles where rolname = wanted[i][1]);
    begin
      execute format('create role %I nologin', wanted[i][1]);
      execute format('comment on role %I is %L', wanted[i][1], wanted[i][2]);
    exception
      when duplicate_object or unique_violation then
        null;                             -- another database of this server is being migrated at the same moment
      when insufficient_privilege then
        raise exception 'role % is missing and % may not create it', wanted[i][1], current_user using
          errcode = 'insufficient_privilege',
          hint = format('Have an administrator run "create role %I nologin", or grant CREATEROLE; '
                        'then migrate again.', wanted[i][1]);
    end;
  end loop;
end
$$;

create schema serving;
comment on schema serving is
  'What is published: every table as the contract defines it, all of one epoch. Views add what depends on the clock.';

create schema staging;
comment on schema staging is
  'The publisher''s own: rows that wait for their epoch, and how far each log is published. Not for readers.';

grant usage on schema serving to retally_publish, retally_read, retally_read_account;
grant usage on schema staging to retally_publish;

-- So that no later migration forgets a grant.
alter default privileges in schema serving grant select on tables to retally_read, retally_read_account;
alter default privileges in schema serving grant select, insert, update, delete, truncate on tables to retally_publish;
alter default privileges in schema staging grant select, insert, update, delete, truncate on tables to retally_publish;
alter default privileges in schema staging grant usage on sequences to retally_publish;
