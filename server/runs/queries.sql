-- name: start_new
with production as (
    insert into productions
        (production_id, user_id, graph, graph_version, title, novela_id, episode_number, brief, context, priority,
         ceiling_micros)
    values
        (%(production)s, %(user)s, %(graph)s, %(version)s, %(title)s, %(novela)s, %(episode)s,
         %(brief)s, %(context)s, %(priority)s, %(ceiling)s)
    on conflict (production_id) do nothing
    returning production_id, user_id
), run as (
    insert into runs (run_id, production_id, user_id, kind, input)
    select %(run)s, production_id, user_id, 'start', %(input)s from production
    returning production_id
)
select procrastinate_defer_jobs_v1(array[row(
    'productions', 'advance', 0, null, null,
    jsonb_build_object('production_id', production_id), null)::procrastinate_job_to_defer_v1])
from run;

-- name: lock_production
select production_id::text, user_id, graph, status, interrupts, deleted_at, context,
       lease_until is not null and lease_until > now() as held,
       exists (select 1 from runs r where r.production_id = p.production_id and r.kind = 'start')
       or exists (select 1 from orders o where o.production_id = p.production_id) as began
from productions p where production_id = %(production)s
for update;

-- name: change_context
-- What is named takes the place of what was there.
update productions set context = context || %(context)s::jsonb where production_id = %(production)s;

-- name: run_by_id
select run_id::text from runs where run_id = %(run)s and production_id = %(production)s;

-- name: latest_run
select run_id::text from runs where production_id = %(production)s order by ordinal desc limit 1;

-- name: gate
-- What is asked now, and the last run if it was an answer given a moment ago.
select p.production_id::text, p.graph, p.status, p.interrupts, (
    select case when r.kind = 'resume' and r.created_at > now() - make_interval(secs => %(window)s)
           then jsonb_build_object('run_id', r.run_id, 'input', r.input) end
    from runs r where r.production_id = p.production_id order by r.ordinal desc limit 1) as latest
from productions p
where p.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null;

-- name: take_answer
with production as (
    update productions set status = 'queued', interrupts = '[]', error = null
    where production_id = %(production)s and status = 'paused' and interrupts @> %(asked)s
    returning production_id, user_id
), run as (
    insert into runs (run_id, production_id, user_id, kind, input)
    select %(run)s, production_id, user_id, 'resume', %(input)s from production
    returning production_id
)
select procrastinate_defer_jobs_v1(array[row(
    'productions', 'advance', 0, null, null,
    jsonb_build_object('production_id', production_id), null)::procrastinate_job_to_defer_v1])
from run;

-- name: add_run
with run as (
    insert into runs (run_id, production_id, user_id, kind, input)
    values (%(run)s, %(production)s, %(user)s, %(kind)s, %(input)s)
    returning production_id
), production as (
    update productions set status = 'queued', interrupts = '[]', error = null
    where production_id = (select production_id from run)
)
select procrastinate_defer_jobs_v1(array[row(
    'productions', 'advance', 0, null, null,
    jsonb_build_object('production_id', production_id), null)::procrastinate_job_to_defer_v1])
from run;

-- name: drop_waiting
-- Runs that never began end here, one or all of a production; whoever follows one is told.
with ended as (
    update runs set status = 'cancelled', cancel_requested = true, ended_at = now()
    where production_id = %(production)s and status = 'waiting'
      and (%(run)s::uuid is null or run_id = %(run)s)
    returning run_id, ordinal
), production as (
    update productions set last_seq = last_seq + (select count(*) from ended)
    where production_id = %(production)s and exists (select 1 from ended)
    returning production_id, last_seq, last_seq - (select count(*) from ended) as base
), written as (
    insert into events (production_id, seq, event_id, run_id, method, payload)
    select production_id, base + row_number() over (order by ordinal), 'run:' || run_id, run_id, 'run',
           jsonb_build_object('event', 'cancelled')
    from production, ended
)
select pg_notify('greenlight_events', production_id || ' ' || last_seq || ' -') from production;

