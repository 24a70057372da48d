-- name: checkpoints_due
-- Ended productions with more than their newest states, but for those that a replay is held against, and for what is
-- stuck (productions.sql).
select a.production_id::text from at_rest a join productions p using (production_id)
where a.since < now() - make_interval(days => %(days)s)
  and (a.checkpoints_cleared_at is null or a.checkpoints_cleared_at < a.since)
  and (p.status <> 'failed' or p.deleted_at is not null or p.error ->> 'code' is distinct from 'run_poisoned')
  and not exists (select 1 from productions c
                  where c.parent_production_id = a.production_id and c.replay and c.cleared_at is null)
order by a.since;

-- name: lock_checkpoints
select p.status from productions p
where p.production_id = %(id)s
  and (p.status <> 'failed' or p.deleted_at is not null or p.error ->> 'code' is distinct from 'run_poisoned')
  and exists (select 1 from at_rest a
              where a.production_id = p.production_id and a.since < now() - make_interval(days => %(days)s)
                and (a.checkpoints_cleared_at is null or a.checkpoints_cleared_at < a.since))
  and not exists (select 1 from productions c
                  where c.parent_production_id = p.production_id and c.replay and c.cleared_at is null)
for update of p skip locked;

-- name: old_checkpoints
-- All but the newest of every namespace, and but those that a branch names, with what these lie in.
with named as materialized (
    select k.checkpoint_ns, k.checkpoint_id, coalesce(k.metadata -> 'parents', '{}') as parents
    from productions b join checkpoints k
        on k.thread_id = %(id)s::text and k.checkpoint_id = b.parent_checkpoint_id
    where b.parent_production_id = %(id)s::uuid and b.cleared_at is null
)
select c.checkpoint_ns as ns, c.checkpoint_id as id, pg_column_size(c.checkpoint) as size from checkpoints c
where c.thread_id = %(id)s::text
  and c.checkpoint_id < (select max(n.checkpoint_id) from checkpoints n
                         where n.thread_id = c.thread_id and n.checkpoint_ns = c.checkpoint_ns)
  and not exists (select 1 from named
                  where (named.checkpoint_ns, named.checkpoint_id) = (c.checkpoint_ns, c.checkpoint_id)
                     or named.parents ->> c.checkpoint_ns = c.checkpoint_id);

-- name: drop_checkpoints
delete from checkpoints c using unnest(%(namespaces)s::text[], %(checkpoints)s::text[]) as old (ns, checkpoint)
where c.thread_id = %(id)s::text and c.checkpoint_ns = old.ns and c.checkpoint_id = old.checkpoint;

-- name: drop_writes
delete from checkpoint_writes w
where w.thread_id = %(id)s::text
  and not exists (select 1 from checkpoints c where c.thread_id = w.thread_id
                  and c.checkpoint_ns = w.checkpoint_ns and c.checkpoint_id = w.checkpoint_id);

-- name: drop_blobs
delete from checkpoint_blobs b
where b.thread_id = %(id)s::text
  and not exists (select 1 from checkpoints c where c.thread_id = b.thread_id and c.checkpoint_ns = b.checkpoint_ns
                  and c.checkpoint -> 'channel_versions' ->> b.channel = b.version);

-- name: checkpoints_cleared
update productions set checkpoints_cleared_at = now() where production_id = %(id)s;

-- name: events_due
select a.production_id::text from at_rest a join productions p using (production_id)
where a.since < now() - make_interval(days => %(days)s)
  and (a.events_cleared_at is null or a.events_cleared_at < a.since)
  and (p.status <> 'failed' or p.deleted_at is not null or p.error ->> 'code' is distinct from 'run_poisoned')
order by a.since;

-- name: lock_events
select p.status from productions p
where p.production_id = %(id)s
  and (p.status <> 'failed' or p.deleted_at is not null or p.error ->> 'code' is distinct from 'run_poisoned')
  and exists (select 1 from at_rest a
              where a.production_id = p.production_id and a.since < now() - make_interval(days => %(days)s)
                and (a.events_cleared_at is null or a.events_cleared_at < a.since))
for update of p skip locked;

-- name: old_events
-- What nobody who comes later needs: states that were followed by others, what led to them, words in pieces. What
-- stays: the newest state of every level, the newest script, what became rows, questions, ends, tasks, checkpoints;
-- and of an answer that made no state of its own that it was taken, which a replay looks for.
select e.seq, pg_column_size(e.payload) as size from events e
where e.production_id = %(id)s::uuid and (
    e.method = 'messages'
    or e.method = 'values'
    and e.seq <> (select max(n.seq) from events n
                  where n.production_id = e.production_id and n.method = 'values' and n.namespace = e.namespace)
    and e.seq <> coalesce((select max(n.seq) from events n
                           where n.production_id = e.production_id and n.method = 'values'
                             and jsonb_typeof(n.payload -> 'script') = 'object'), 0)
    or e.method = 'updates' and exists (
        select 1 from checkpoints c where c.thread_id = %(id)s::text and c.metadata ->> 'run_id' = e.run_id::text));

-- name: drop_events
delete from events where production_id = %(id)s and seq = any(%(numbers)s::bigint[]);

-- name: events_cleared
update productions
set events_cleared_at = now(), events_cleared_to = greatest(events_cleared_to, %(to)s::bigint)
where production_id = %(id)s;
