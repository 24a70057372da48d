-- What must be true of every production afterwards, whatever happened. Each statement finds what is not.

-- name: not_settled
-- Every accepted run ended, failed with a reason, or waits at a gate; its production says the same.
select p.production_id::text, p.status, r.status as run from productions p join runs r using (production_id)
where r.status in ('queued', 'running', 'waiting')
   or (r.status = 'failed' and r.error is null)
   or (p.status = 'failed' and p.error is null)
   or p.status in ('queued', 'running')
   or (p.status = 'paused' and p.interrupts = '[]')
   or (r.ordinal = (select max(o.ordinal) from runs o where o.production_id = p.production_id)
       and r.status <> p.status);

-- name: lease_left
select production_id::text, lease_owner, lease_until::text from productions where lease_owner is not null;

-- name: torn_log
-- Ids once, the last event at the number that the production names. (Numbers may have holes: what a successor
-- tells again is told apart by its id, and its number is spent.)
select p.production_id::text, count(*) - count(distinct e.event_id) as doubled, max(e.seq) - p.last_seq as beyond
from productions p left join events e using (production_id)
group by p.production_id
having count(*) <> count(distinct e.event_id) and max(e.seq) is not null or max(e.seq) is distinct from p.last_seq;

-- name: bad_ends
select r.production_id::text, r.run_id::text,
       count(*) filter (where e.payload ->> 'event' = 'running') as begun,
       count(*) filter (where e.payload ->> 'event' in ('completed', 'failed', 'interrupted')) as ended
from runs r left join events e on e.run_id = r.run_id and e.method = 'lifecycle' and e.namespace = '{}'
group by 1, 2
having count(*) filter (where e.payload ->> 'event' = 'running') <> 1
    or count(*) filter (where e.payload ->> 'event' in ('completed', 'failed', 'interrupted')) <> 1;

-- name: runs_wrong
-- Every event is of a run, a run is what its end says, and an answer has something to say.
select r.run_id::text, r.status, e.payload ->> 'status' as told from runs r
join events e on e.run_id = r.run_id and e.method = 'lifecycle' and e.namespace = '{}'
             and e.payload ->> 'event' in ('completed', 'failed', 'interrupted')
where e.payload ->> 'status' <> r.status
   or r.kind = 'resume' and not (r.input ? 'reply' or r.input ? 'replies')
union all
select event_id, method, null from events where run_id is null;

-- name: out_of_order
-- A run's first event on the root is that it runs; its last one is its end; the next run begins behind that.
select r.run_id::text from runs r
join lateral (select min(seq) as first, max(seq) as last,
                     min(seq) filter (where method = 'lifecycle' and namespace = '{}') as said,
                     max(seq) filter (where method = 'lifecycle' and namespace = '{}') as over
              from events e where e.run_id = r.run_id) seen on true
left join lateral (select max(e.seq) as before from events e join runs o on o.run_id = e.run_id
                   where o.production_id = r.production_id and o.ordinal < r.ordinal) earlier on true
where seen.first <> seen.said or seen.last <> seen.over or seen.first <= earlier.before;

-- name: checkpoints_without_events
-- Every checkpoint on the way to the head has its event, and no event names one that is not stored.
with recursive line as (
    select c.* from checkpoints c join productions p on p.production_id::text = c.thread_id
    where c.checkpoint_ns = '' and c.checkpoint_id = (
        select max(o.checkpoint_id) from checkpoints o where o.thread_id = c.thread_id and o.checkpoint_ns = '')
    union all
    select c.* from line join checkpoints c
      on c.thread_id = line.thread_id and c.checkpoint_ns = '' and c.checkpoint_id = line.parent_checkpoint_id
)
select 'no event' as what, thread_id, checkpoint_id from line
where not exists (select 1 from events e where e.production_id = line.thread_id::uuid
                  and e.method = 'checkpoints' and e.payload ->> 'id' = line.checkpoint_id)
union all
select 'no checkpoint', e.production_id::text, e.payload ->> 'id' from events e
where e.method = 'checkpoints'
  and not exists (select 1 from checkpoints c where c.thread_id = e.production_id::text
                  and c.checkpoint_id = e.payload ->> 'id');