-- name: ask_to_cancel
with run as (
    update runs set cancel_requested = true
    where production_id = %(production)s and status in ('queued', 'running')
    returning production_id
)
select pg_notify('greenlight_control', production_id::text) from run;

-- name: cancel_now
-- Nobody drives the production, so the caller ends it; the epoch rises so that nobody can have begun meanwhile.
with production as (
    update productions
    set status = 'cancelled', interrupts = '[]', epoch = epoch + 1, last_seq = last_seq + 1,
        lease_owner = null, lease_until = null
    where production_id = %(production)s
    returning production_id, last_seq, epoch, graph
), ended as (
    update runs set status = 'cancelled', cancel_requested = true, ended_at = now()
    where production_id = %(production)s and status in ('queued', 'running')
), written as (
    insert into events (production_id, seq, event_id, run_id, method, payload)
    select production_id, last_seq, 'lifecycle:cancel:' || epoch, %(run)s, 'lifecycle',
           jsonb_build_object('event', 'interrupted', 'status', 'cancelled', 'graph_name', graph)
    from production
)
select pg_notify('greenlight_events', production_id || ' ' || last_seq || ' -') from production;

-- name: state
select p.production_id::text, p.user_id, p.graph, p.graph_version, p.title, p.novela_id::text, p.episode_number,
       p.brief, p.context, p.status, p.stage, p.interrupts, p.error, p.last_seq as seq, p.created_at, p.updated_at,
       p.parent_production_id::text, p.parent_checkpoint_id,
       case when p.status in ('queued', 'running') then coalesce((
           select e.payload from events e
           where e.production_id = p.production_id and e.method = 'values' and e.namespace = '{}'
           order by e.seq desc limit 1), p.values) else p.values end as values,
       coalesce((
           select jsonb_agg(jsonb_build_object(
               'run_id', r.run_id, 'kind', r.kind, 'status', r.status, 'attempts', r.attempts, 'error', r.error,
               'created_at', r.created_at, 'started_at', r.started_at, 'ended_at', r.ended_at) order by r.ordinal)
           from runs r where r.production_id = p.production_id), '[]') as runs
from productions p
where p.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null;

-- name: named
-- Claims a production that is known: put in front of `claim`.
with target as materialized (
    select %(production)s::uuid as production_id
)

-- name: next
-- Claims what is most due: put in front of `claim`. The class first; then the user with the fewest productions under
-- way; then who has waited longest for a turn; then the oldest run. Whoever waits long counts as more: a low one as
-- normal, and anybody without a turn for so long as one class higher, so that nothing waits for ever.
-- Another slot that chooses now has locked its row, and one that was quicker has left a lease: more are looked at
-- than slots can choose in one moment.
with waiting as materialized (
    select * from runnable where graph = any(%(graphs)s)
), driven as materialized (
    select user_id, count(*) as many from productions
    where status in ('queued', 'running') and lease_until > now() group by user_id
), turns as materialized (
    select u.user_id, coalesce(d.many, 0) as many,
           (select max(r.started_at) from runs r where r.user_id = u.user_id) as last_turn
    from (select distinct user_id from waiting) u left join driven d using (user_id)
), patience as materialized (
    select now() - make_interval(secs => %(patience)s) as ends
), due as materialized (
    select w.production_id, u.many, u.last_turn, w.ordinal,
           least(1, w.priority + case when w.since > ends then 0
                                 else (w.priority < 0)::int + (coalesce(u.last_turn, '-infinity') < ends)::int end) as class
    from waiting w join turns u using (user_id) cross join patience
    order by class desc, many, last_turn nulls first, ordinal
    limit 100
), target as materialized (
    select p.production_id
    from due join productions p using (production_id)
    where p.deleted_at is null and (p.lease_until is null or p.lease_until < now())
    order by due.class desc, due.many, due.last_turn nulls first, due.ordinal
    limit 1
    for no key update of p skip locked
)

