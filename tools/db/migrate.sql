-- name: versions
select part, version from schema_parts union all select 'house', version_num from alembic_version;

-- name: parts_table
create table if not exists schema_parts (
    part text primary key,
    version text not null,
    applied_at timestamptz not null default now()
);

-- name: part_version
select version from schema_parts where part = %(part)s;

-- name: record_part
insert into schema_parts (part, version) values (%(part)s, %(version)s)
on conflict (part) do update set version = excluded.version, applied_at = now();

-- name: try_lock
select pg_try_advisory_lock(%(key)s) as taken;

-- name: unlock
select pg_advisory_unlock(%(key)s);

-- name: has_lz4
select coalesce('lz4' = any(enumvals), false) as yes
from pg_settings where name = 'default_toast_compression';

-- name: payload_columns
select format('alter table %%I alter column %%I set compression lz4', c.relname, a.attname) as statement
from (values
    ('checkpoints', 'checkpoint'), ('checkpoints', 'metadata'), ('checkpoint_blobs', 'blob'),
    ('checkpoint_writes', 'blob'), ('events', 'payload'), ('store', 'value')
) as payload (relation, attribute)
join pg_class c on c.oid = to_regclass(payload.relation)
join pg_attribute a on a.attrelid = c.oid and a.attname = payload.attribute and a.attcompression <> 'l';

-- name: has_procrastinate
select to_regclass('procrastinate_jobs') is not null as yes;

-- name: numbered_table
create table if not exists {table} (v integer primary key);

-- name: numbers_done
select v from {table};

-- name: note_number
insert into {table} (v) values (%(number)s);