-- name: states_not_told
-- A checkpoint that changed what the graph's state holds has an event with the state, right before its own.
-- (Channels with a colon or two underscores are langgraph's.)
with changed as (
    select c.thread_id, c.checkpoint_id from checkpoints c
    where c.checkpoint_ns = '' and c.metadata ->> 'source' <> 'input' and exists (
        select 1 from jsonb_array_elements_text(c.checkpoint -> 'updated_channels') channel
        where channel not like '\_\_%' and channel not like '%:%')
)
select thread_id, checkpoint_id from changed
where not exists (select 1 from events e where e.production_id = changed.thread_id::uuid and e.method = 'values'
                  and e.event_id like 'values:%:' || changed.checkpoint_id);

-- name: steps_not_told
-- Every task of a step that is over was told when it began, what it changed, and when it ended.
with over as (
    select distinct e.production_id, task ->> 'id' as id, task ->> 'name' as name
    from events e, jsonb_array_elements(e.payload -> 'tasks') task
    where e.method = 'checkpoints' and e.payload ->> 'source' <> 'input'
      and exists (select 1 from checkpoints n where n.thread_id = e.production_id::text
                  and n.parent_checkpoint_id = e.payload ->> 'id')
)
select what, production_id::text, name from over
cross join (values ('began', 'tasks:%:', ':start'), ('changed', 'updates:%:', ''), ('ended', 'tasks:%:', ':end'))
    as told (what, before, after)
where not exists (select 1 from events e where e.production_id = over.production_id
                  and e.event_id like told.before || over.id || told.after);

-- name: steps_out_of_order
-- What a task did is told in its order, before the checkpoint that ends its step, and its good end once.
with task as (
    select e.production_id, e.payload ->> 'id' as id, count(*) as ends, min(e.seq) as over
    from events e where e.method = 'tasks' and not e.payload ? 'triggers' and e.payload ->> 'error' is null
    group by 1, 2
)
select task.production_id::text, task.id from task
left join lateral (select min(seq) as first from events e where e.production_id = task.production_id
                   and e.event_id like 'tasks:%:' || task.id || ':start') began on true
left join lateral (select min(seq) as first from events e where e.production_id = task.production_id
                   and e.event_id like 'updates:%:' || task.id) changed on true
left join lateral (
    select min(n.seq) as first from events c join events n using (production_id)
    where c.production_id = task.production_id and c.method = 'checkpoints' and n.method = 'checkpoints'
      and c.payload -> 'tasks' @> jsonb_build_array(jsonb_build_object('id', task.id))
      and n.payload ->> 'parent_id' = c.payload ->> 'id') next on true
where task.ends <> 1 or not (began.first < changed.first and changed.first < task.over and task.over < next.first);

-- name: orders_without_attempts
select call_key from orders where kind = 'engine' and not exists (
    select 1 from order_attempts a where a.call_key = orders.call_key);

-- name: broken_line
select thread_id, checkpoint_id from checkpoints c
where parent_checkpoint_id is not null and not exists (
    select 1 from checkpoints p where p.thread_id = c.thread_id and p.checkpoint_id = c.parent_checkpoint_id);

-- name: changes
-- What each step changed, each state that was told, and where steps ended, in order.
select production_id::text, seq, event_id, method, payload from events
where method in ('updates', 'values', 'checkpoints') order by production_id, seq;

-- name: steps_not_stored
-- Every task of a step that is over left what it wrote, and every value that a checkpoint names is there.
select 'writes' as what, c.thread_id, c.checkpoint_id, task ->> 'name' as name
from checkpoints c
join events e on e.production_id::text = c.thread_id and e.method = 'checkpoints'
              and e.payload ->> 'id' = c.checkpoint_id,
     jsonb_array_elements(e.payload -> 'tasks') task
where exists (select 1 from checkpoints n where n.thread_id = c.thread_id and n.parent_checkpoint_id = c.checkpoint_id)
  and not exists (select 1 from checkpoint_writes w where w.thread_id = c.thread_id
                  and w.checkpoint_id = c.checkpoint_id and w.task_id = task ->> 'id' and w.idx >= 0)
union all
select 'value', c.thread_id, c.checkpoint_id, told.key
from checkpoints c, lateral (
    select e.payload from events e where e.production_id::text = c.thread_id
    and e.event_id like 'values:%:' || c.checkpoint_id limit 1) state, jsonb_each(state.payload) told
where c.checkpoint -> 'channel_versions' ? told.key and not c.checkpoint -> 'channel_values' ? told.key
  and not exists (select 1 from checkpoint_blobs b where b.thread_id = c.thread_id and b.channel = told.key
                  and b.version = c.checkpoint -> 'channel_versions' ->> told.key);

-- name: gates_wrong
-- An answer names a question that had been asked before it, and no question is answered twice.
with answered as (
    select production_id, run_id, ordinal, input ->> 'interrupt_id' as named from runs
    where kind = 'resume' and input ? 'interrupt_id'
    union all
    select production_id, run_id, ordinal, jsonb_object_keys(input -> 'replies') from runs
    where kind = 'resume' and input ? 'replies'
)
select r.production_id::text, r.run_id::text, r.named from answered r
where not exists (select 1 from events e join runs o on o.run_id = e.run_id
                  where e.production_id = r.production_id and e.method = 'input.requested'
                    and e.payload ->> 'interrupt_id' = r.named and o.ordinal < r.ordinal)
   or exists (select 1 from answered o where o.production_id = r.production_id
              and o.run_id <> r.run_id and o.named = r.named);

-- name: gates_skipped
-- In a production that ended well every question that was asked was answered by name.
select e.production_id::text, e.payload ->> 'interrupt_id' as asked
from events e join productions p using (production_id)
where p.status = 'completed' and e.method = 'input.requested'
  and not exists (select 1 from runs r where r.production_id = e.production_id and r.kind = 'resume'
                  and (r.input ->> 'interrupt_id' = e.payload ->> 'interrupt_id'
                       or r.input -> 'replies' ? (e.payload ->> 'interrupt_id')));

-- name: rows_of_the_log
-- What was told became one row, and no row is there that nobody told.
with told as (
    select distinct e.payload -> 'payload' ->> 'id' as key from events e
    where e.method = 'custom' and e.payload ->> 'name' = 'message'
)
select 'message' as what, coalesce(told.key, m.message_key) as key
from told full join agent_messages m on m.message_key = told.key
where told.key is null or m.message_key is null
union all
select 'media', coalesce(t.key, m.s3_key) from (
    select distinct e.payload -> 'payload' -> 'media' ->> 'key' as key from events e
    where e.method = 'custom' and e.payload ->> 'name' in ('media', 'scene_done')
) t full join media_library m on m.s3_key = t.key where m.s3_key is null or t.key is null
union all
select 'projection', p.production_id::text from productions p left join projections j using (production_id)
where coalesce(j.position, 0) <> p.last_seq;

-- name: orders
select production_id::text, call_key, state, external_id, media from orders where kind = 'engine';

-- name: days
-- What each production ended with, and what its log tells of the way there.
select p.production_id::text, p.status, p.values, p.error,
       count(distinct e.payload ->> 'id') filter (where e.method = 'tasks' and not e.payload ? 'triggers'
                                                  and e.payload ->> 'error' is null) as steps,
       count(distinct substring(e.event_id from '[^:]+$')) filter (where e.method = 'updates') as changes,
       array_agg(distinct e.payload -> 'payload' ->> 'gate')
           filter (where e.method = 'input.requested') as asked,
       array_agg(distinct e.payload -> 'payload' -> 'media' ->> 'key')
           filter (where e.method = 'custom' and e.payload ->> 'name' = 'media') as pictures,
       count(distinct e.payload -> 'payload' ->> 'id')
           filter (where e.method = 'custom' and e.payload ->> 'name' = 'message') as messages,
       (select l.payload from events l where l.production_id = p.production_id and l.method = 'values'
        order by l.seq desc limit 1) as told_last
from productions p left join events e using (production_id)
group by p.production_id;