-- name: claim
-- Goes on after `named` or `next`: one statement, on the slot's own connection, which from here on carries production
-- and epoch in its name. With a job nobody else may have taken it, and it goes with the claim.
, job as materialized (
    select j.id from procrastinate_jobs j
    where j.id = %(job)s::bigint and j.status = 'todo'
    for update skip locked
), before as materialized (
    select p.lease_until is not null as taken_over,
           (select r.started_at is not null from runs r
            where r.production_id = p.production_id and r.status in ('queued', 'running')) as redriven
    from productions p join target using (production_id)
), claimed as (
    update productions p
    set epoch = p.epoch + 1, lease_owner = %(owner)s, lease_since = now(),
        lease_until = now() + make_interval(secs => %(ttl)s),
        error = case when p.status in ('queued', 'running') then null else p.error end
    from target
    where p.production_id = target.production_id and (p.lease_until is null or p.lease_until < now())
      and (%(job)s::bigint is null or exists (select 1 from job))
    returning p.production_id, p.user_id, p.graph, p.context, p.epoch,
              case when p.replay then coalesce(p.parent_production_id, p.production_id) end as replay_of
), taken as (
    delete from procrastinate_jobs j using job, claimed where j.id = job.id
), mark as materialized (
    select case when before.redriven then
        coalesce((select max(checkpoint_id) from checkpoints where thread_id = claimed.production_id::text), '')
        || '/' || (select count(*) from checkpoint_writes where thread_id = claimed.production_id::text)
        else '' end as progress
    from claimed, before
), run as (
    update runs r
    set status = 'running', started_at = coalesce(r.started_at, now()), progress_mark = mark.progress,
        attempts = case when r.progress_mark = mark.progress then r.attempts + 1 else 1 end,
        postponed = case when r.progress_mark = mark.progress then r.postponed else 0 end,
        trouble = case when r.progress_mark = mark.progress then r.trouble end
    from claimed, mark
    where r.production_id = claimed.production_id and r.status in ('queued', 'running')
    returning r.run_id, r.kind, r.input, r.options, r.attempts, r.cancel_requested, r.trouble
)
select claimed.production_id::text, claimed.user_id, claimed.graph, claimed.context, claimed.epoch,
       claimed.replay_of::text, run.run_id::text, run.kind, run.input, run.options, run.attempts, run.cancel_requested,
       run.trouble,
       before.taken_over, before.redriven,
       set_config('application_name', 'gl:' || claimed.production_id || ':' || claimed.epoch, false) as name
from claimed cross join before left join run on true;

-- name: cut_predecessors
select pg_terminate_backend(pid, 5000) from pg_stat_activity
where application_name like 'gl:' || %(production)s || ':%%' and pid <> pg_backend_pid()
  and split_part(application_name, ':', 3)::bigint < %(epoch)s;

-- name: claim_idle
-- The claim of somebody who changes a production that nobody drives: its state, its head, its past.
update productions p
set epoch = p.epoch + 1, lease_owner = %(owner)s, lease_since = now(),
    lease_until = now() + make_interval(secs => %(ttl)s)
where p.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null
  and (p.lease_until is null or p.lease_until < now())
  and not exists (select 1 from runs r where r.production_id = p.production_id and r.status in ('queued', 'running'))
returning p.user_id, p.graph, p.context, p.epoch, p.lease_until is not null as taken_over,
          set_config('application_name', 'gl:' || p.production_id || ':' || p.epoch, false) as name;

-- name: driven
-- Whether somebody who finds the production held has to wait for a run.
select exists (select 1 from runs r where r.production_id = p.production_id and r.status in ('queued', 'running')) as driven
from productions p
where p.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null;

-- name: unclaim
-- The claim found no run to drive. True when one has appeared since.
with released as (
    update productions set lease_owner = null, lease_until = null
    where production_id = %(production)s and epoch = %(epoch)s
)
select exists (select 1 from runs where production_id = %(production)s and status in ('queued', 'running')) as waiting;

