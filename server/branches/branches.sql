-- name: source
-- The production that is branched, and its newest state.
select p.production_id::text, p.graph, p.title, p.context, p.status, p.replay, p.checkpoints_cleared_at, (
    select c.checkpoint_id from checkpoints c
    where c.thread_id = p.production_id::text and c.checkpoint_ns = ''
    order by c.checkpoint_id desc limit 1) as head
from productions p
where p.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null;

-- name: state
-- One state by its id, at whatever level: the states above it, and whether it is the newest of all of them.
with state as (
    select checkpoint_ns, checkpoint_id, coalesce(metadata -> 'parents', '{}') as parents
    from checkpoints where thread_id = %(source)s and checkpoint_id = %(checkpoint)s
    limit 1
), places as (
    select checkpoint_ns as ns, checkpoint_id as id from state
    union all
    select above.key, above.value from state, jsonb_each_text(state.parents) as above
)
select state.checkpoint_ns as namespace, state.parents, not exists (
    select from places join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns = places.ns and c.checkpoint_id > places.id
) as newest
from state;

-- name: list
select c.checkpoint_id, c.checkpoint_ns as namespace
from checkpoints c
where c.thread_id = %(source)s and (%(before)s::text is null or c.checkpoint_id < %(before)s)
order by c.checkpoint_id desc
limit %(limit)s;

-- name: copy
-- A new production with the line of states that leads to the aimed one, all as of one moment.
-- What belongs to a state above it: the inner states of the tasks that were done on the way. Of the
-- aimed state itself (unless it is the newest) only the open questions and their finished siblings.
with recursive target as (
    select ns, id from unnest(%(namespaces)s::text[], %(checkpoints)s::text[]) as aim (ns, id)
), line as (
    select c.checkpoint_ns as ns, c.checkpoint_id as id, c.parent_checkpoint_id as parent, true as aimed
    from target join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns = target.ns and c.checkpoint_id = target.id
    union all
    select c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id, false
    from line join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns = line.ns and c.checkpoint_id = line.parent
), kept as (
    select ns, id, aimed from line
    union
    select c.checkpoint_ns, c.checkpoint_id, false
    from kept join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns <> '' and c.metadata -> 'parents' ->> kept.ns = kept.id
        and regexp_replace(c.checkpoint_ns, '(\||^)[^|]*$', '') = kept.ns
    where %(whole)s or not kept.aimed
), production as (
    insert into productions (
        production_id, user_id, graph, graph_version, title, episode_number, brief, context, metadata,
        status, stage, ceiling_micros, parent_production_id, parent_checkpoint_id, replay)
    select %(branch)s::uuid, p.user_id, p.graph, p.graph_version, %(title)s, p.episode_number, p.brief,
           (case when %(replay)s then p.context - 'locked' else p.context end) || %(context)s, p.metadata, 'draft', p.stage,
           coalesce(%(ceiling)s::bigint, p.ceiling_micros), p.production_id, %(checkpoint)s, %(replay)s
    from productions p
    where p.production_id = %(source)s::uuid and p.user_id = %(user)s and p.deleted_at is null
    -- Whoever clears it in this moment comes first, and nothing is copied, or passes it over.
    for key share of p
    returning production_id::text as thread_id
), states as (
    insert into checkpoints
        (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata)
    select production.thread_id, c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id, c.type, c.checkpoint,
           c.metadata
    from production, kept join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns = kept.ns and c.checkpoint_id = kept.id
), used as (
    select distinct kept.ns, version.key as channel, version.value as version
    from kept join checkpoints c
        on c.thread_id = %(source)s and c.checkpoint_ns = kept.ns and c.checkpoint_id = kept.id
    cross join jsonb_each_text(c.checkpoint -> 'channel_versions') as version
), blobs as (
    insert into checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
    select production.thread_id, b.checkpoint_ns, b.channel, b.version, b.type, b.blob
    from production, used join checkpoint_blobs b
        on b.thread_id = %(source)s and b.checkpoint_ns = used.ns and b.channel = used.channel
        and b.version = used.version
), questions as (
    select w.checkpoint_ns as ns, w.task_id, exists (
        select from checkpoints c where c.thread_id = %(source)s and right(c.checkpoint_ns, 36) = w.task_id
    ) as inner_one
    from kept join checkpoint_writes w
        on w.thread_id = %(source)s and w.checkpoint_ns = kept.ns and w.checkpoint_id = kept.id
    where kept.aimed and w.channel = '__interrupt__'
), asked as (
    select exists (select from questions where ns = %(namespace)s and not inner_one) as yes
), writes as (
    insert into checkpoint_writes
        (thread_id, checkpoint_ns, checkpoint_id, task_id, task_path, idx, channel, type, blob)
    select production.thread_id, w.checkpoint_ns, w.checkpoint_id, w.task_id, w.task_path, w.idx, w.channel,
           w.type, w.blob
    from production, asked, kept join checkpoint_writes w
        on w.thread_id = %(source)s and w.checkpoint_ns = kept.ns and w.checkpoint_id = kept.id
    left join questions on questions.ns = w.checkpoint_ns and questions.task_id = w.task_id
    where %(whole)s or not kept.aimed or (
        asked.yes and case
            when questions.task_id is not null then w.channel = '__interrupt__' and not questions.inner_one
            else w.channel not in ('__resume__', '__error__', '__scheduled__')
                 and w.task_id <> '00000000-0000-0000-0000-000000000000'
                 and w.task_id <> all(%(owners)s::text[])
        end)
)
select count(*) as states from kept where exists (select from production);

-- name: questions_at
select w.type, w.blob from checkpoint_writes w
where w.thread_id = %(branch)s and w.checkpoint_ns = %(ns)s and w.checkpoint_id = %(checkpoint)s
  and w.channel = '__interrupt__'
order by w.task_path, w.task_id;

-- name: ask_above
-- The task that a subgraph runs in asks what is asked inside of it.
insert into checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, task_path, idx, channel, type, blob)
select %(branch)s, w.checkpoint_ns, w.checkpoint_id, w.task_id, w.task_path, w.idx, w.channel, %(type)s, %(blob)s
from checkpoint_writes w
where w.thread_id = %(source)s and w.checkpoint_ns = %(ns)s and w.checkpoint_id = %(checkpoint)s
  and w.task_id = %(task)s and w.channel = '__interrupt__';

-- name: unask_above
-- The state inside was changed, so nothing is asked until it is run again.
delete from checkpoint_writes w using productions p
where p.production_id = %(branch)s::uuid and p.epoch = %(epoch)s and w.thread_id = p.production_id::text
  and w.task_id = any(%(owners)s::text[]) and w.channel = '__interrupt__';

-- name: discard
-- A branch in which nothing has run.
with gone as (
    delete from productions p
    where p.production_id = %(branch)s::uuid and p.parent_production_id is not null
      and not exists (select from runs r where r.production_id = p.production_id)
    returning p.production_id::text as id
), states as (
    delete from checkpoints using gone where thread_id = gone.id
), blobs as (
    delete from checkpoint_blobs using gone where thread_id = gone.id
)
delete from checkpoint_writes using gone where thread_id = gone.id;
