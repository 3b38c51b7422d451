-- Where an epoch's rows wait until its checkpoint is complete.

create sequence staging.chunk_id;
comment on sequence staging.chunk_id is 'Names a chunk of staged rows, one writer''s flush. Never reused.';

-- For each serving table T: staging.T (chunk, deleted, then T's columns, all nullable). No index: a publication reads
-- its chunks whole and deletes them. Logged, because a staged chunk must survive a crash of the server once its
-- checkpoint is complete. Rows live for an epoch, so vacuum comes by count, at full speed, and never for insertions.
do $$
declare
  t text;
begin
  for t in select c.relname from pg_catalog.pg_class c
           where c.relnamespace = 'serving'::regnamespace and c.relkind = 'r' and c.relname <> 'epoch'
           order by c.relname loop
    execute format('create table staging.%1$I with (autovacuum_vacuum_scale_factor = 0, '
                   'autovacuum_vacuum_threshold = 10000, autovacuum_vacuum_insert_threshold = -1, '
                   'autovacuum_vacuum_cost_delay = 0) as '
                   'select null::bigint as chunk, null::boolean as deleted, t.* from serving.%1$I t with no data', t);
    execute format('alter table staging.%I alter chunk set not null, alter deleted set not null', t);
    execute format('comment on table staging.%1$I is %2$L', t,
                   format('Rows of serving.%s that wait for their epoch.', t));
    execute format('comment on column staging.%I.chunk is %L', t, 'The chunk, of sequence staging.chunk_id.');
    execute format('comment on column staging.%I.deleted is %L', t,
                   'The row with this key goes; then only the key''s columns are filled.');
  end loop;
end
$$;

create table staging.publication (
  lineage    uuid not null,
  checkpoint bigint not null
);
create unique index publication_has_one_row on staging.publication ((true));
comment on table staging.publication is
  'What was published last, so that publishing it again changes nothing. One row at most.';
comment on column staging.publication.lineage is
  'The line of checkpoints: a job started without a savepoint begins a new one.';
comment on column staging.publication.checkpoint is 'The checkpoint of that line that was published last.';

create table staging.source_position (
  topic       text not null,
  partition   int not null,
  next_offset bigint not null,
  primary key (topic, partition)
) with (fillfactor = 50);
comment on table staging.source_position is
  'The prefix of every log that the published epoch stands for; changed in the publication''s transaction.';
comment on column staging.source_position.topic is 'The topic.';
comment on column staging.source_position.partition is 'Its partition.';
comment on column staging.source_position.next_offset is
  'The offset after the last message read; every message before it is in.';