-- name: let_in
-- The oldest waiting run that is due, if nothing lives and no question is open that it would drop.
with next as (
    select r.run_id, r.production_id from runs r join productions p using (production_id)
    where r.production_id = %(production)s and r.status = 'waiting' and p.deleted_at is null
      and (r.not_before is null or r.not_before <= now())
      and (p.status <> 'paused' or r.multitask in ('interrupt', 'rollback') or p.interrupts = '[]')
      and not exists (select 1 from runs o where o.production_id = p.production_id
                      and (o.status in ('queued', 'running') or (o.cancel_action = 'rollback' and o.status <> 'waiting')))
    order by r.ordinal limit 1
    for update of p
), production as (
    update productions p set status = 'queued', interrupts = '[]', error = null
    from next where p.production_id = next.production_id
)
update runs r set status = 'queued' from next where r.run_id = next.run_id
returning r.run_id::text;

-- name: to_unwind
-- Ended runs that somebody asked to roll back, the newest first.
select run_id::text from runs
where production_id = %(production)s and cancel_action = 'rollback' and status not in ('waiting', 'queued', 'running')
order by ordinal desc;

-- name: beat
-- One sign of life: the worker's row, and its leases renewed. The row comes back if somebody cleared it.
-- A lease that was given back while this waited for its row stays given back: nobody would let go of it again.
with alive as (
    insert into workers (worker_id, host, pid, role, slots, version, lease_ttl_s, state)
    values (%(worker)s, %(host)s, %(pid)s, %(role)s, %(slots)s, %(version)s, %(ttl)s, %(state)s)
    on conflict (worker_id) do update set seen_at = now(), state = excluded.state
    returning wanted
), renewed as (
    update productions p
    set lease_until = case when p.lease_owner is null then p.lease_until
                      else now() + make_interval(secs => %(ttl)s) end
    from unnest(%(productions)s::uuid[], %(epochs)s::bigint[]) as held (production_id, epoch)
    where p.production_id = held.production_id and p.epoch = held.epoch
    returning p.production_id::text, exists (
        select 1 from runs r
        where r.production_id = p.production_id and r.status = 'running' and r.cancel_requested
    ) as cancel_requested
)
select alive.wanted, renewed.production_id, renewed.cancel_requested from alive left join renewed on true;

-- name: append
with owner as (
    update productions
    set last_seq = last_seq + %(count)s, status = 'running',
        stage = coalesce(%(stage)s::text, stage)
    where production_id = %(production)s and epoch = %(epoch)s
    returning last_seq - %(count)s as base
), written as (
    insert into events (production_id, seq, event_id, run_id, namespace, method, payload)
    select %(production)s, owner.base + draft.n, draft.id, %(run)s, string_to_array(draft.ns, '|'),
           draft.method, draft.payload
    from owner, jsonb_to_recordset(%(drafts)s::jsonb)
        as draft (n bigint, id text, ns text, method text, payload jsonb)
    on conflict (production_id, event_id) do nothing
    returning 1
)
select base, now() as at, (select count(*) from written) as stored,
       pg_notify('greenlight_events',
                 %(production)s || ' ' || base + %(count)s || ' ' || %(origin)s) as told
from owner;

