-- name: create
insert into productions (production_id, user_id, graph, graph_version, metadata, status)
values (%(thread)s, %(user)s, %(graph)s, %(version)s, %(metadata)s, 'draft')
on conflict (production_id) do nothing
returning production_id::text;

-- name: get
select p.production_id::text as thread_id, p.graph, p.status, p.context, p.metadata, p.values, p.interrupts, p.error,
       p.created_at, p.updated_at, coalesce(p.state_updated_at, p.created_at) as state_updated_at, p.last_seq
from productions p
where p.production_id = %(thread)s and p.user_id = %(user)s and p.deleted_at is null;

-- name: merge_metadata
update productions p set metadata = p.metadata || %(metadata)s
where p.production_id = %(thread)s and p.user_id = %(user)s and p.deleted_at is null;

-- name: search
with seen as (
    select p.production_id::text as thread_id, p.graph, p.status, p.context, p.values, p.interrupts, p.error, p.last_seq,
           p.created_at, p.updated_at, coalesce(p.state_updated_at, p.created_at) as state_updated_at,
           case when p.graph = '' then p.metadata
                else jsonb_build_object('graph_id', p.graph, 'assistant_id', %(systems)s::jsonb -> p.graph) || p.metadata
           end as metadata
    from productions p
    where p.user_id = %(user)s and p.deleted_at is null and not p.metadata @> '{"throw_away": true}'
      and (%(ids)s::uuid[] is null or p.production_id = any(%(ids)s))
      and (%(statuses)s::text[] is null or p.status = any(%(statuses)s))
      and (%(values)s::jsonb is null or p.values @> %(values)s)
)
select *, count(*) over () as total from seen
where %(metadata)s::jsonb is null or metadata @> %(metadata)s
order by
    case when %(up)s then
        case %(by)s when 'created_at' then created_at when 'updated_at' then updated_at
                    when 'state_updated_at' then state_updated_at end end asc,
    case when not %(up)s then
        case %(by)s when 'created_at' then created_at when 'updated_at' then updated_at
                    when 'state_updated_at' then state_updated_at end end desc,
    case when %(up)s then
        case %(by)s when 'status' then %(words)s::jsonb ->> status when 'thread_id' then thread_id end end asc,
    case when not %(up)s then
        case %(by)s when 'status' then %(words)s::jsonb ->> status when 'thread_id' then thread_id end end desc,
    thread_id
limit %(limit)s offset %(offset)s;

-- name: count
with seen as (
    select case when p.graph = '' then p.metadata
                else jsonb_build_object('graph_id', p.graph, 'assistant_id', %(systems)s::jsonb -> p.graph) || p.metadata
           end as metadata
    from productions p
    where p.user_id = %(user)s and p.deleted_at is null and not p.metadata @> '{"throw_away": true}'
      and (%(ids)s::uuid[] is null or p.production_id = any(%(ids)s))
      and (%(statuses)s::text[] is null or p.status = any(%(statuses)s))
      and (%(values)s::jsonb is null or p.values @> %(values)s)
)
select count(*) as total from seen where %(metadata)s::jsonb is null or metadata @> %(metadata)s;

-- name: hide
update productions set deleted_at = now() where production_id = %(production)s;

-- name: forget_checkpoint_writes
delete from checkpoint_writes where thread_id = %(thread)s::text;

-- name: forget_checkpoint_blobs
delete from checkpoint_blobs where thread_id = %(thread)s::text;

-- name: forget_checkpoints
delete from checkpoints where thread_id = %(thread)s::text;

-- name: forget_draft
delete from productions where production_id = %(thread)s and status = 'draft';
