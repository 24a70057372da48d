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
-- Ids once, numbers rising, one beginning and one end of each run on the root, nothing after the last number.
select e.production_id::text, count(*) - count(distinct e.event_id) as doubled, max(e.seq) - p.last_seq as beyond
from events e join productions p using (production_id)
group by e.production_id, p.last_seq
having count(*) <> count(distinct e.event_id) or max(e.seq) > p.last_seq;

-- name: bad_ends
select r.production_id::text, r.run_id::text,
       count(*) filter (where e.payload ->> 'event' = 'running') as begun,
       count(*) filter (where e.payload ->> 'event' in ('completed', 'failed', 'interrupted')) as ended
from runs r left join events e on e.run_id = r.run_id and e.method = 'lifecycle' and e.namespace = '{}'
group by 1, 2
having count(*) filter (where e.payload ->> 'event' = 'running') <> 1
    or count(*) filter (where e.payload ->> 'event' in ('completed', 'failed', 'interrupted')) <> 1;

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
) t left join media_library m on m.s3_key = t.key where m.s3_key is null
union all
select 'projection', p.production_id::text from productions p left join projections j using (production_id)
where coalesce(j.position, 0) < p.last_seq;

-- name: orders
select production_id::text, call_key, state, external_id, media from orders where kind = 'engine';

-- name: answers
-- What each gate was told, by the state that the production ended with.
select production_id::text, status, values, error from productions;