-- name: finish
-- The last events, the run's end, the production's state and the lease's release: together or not at all.
-- Nothing of it, and only the word for that, where a run would pause whose production somebody has cancelled: he
-- saw a worker at work, and left it to that one. Rows are locked in the order in which a cancel locks them.
with held as materialized (
    select production_id from productions
    where production_id = %(production)s and epoch = %(epoch)s for update
), asked as materialized (
    select r.cancel_requested and %(status)s::text = 'paused' as cancelled
    from held join runs r on r.run_id = %(run)s for update of r
), owner as (
    update productions
    set last_seq = last_seq + %(count)s, status = %(status)s,
        stage = coalesce(%(stage)s::text, stage), values = coalesce(%(values)s::jsonb, values),
        interrupts = %(interrupts)s::jsonb, error = %(error)s::jsonb, lease_owner = null, lease_until = null,
        state_updated_at = now()
    from asked
    where production_id = %(production)s and epoch = %(epoch)s and not asked.cancelled
    returning last_seq - %(count)s as base
), ended as (
    update runs set status = %(status)s, error = %(error)s::jsonb, ended_at = now()
    from owner where run_id = %(run)s
), written as (
    insert into events (production_id, seq, event_id, run_id, namespace, method, payload)
    select %(production)s, owner.base + draft.n, draft.id, %(run)s, string_to_array(draft.ns, '|'),
           draft.method, draft.payload
    from owner, jsonb_to_recordset(%(drafts)s::jsonb)
        as draft (n bigint, id text, ns text, method text, payload jsonb)
    on conflict (production_id, event_id) do nothing
    returning 1
), bell as (
    -- Somebody waits for this end: a run that was enqueued, or one that wants this one's work undone.
    select procrastinate_defer_jobs_v1(array[row(
        'productions', 'advance', 0, null, null,
        jsonb_build_object('production_id', %(production)s::text), null)::procrastinate_job_to_defer_v1])
    from owner where exists (
        select 1 from runs r where r.production_id = %(production)s
          and ((r.status = 'waiting' and (r.not_before is null or r.not_before <= now())) or r.cancel_action = 'rollback'))
)
select base, now() as at, (select count(*) from written) as stored, (select count(*) from bell) as rung,
       false as cancelled, pg_notify('greenlight_events',
                                     %(production)s || ' ' || base + %(count)s || ' ' || %(origin)s) as told
from owner
union all
select null, null, null, null, true, null from asked where cancelled;

-- name: keep_locks
-- What is locked in a run stands in its row: its replay must not go by what is locked later.
update runs r
set options = r.options || jsonb_build_object(
    'context', coalesce(r.options -> 'context', '{}') || jsonb_build_object('locked', %(locked)s::jsonb))
from productions p
where r.run_id = %(run)s and p.production_id = %(production)s and p.epoch = %(epoch)s;

-- name: hand_back
-- A drained run: back in the queue, the doorbell rung for whoever is next. A drain is not a failed attempt.
with owner as (
    update productions set status = 'queued', lease_owner = null, lease_until = null
    where production_id = %(production)s and epoch = %(epoch)s
    returning production_id
), run as (
    update runs set status = 'queued', attempts = greatest(attempts - 1, 0)
    from owner where run_id = %(run)s
    returning owner.production_id
)
select procrastinate_defer_jobs_v1(array[row(
    'productions', 'advance', 0, null, null,
    jsonb_build_object('production_id', production_id), null)::procrastinate_job_to_defer_v1])
from run;

-- name: postpone
-- The database or the store failed under the run: the sweeper takes it up again when the lease has run out, each time
-- after twice as long. What the run is not to blame for is no attempt, also if somebody else has claimed it meanwhile.
-- What a person has to make room for is shown until somebody takes it up. Not where its end was written after all, and only the
-- answer was lost: that lease has been given back.
with run as (
    update runs
    set postponed = postponed + 1, trouble = %(trouble)s::jsonb,
        attempts = case when %(blameless)s then greatest(attempts - 1, 0) else attempts end
    where run_id = %(run)s and status = 'running'
    returning production_id, postponed
)
update productions p
set error = coalesce(%(error)s::jsonb, p.error),
    lease_until = now() + make_interval(secs => least(%(longest)s, %(seconds)s * 2 ^ least(run.postponed - 1, 20)))
from run
where p.production_id = run.production_id and p.epoch = %(epoch)s and p.lease_owner is not null;

-- name: read_events
select p.status, p.last_seq, p.events_cleared_to, p.events_cleared_at,
       e.seq, e.event_id, e.run_id::text, e.namespace, e.method, e.payload, e.at
