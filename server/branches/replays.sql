-- name: restless
-- Whether somebody works on the production or is about to.
select exists (
    select from runs where production_id = %(production)s and status in ('waiting', 'queued', 'running')
) as yes;

-- name: plan
-- The runs that made the line to the newest state, from after a given one; and what was changed by hand on it.
with recursive line as (
    select c.checkpoint_ns as ns, c.checkpoint_id as id, c.parent_checkpoint_id as parent
    from checkpoints c
    where c.thread_id = %(source)s and c.checkpoint_ns = '' and c.checkpoint_id = %(head)s
    union all
    select c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id
    from line join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns = line.ns and c.checkpoint_id = line.parent
), kept as (
    select ns, id from line
    union
    select c.checkpoint_ns, c.checkpoint_id
    from kept join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns <> '' and c.metadata -> 'parents' ->> kept.ns = kept.id
        and regexp_replace(c.checkpoint_ns, '(\||^)[^|]*$', '') = kept.ns
), made as (
    select c.metadata ->> 'run_id' as run_id, min(c.checkpoint_id) as first,
           bool_or(c.metadata ->> 'source' in ('update', 'fork')
                   and (%(after)s::text is null or c.checkpoint_id > %(after)s)) as by_hand
    from kept join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns = kept.ns and c.checkpoint_id = kept.id
    group by 1
), driven as (
    select r.run_id, r.ordinal, made.first from runs r join made on made.run_id = r.run_id::text
    where r.user_id = %(user)s
    union all
    -- One of several questions was answered: that made no state of its own.
    select r.run_id, r.ordinal, null from runs r
    where r.production_id = %(source)s::uuid and r.kind = 'resume'
      and not exists (select from checkpoints c where c.thread_id = %(source)s and c.metadata ->> 'run_id' = r.run_id::text)
      and exists (select from events e where e.run_id = r.run_id and e.method = 'updates')
)
select r.run_id::text, r.kind, r.input, r.options, (select coalesce(bool_or(by_hand), false) from made) as by_hand
from driven join runs r using (run_id)
where %(after)s::text is null or driven.first > %(after)s
   or (driven.first is null and r.ordinal > (
       select max(d.ordinal) from driven d where d.first <= %(after)s))
order by r.ordinal;

-- name: begin
-- A replay from the very beginning: as its source was when it was started.
insert into productions (
    production_id, user_id, graph, graph_version, title, episode_number, brief, context, metadata, status,
    ceiling_micros, parent_production_id, replay)
select %(branch)s, p.user_id, p.graph, p.graph_version, %(title)s, p.episode_number, p.brief, p.context - 'locked', p.metadata,
       'draft', p.ceiling_micros, p.production_id, true
from productions p where p.production_id = %(source)s and p.user_id = %(user)s and p.deleted_at is null
for key share of p;

-- name: schedule
-- The first run goes at once, the others wait until the one before them has ended.
with planned as (
    select *, row_number() over (order by ordinal) = 1 as leads
    from jsonb_to_recordset(%(runs)s::jsonb) as run (ordinal integer, kind text, input jsonb, options jsonb)
), production as (
    update productions set status = 'queued' where production_id = %(branch)s and status = 'draft'
    returning production_id, user_id
), run as (
    insert into runs (run_id, production_id, user_id, kind, input, options, status, multitask)
    select gen_random_uuid(), production.production_id, production.user_id, planned.kind, planned.input,
           coalesce(planned.options, '{}'), case when planned.leads then 'queued' else 'waiting' end, 'interrupt'
    from production, planned order by planned.ordinal
    returning run_id, status
), bell as (
    select procrastinate_defer_jobs_v1(array[row(
        'productions', 'advance', 0, null, null,
        jsonb_build_object('production_id', production_id), null)::procrastinate_job_to_defer_v1])
    from production
)
select run.run_id::text, (select count(*) from bell) as rung from run where run.status = 'queued';

-- name: replay
-- A replay and what it repeats.
select r.production_id::text, r.graph, r.status, r.error, r.parent_checkpoint_id,
       s.production_id::text as source_id, s.status as source_status,
       exists (select from runs w where w.production_id = r.production_id
               and w.status in ('waiting', 'queued', 'running')) as working,
       (select count(*) from orders o where o.production_id = r.production_id) as ledger_rows,
       (select count(*) from replay_calls c where c.production_id = r.production_id) as calls
from productions r join productions s on s.production_id = r.parent_production_id
where r.production_id = %(production)s and r.user_id = %(user)s and r.replay and r.deleted_at is null;

-- name: trace
-- The tasks that finished in these runs, each with the place at which it first began. Of a task whose worker was
-- killed the beginning may not have been told; its end always is.
with told as (
    select split_part(e.event_id, ':', 3) as task, split_part(e.event_id, ':', 4) as part, e.payload ->> 'name' as node,
           e.payload ->> 'error' as error, row_number() over (order by r.ordinal, e.seq) as place, e.namespace
    from events e join runs r using (run_id)
    where e.run_id = any(%(runs)s::uuid[]) and r.user_id = %(user)s and e.method = 'tasks'
)
select b.task, b.node, b.namespace, min(b.place) as place from told b
where exists (select from told t where t.task = b.task and t.part = 'end' and t.error is null)
group by b.task, b.node, b.namespace;

-- name: runs_of
select run_id::text from runs where production_id = %(production)s;
