-- name: begin_new
-- A new thread, its first run and the claim of the slot on whose connection this is. There is no job: nobody ever
-- sees the run without a lease, and when the lease runs out the sweeper rings. No row when there is such a thread.
with added as (
    insert into productions
        (production_id, user_id, graph, graph_version, title, novela_id, episode_number, brief, context, metadata,
         status, ceiling_micros, epoch, lease_owner, lease_since, lease_until)
    select %(production)s, %(user)s, %(graph)s, %(version)s, %(title)s, %(novela)s, %(episode)s, %(brief)s, %(context)s,
           %(metadata)s, 'queued', coalesce(%(ceiling)s, 25000000), 1, %(owner)s, now(),
           now() + make_interval(secs => %(ttl)s)
    where not exists (select 1 from productions where production_id = %(production)s)
    on conflict (production_id) do nothing
    returning production_id, user_id, graph, context, epoch
), run as (
    insert into runs
        (run_id, production_id, user_id, kind, input, status, started_at, attempts, assistant_id, metadata, kwargs,
         options, multitask, body_digest)
    select %(run)s, production_id, user_id, %(kind)s, %(input)s, 'running', now(), 1, %(assistant)s, %(run_metadata)s,
           %(kwargs)s, %(options)s, %(multitask)s, %(digest)s
    from added
    returning *
)
select run.run_id::text, run.production_id::text as thread_id, run.assistant_id::text, 'queued' as status, run.metadata,
       run.kwargs, run.multitask, run.error, run.created_at, run.created_at as updated_at, 0::bigint as last_seq,
       0::bigint as before_seq, run.kind, run.input, run.options, run.attempts, run.cancel_requested,
       added.user_id, added.graph, added.context, added.epoch, null::text as replay_of,
       false as taken_over, false as redriven,
       not exists (select 1 from checkpoints c where c.thread_id = %(production)s::text) as empty,
       set_config('application_name', 'gl:' || added.production_id || ':' || added.epoch, false) as name
from added, run;

-- name: look
-- What an answer or a later start is checked against before `go_on` takes the thread as it was seen here.
select production_id::text, user_id, graph, status, interrupts, deleted_at, metadata, context, last_seq, epoch,
       lease_until is null as idle,
       exists (select 1 from runs r where r.production_id = p.production_id and r.kind = 'start')
       or exists (select 1 from orders o where o.production_id = p.production_id) as began,
       (select max(c.checkpoint_id) from checkpoints c
        where c.thread_id = p.production_id::text and c.checkpoint_ns = '') as head,
       %(digest)s <> '' and exists (select 1 from runs r where r.user_id = %(user)s and r.body_digest = %(digest)s)
       as repeated
from productions p where production_id = %(production)s;

-- name: go_on
-- A run on a thread that is still as it was seen, and the claim of the slot on whose connection this is. Whoever
-- drove, answered, cancelled or changed it meanwhile has raised its epoch or its log's last number, or made it live.
with claimed as (
    update productions p
    set status = 'queued', interrupts = '[]', error = null,
        epoch = p.epoch + 1, lease_owner = %(owner)s, lease_since = now(),
        lease_until = now() + make_interval(secs => %(ttl)s)
    where p.production_id = %(production)s and p.epoch = %(seen_epoch)s and p.last_seq = %(last_seq)s
      and p.status = %(seen_status)s and p.interrupts @> %(answered)s and p.lease_until is null and p.deleted_at is null
    returning p.production_id, p.user_id, p.graph, p.context, p.epoch, p.last_seq,
              case when p.replay then coalesce(p.parent_production_id, p.production_id) end as replay_of
), run as (
    insert into runs
        (run_id, production_id, user_id, kind, input, status, started_at, attempts, assistant_id, metadata, kwargs,
         options, multitask, body_digest)
    select %(run)s, production_id, user_id, %(kind)s, %(input)s, 'running', now(), 1, %(assistant)s, %(run_metadata)s,
           %(kwargs)s, %(options)s, %(multitask)s, %(digest)s
    from claimed
    returning *
)
select run.run_id::text, run.production_id::text as thread_id, run.assistant_id::text, 'queued' as status, run.metadata,
       run.kwargs, run.multitask, run.error, run.created_at, run.created_at as updated_at, claimed.last_seq,
       claimed.last_seq as before_seq, run.kind, run.input, run.options, run.attempts, run.cancel_requested,
       claimed.user_id, claimed.graph, claimed.context, claimed.epoch, claimed.replay_of::text,
       false as taken_over, false as redriven, false as empty,
       set_config('application_name', 'gl:' || claimed.production_id || ':' || claimed.epoch, false) as name
from claimed, run;
