-- name: forget_writes
-- What the tasks of this run left at checkpoints that stay; the questions of earlier runs stay open.
with begun as (
    select split_part(event_id, ':', 3) as task_id from events
    where production_id = %(production)s and run_id = %(run)s and event_id like 'tasks:%%:start'
), earlier as (
    select split_part(event_id, ':', 3) as task_id from events
    where production_id = %(production)s and run_id <> %(run)s and event_id like 'tasks:%%:start'
)
delete from checkpoint_writes w using productions p
where p.production_id = %(production)s and p.epoch = %(epoch)s and w.thread_id = %(production)s::text
  and w.task_id in (select task_id from begun)
  and not (w.channel = '__interrupt__' and w.task_id in (select task_id from earlier));

-- name: forget_checkpoints
with gone as (
    delete from checkpoints c using productions p
    where p.production_id = %(production)s and p.epoch = %(epoch)s and c.thread_id = %(production)s::text
      and c.metadata ->> 'run_id' = %(run)s
    returning c.checkpoint_ns, c.checkpoint_id
)
delete from checkpoint_writes w using gone
where w.thread_id = %(production)s::text and w.checkpoint_ns = gone.checkpoint_ns
  and w.checkpoint_id = gone.checkpoint_id;

-- name: forget_run
with owner as (
    select 1 from productions where production_id = %(production)s and epoch = %(epoch)s
), told as (
    delete from events using owner where production_id = %(production)s and run_id = %(run)s
)
delete from runs using owner where run_id = %(run)s;

-- name: settle
-- The production's row after its head was changed by hand; nobody drives it, and the lease is given back.
with owner as (
    update productions
    set last_seq = last_seq + %(count)s, status = %(status)s, values = coalesce(%(values)s::jsonb, values),
        interrupts = %(interrupts)s::jsonb, error = null, lease_owner = null, lease_until = null,
        state_updated_at = now()
    where production_id = %(production)s and epoch = %(epoch)s
    returning last_seq - %(count)s as base
), written as (
    insert into events (production_id, seq, event_id, namespace, method, payload)
    select %(production)s, owner.base + draft.n, draft.id, string_to_array(draft.ns, '|'),
           draft.method, draft.payload
    from owner, jsonb_to_recordset(%(drafts)s::jsonb)
        as draft (n bigint, id text, ns text, method text, payload jsonb)
    on conflict (production_id, event_id) do nothing
)
select base, pg_notify('greenlight_events', %(production)s || ' ' || base + %(count)s || ' -') as told from owner;
