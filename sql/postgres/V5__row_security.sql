-- Who sees which account.
--
-- retally_read sees every account: dashboards behind an application that filters by account, checks, operators.
-- retally_read_account sees only the accounts that serving_access.reader_account lists for the login (or for a role
-- that it has taken with SET ROLE). A setting such as current_setting('retally.account_id') would not do: whoever may query
-- may set it. A login in both groups sees everything.
--
-- Row security, and not views beside the tables: the same query then serves both groups. It costs the publisher a
-- policy that is constantly true, and an account's reader one lookup a query, whose result can be an index condition.
-- The publisher cannot COPY straight into serving (PostgreSQL refuses COPY FROM under row security); it copies into
-- staging. The owner of the tables sees and writes everything.

create schema serving_access;
comment on schema serving_access is 'Which login sees which account.';

create table serving_access.reader_account (
  role_name  name not null,
  account_id text not null,
  primary key (role_name, account_id)
);
comment on table serving_access.reader_account is
  'The accounts that a member of retally_read_account sees. Filled by the database''s operator.';
comment on column serving_access.reader_account.role_name is 'The login, or a role that it may take.';
comment on column serving_access.reader_account.account_id is 'An account that it sees.';

-- A policy's subquery runs with the reader's rights, so the reader may read its own entries and no others.
alter table serving_access.reader_account enable row level security;
create policy own_entries on serving_access.reader_account for select to retally_read_account
  using (role_name = current_user);
grant usage on schema serving_access to retally_read_account;
grant select on serving_access.reader_account to retally_read_account;

do $$
declare
  t text;
begin
  for t in select c.relname from pg_catalog.pg_class c
           where c.relnamespace = 'serving'::regnamespace and c.relkind = 'r' and c.relname <> 'epoch' loop
    execute format('alter table serving.%I enable row level security', t);
    execute format('create policy publisher on serving.%I to retally_publish using (true) with check (true)', t);
    execute format('create policy every_account on serving.%I for select to retally_read using (true)', t);
    execute format('create policy own_accounts on serving.%I for select to retally_read_account '
                   'using (account_id = any (array(select r.account_id from serving_access.reader_account r '
                   'where r.role_name = current_user)))', t);
  end loop;
end
$$;
