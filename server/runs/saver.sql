-- name: put
with owner as materialized (
    select 1 as fenced from productions where production_id = %(production)s and epoch = %(epoch)s
), blobs as (
    insert into checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
    select %(thread)s, %(ns)s, part.channel, part.version, part.type, part.blob
    from owner, unnest(%(channels)b::text[], %(versions)b::text[], %(types)b::text[], %(blobs)b::bytea[])
        as part (channel, version, type, blob)
    on conflict (thread_id, checkpoint_ns, channel, version) do nothing
), saved as (
    insert into checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
    select %(thread)s, %(ns)s, %(checkpoint_id)s, %(parent_id)s::text, %(checkpoint)s, %(metadata)s from owner
    on conflict (thread_id, checkpoint_ns, checkpoint_id)
    do update set checkpoint = excluded.checkpoint, metadata = excluded.metadata
)
select count(*) as fenced from owner;

-- name: put_writes
with owner as materialized (
    select 1 from productions where production_id = %(production)s and epoch = %(epoch)s
), saved as (
    insert into checkpoint_writes
        (thread_id, checkpoint_ns, checkpoint_id, task_id, task_path, idx, channel, type, blob)
    select %(thread)s, %(ns)s, %(checkpoint_id)s, %(task_id)s, %(task_path)s,
           part.idx, part.channel, part.type, part.blob
    from owner, unnest(%(indexes)s::int[], %(channels)b::text[], %(types)b::text[], %(blobs)b::bytea[])
        as part (idx, channel, type, blob)
    on conflict (thread_id, checkpoint_ns, checkpoint_id, task_id, idx) do nothing
)
select count(*) as fenced from owner;

-- name: replace_writes
with owner as materialized (
    select 1 from productions where production_id = %(production)s and epoch = %(epoch)s
), saved as (
    insert into checkpoint_writes
        (thread_id, checkpoint_ns, checkpoint_id, task_id, task_path, idx, channel, type, blob)
    select %(thread)s, %(ns)s, %(checkpoint_id)s, %(task_id)s, %(task_path)s,
           part.idx, part.channel, part.type, part.blob
    from owner, unnest(%(indexes)s::int[], %(channels)b::text[], %(types)b::text[], %(blobs)b::bytea[])
        as part (idx, channel, type, blob)
    on conflict (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
    do update set channel = excluded.channel, type = excluded.type, blob = excluded.blob
)
select count(*) as fenced from owner;
