-- name: lock_body
-- Two requests with one body at the same time: the second waits and then finds the first one's run.
select pg_advisory_xact_lock(hashtextextended(%(user)s || ' ' || %(digest)s, 7));

-- name: repeated
select run_id::text, production_id::text from runs
where user_id = %(user)s and body_digest = %(digest)s and deleted_at is null
  and (%(keyed)s or (status <> 'cancelled' and created_at > now() - make_interval(secs => %(window)s)))
order by created_at desc limit 1;

-- name: take_thread
-- As `lock_thread`, and made when there is none; nothing when somebody else has made it in the same moment.
with known as (
    select production_id::text, user_id, graph, status, interrupts, deleted_at, metadata, context, last_seq,
           lease_until is not null and lease_until > now() as held,
           exists (select 1 from runs r where r.production_id = p.production_id and r.kind = 'start')
           or exists (select 1 from orders o where o.production_id = p.production_id) as began,
           brief = '{}' and not exists (select 1 from runs r where r.production_id = p.production_id) as blank,
           (select max(c.checkpoint_id) from checkpoints c
            where c.thread_id = p.production_id::text and c.checkpoint_ns = '') as head
    from productions p where production_id = %(production)s
    for update
), added as (
    insert into productions
        (production_id, user_id, graph, graph_version, title, novela_id, episode_number, brief, context, metadata,
         status, ceiling_micros)
    select %(production)s, %(user)s, %(graph)s, %(version)s, %(title)s, %(novela)s, %(episode)s, %(brief)s, %(context)s,
           %(metadata)s, 'draft', coalesce(%(ceiling)s, 25000000)
    where not exists (select 1 from known)
    on conflict (production_id) do nothing
    returning production_id::text, user_id, graph, status, interrupts, deleted_at, metadata, context, last_seq,
              false as held, false as began, brief = '{}' as blank, null::text as head
)
select * from known union all select * from added;

-- name: commission
-- The first run says what a thread makes.
update productions
set graph = %(graph)s, graph_version = %(version)s, title = %(title)s, novela_id = %(novela)s,
    episode_number = %(episode)s, brief = %(brief)s, context = %(context)s,
    ceiling_micros = coalesce(%(ceiling)s, ceiling_micros)
where production_id = %(production)s;

-- name: limits
-- What the production may cost: now, and as it was said when it began.
select array[ceiling_micros, ((context->>'ceiling_usd')::numeric * 1000000)::bigint] as ceiling_usd,
       array[(coalesce((context->>'preproduction_usd')::numeric, 0) * 1000000)::bigint] as preproduction_usd
from productions where production_id = %(production)s;

-- name: mark_thread
-- Clients list their threads by the graph or the assistant that ran on them.
update productions set metadata = metadata || %(metadata)s
where production_id = %(production)s and not metadata @> %(metadata)s;

-- name: lock_thread
select production_id::text, user_id, graph, status, interrupts, deleted_at, metadata, context, last_seq,
       lease_until is not null and lease_until > now() as held,
       exists (select 1 from runs r where r.production_id = p.production_id and r.kind = 'start')
       or exists (select 1 from orders o where o.production_id = p.production_id) as began,
       brief = '{}' and not exists (select 1 from runs r where r.production_id = p.production_id) as blank,
       (select max(c.checkpoint_id) from checkpoints c
        where c.thread_id = p.production_id::text and c.checkpoint_ns = '') as head
from productions p where production_id = %(production)s
for update;

-- name: add_run
-- The run, its thread's new status, its doorbell, and the row as it is shown.
with run as (
    insert into runs
        (run_id, production_id, user_id, kind, input, status, assistant_id, metadata, kwargs, options, multitask,
         not_before, body_digest)
    values
        (%(run)s, %(production)s, %(user)s, %(kind)s, %(input)s, %(status)s, %(assistant)s, %(run_metadata)s,
         %(kwargs)s, %(options)s, %(multitask)s,
         case when %(after)s::float8 > 0 then now() + make_interval(secs => %(after)s) end, %(digest)s)
    returning *
), production as (
    update productions p set status = 'queued', interrupts = '[]', error = null
    from run where p.production_id = run.production_id and run.status = 'queued'
), bell as (
    select procrastinate_defer_jobs_v1(array[row(
        'productions', 'advance', 0, null, null,
        jsonb_build_object('production_id', production_id::text), not_before
        )::procrastinate_job_to_defer_v1]) as job
    from run
)
select run.run_id::text, run.production_id::text as thread_id, run.assistant_id::text, run.kind, run.status,
       run.metadata, run.kwargs, run.multitask, run.error, run.created_at, run.created_at as updated_at,
       %(last_seq)s::bigint as last_seq, %(last_seq)s::bigint as before_seq, bell.job[1] as job
