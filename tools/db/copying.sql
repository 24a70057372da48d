-- name: begin_reading
set transaction isolation level repeatable read, read only;

-- name: moment
select now() as now, pg_database_size(current_database()) as bytes, current_setting('server_version') as server;

-- name: tables
-- What outlives a crash, but for the doorbell and what says how tables were made. With their columns, those of bytes marked.
select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns,
       array_agg(a.atttypid = 'bytea'::regtype order by a.attnum) as bytes
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
  and c.relname not like 'procrastinate\_%%'
  and c.relname not in ('schema_parts', 'alembic_version', 'checkpoint_migrations', 'store_migrations',
                        'vector_migrations', 'halts')
group by c.relname order by c.relname;

-- name: referring
select child.relname::text as child, parent.relname::text as parent
from pg_constraint r join pg_class child on child.oid = r.conrelid join pg_class parent on parent.oid = r.confrelid
where r.contype = 'f' and child.relnamespace = current_schema()::regnamespace and child.oid <> parent.oid;

-- name: sequences
select sequencename::text as name, last_value as value from pg_sequences
where schemaname = current_schema() and sequencename not like 'procrastinate\_%%' and last_value is not null;

-- name: numbers
select (select max(v) from checkpoint_migrations) as checkpointer, (select max(v) from store_migrations) as store;

-- name: libraries
select part, version from schema_parts where part in ('checkpointer', 'store');

-- name: anything
-- Whatever people left; what a schema is born with does not count.
select exists (select from productions) or exists (select from novelas) or exists (select from checkpoints)
    or exists (select from store) or exists (select from media_library) or exists (select from provider_keys)
    or exists (select from users where user_id <> 'local') as yes;

-- name: copy_out
copy {table} ({columns}) to stdout;

-- name: copy_some
copy (select {columns} from {table} where {kept}) to stdout;

-- name: copy_in
copy {table} ({columns}) from stdin;

-- name: empty
truncate {tables} cascade;

-- name: set_sequence
select setval(quote_ident(%(name)s)::regclass, %(value)s) where to_regclass(quote_ident(%(name)s)) is not null;