from productions p
left join lateral (
    select * from events e where e.production_id = p.production_id and e.seq > %(after)s order by e.seq limit %(limit)s
) e on true
where p.production_id = %(production)s
  and (%(owner)s::text is null or (p.user_id = %(owner)s and p.deleted_at is null))
order by e.seq;

-- name: last_seqs
-- How far the logs of these productions go: one statement for everybody in this process who follows one.
select production_id::text, user_id, last_seq from productions
where production_id = any(%(productions)s::uuid[]);

-- name: event_ids_of_run
select event_id from events where production_id = %(production)s and run_id = %(run)s;

-- name: open_messages
select payload #>> '{message,id}' as id, max(array_to_string(namespace, '|')) as namespace,
       (array_agg(payload -> 'metadata' order by seq desc))[1] as metadata
from events where production_id = %(production)s and run_id = %(run)s and method = 'messages'
group by 1 having not bool_or((payload ->> 'last')::boolean);

-- name: stored_checkpoints
select checkpoint_ns, checkpoint_id from checkpoints
where thread_id = %(production)s and metadata ->> 'run_id' = %(run)s
order by checkpoint_id;

-- name: tasks_ended_before
-- By other runs of this production, and of those that it branched off: their tasks have the same ids.
with recursive line as (
    select %(production)s::uuid as production_id
    union
    select p.parent_production_id from line join productions p using (production_id)
    where p.parent_production_id is not null
)
select payload ->> 'id' as task_id from line join events using (production_id)
where run_id <> %(run)s and method = 'tasks' and not payload ? 'triggers' and payload ->> 'error' is null;

-- name: was_consumed
select exists (select 1 from checkpoints
               where thread_id = %(production)s and metadata ->> 'run_id' = any(%(runs)s)) as consumed;

-- name: origin_run
select run_id::text, kind, input from runs
where production_id = %(production)s and kind = 'start' order by ordinal desc limit 1;

-- name: sweep
-- A job is a turn for a slot, whatever production it names: as many are rung for as there are too few. And when the
-- next lease runs out, if nobody renews it: whoever looks then finds what its holder has left.
with forgotten as (
    select production_id, min(ordinal) as ordinal from runnable
    where since < now() - make_interval(secs => %(grace)s)
    group by production_id
), turns as (
    select count(*) as many from procrastinate_jobs j
    where j.status = 'todo' and j.queue_name = 'productions' and j.task_name = 'advance'
      and (j.scheduled_at is null or j.scheduled_at <= now())
), rung as (
    select procrastinate_defer_jobs_v1(array_agg(row(
        'productions', 'advance', 0, null, null,
        jsonb_build_object('production_id', production_id), null)::procrastinate_job_to_defer_v1)) as jobs
    from (
        select production_id from forgotten order by ordinal
        limit (select least(100, greatest(0, (select count(*) from forgotten) - turns.many)) from turns)
    ) too_few
    having count(*) > 0
)
select coalesce((select cardinality(jobs) from rung), 0) as rung,
       (select extract(epoch from min(p.lease_until) - now())::float8 from productions p
        where p.status in ('queued', 'running') and p.lease_until > now()) as lease_ends_s;

-- name: tidy_jobs
delete from procrastinate_jobs j
where j.status = 'doing' and j.task_name = 'advance'
  and not exists (select 1 from procrastinate_workers w
                  where w.id = j.worker_id and w.last_heartbeat > now() - interval '5 minutes');

-- name: ring
select procrastinate_defer_jobs_v1(array[row(
    'productions', 'advance', 0, null, null,
    jsonb_build_object('production_id', %(production)s::text), null)::procrastinate_job_to_defer_v1]);

-- name: asked_then
-- What was asked under these ids, by whichever production asked it.
select e.payload ->> 'interrupt_id' as id, e.payload -> 'payload' as question
from events e join runs r using (run_id)
where r.user_id = %(user)s and e.method = 'input.requested' and e.payload ->> 'interrupt_id' = any(%(ids)s);