from run, bell;

-- name: ring
select procrastinate_defer_jobs_v1(array[row(
    'productions', 'advance', 0, null, null,
    jsonb_build_object('production_id', %(production)s::text), null)::procrastinate_job_to_defer_v1]);

-- name: stop_live
with live as (
    update runs set cancel_requested = true, cancel_action = %(action)s
    where production_id = %(production)s and status in ('queued', 'running')
    returning production_id
)
select pg_notify('greenlight_control', production_id::text) from live;

-- name: unwind_last
-- The run that stands at the gate is to be undone.
update runs set cancel_action = 'rollback'
where run_id = (select run_id from runs where production_id = %(production)s and status <> 'waiting'
                order by ordinal desc limit 1);

-- name: read_run
select r.run_id::text, r.production_id::text as thread_id, r.assistant_id::text, r.kind, r.status, r.metadata,
       r.kwargs, r.multitask, r.error, r.created_at,
       coalesce(r.ended_at, r.started_at, r.created_at) as updated_at, p.last_seq,
       coalesce((select min(e.seq) - 1 from events e where e.run_id = r.run_id), p.last_seq) as before_seq
from runs r join productions p using (production_id)
where r.run_id = %(run)s and (%(production)s::uuid is null or r.production_id = %(production)s) and p.user_id = %(user)s
  and r.deleted_at is null and p.deleted_at is null;

-- name: lock_run
select run_id::text, status, cancel_requested from runs
where run_id = %(run)s and production_id = %(production)s and deleted_at is null
for update;

-- name: ask_run
update runs set cancel_requested = true, cancel_action = %(action)s where run_id = %(run)s;

-- name: tell_worker
select pg_notify('greenlight_control', %(production)s::text);

-- name: end_undriven
-- Nobody drives the run, so the caller ends it; the epoch rises so that nobody can have begun meanwhile.
with production as (
    update productions
    set status = 'cancelled', interrupts = '[]', epoch = epoch + 1, last_seq = last_seq + 1,
        lease_owner = null, lease_until = null
    where production_id = %(production)s
    returning production_id, last_seq, epoch, graph
), ended as (
    update runs set status = 'cancelled', cancel_requested = true, cancel_action = %(action)s, ended_at = now()
    where run_id = %(run)s
), written as (
    insert into events (production_id, seq, event_id, run_id, method, payload)
    select production_id, last_seq, 'lifecycle:cancel:' || epoch, %(run)s, 'lifecycle',
           jsonb_build_object('event', 'interrupted', 'status', 'cancelled', 'graph_name', graph)
    from production
)
select pg_notify('greenlight_events', production_id || ' ' || last_seq || ' -') from production;

-- name: hide_run
update runs set deleted_at = now()
where run_id = %(run)s and production_id = %(production)s and status not in ('waiting', 'queued', 'running');

-- name: list_runs
select r.run_id::text, r.production_id::text as thread_id, r.assistant_id::text, r.status, r.metadata,
       r.kwargs, r.multitask, r.error, r.created_at, coalesce(r.ended_at, r.started_at, r.created_at) as updated_at
from runs r join productions p using (production_id)
where r.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null and r.deleted_at is null
  and (%(statuses)s::text[] is null or r.status = any(%(statuses)s))
order by r.ordinal desc limit %(limit)s offset %(offset)s;

-- name: live_runs
-- The user's runs that have not ended, for a cancel of many.
select r.run_id::text, r.production_id::text as thread_id from runs r join productions p using (production_id)
where p.user_id = %(user)s and p.deleted_at is null and r.deleted_at is null
  and r.status = any(%(statuses)s)
  and (%(runs)s::uuid[] is null or (r.run_id = any(%(runs)s) and r.production_id = %(production)s))
order by r.ordinal desc limit 1000;

-- name: thread_exists
select production_id::text, status, graph, last_seq from productions
where production_id = %(production)s and user_id = %(user)s and deleted_at is null;

-- name: open_order
select 1 from orders
where production_id = %(production)s and state in ('intent', 'submitted', 'unknown') and attempt > 0 limit 1;

-- name: run_around
-- The number before the first event of the run that this place lies in; 0 when it lies in none.
select coalesce((
    select min(e.seq) - 1 from events e where e.run_id = (
        select l.run_id from events l
        where l.production_id = %(production)s and l.seq <= %(after)s and l.run_id is not null
        order by l.seq desc limit 1)), 0)::bigint as base;
