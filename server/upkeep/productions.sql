-- name: due
-- Productions that may go, children before their parents: a branch adopts what its ancestors bought, so whatever has
-- a descendant that stays, stays. What is stuck (`stuck` below) waits for a person, however long.
with recursive due as (
    select a.production_id, a.created_at from at_rest a join productions p using (production_id)
    where (%(series)s or not a.series_needs) and a.since < now() - make_interval(days => case
        when a.deleted_at is null then %(ended)s::int else coalesce(%(deleted)s::int, %(ended)s) end)
      and (p.status <> 'failed' or p.deleted_at is not null or p.error ->> 'code' is distinct from 'run_poisoned')
), needed as (
    select c.parent_production_id as production_id from productions c
    where c.parent_production_id is not null and c.cleared_at is null
      and not exists (select 1 from due where due.production_id = c.production_id)
    union
    select p.parent_production_id from needed join productions p using (production_id)
    where p.parent_production_id is not null
)
select production_id::text from due
where not exists (select 1 from needed where needed.production_id = due.production_id)
order by created_at desc, production_id;

-- name: stuck
-- Given up after several attempts without progress, old enough to go otherwise, and kept whole until a person resumes
-- or deletes them. The same words stand wherever something is chosen, and wherever it is looked at again.
select count(*) as many from at_rest a join productions p using (production_id)
where a.since < now() - make_interval(days => %(days)s)
  and p.status = 'failed' and p.deleted_at is null and p.error ->> 'code' = 'run_poisoned';

-- name: weigh
-- What would go with these.
with gone as (
    select production_id, production_id::text as thread_id from productions where production_id = any(%(ids)s::uuid[])
)
select (select count(*) from gone) as productions,
       (select count(*) from runs join gone using (production_id)) as runs,
       (select count(*) from checkpoints join gone using (thread_id)) as checkpoints,
       (select coalesce(sum(pg_column_size(c.checkpoint) + pg_column_size(c.metadata)), 0)
            from checkpoints c join gone using (thread_id))
       + (select coalesce(sum(octet_length(b.blob)), 0) from checkpoint_blobs b join gone using (thread_id))
       + (select coalesce(sum(octet_length(w.blob)), 0) from checkpoint_writes w join gone using (thread_id))
           as checkpoint_bytes,
       (select count(*) from events join gone using (production_id)) as events,
       (select coalesce(sum(pg_column_size(e.payload)), 0) from events e join gone using (production_id)) as event_bytes;

-- name: lock
-- Looked at again under its row's lock, and passed over when somebody has that: nobody waits for us, and what is
-- resumed or branched in this moment stays.
select p.status, p.status = 'draft' as blank from productions p
where p.production_id = %(id)s
  and (p.status <> 'failed' or p.deleted_at is not null or p.error ->> 'code' is distinct from 'run_poisoned')
  and exists (
    select 1 from at_rest a
    where a.production_id = p.production_id and (%(series)s or not a.series_needs)
      and a.since < now() - make_interval(days => case
          when a.deleted_at is null then %(ended)s::int else coalesce(%(deleted)s::int, %(ended)s) end))
  and not exists (
    select 1 from productions c where c.parent_production_id = p.production_id and c.cleared_at is null)
for update of p skip locked;

-- name: drop_checkpoints
delete from checkpoints where thread_id = %(id)s::text;

-- name: drop_blobs
delete from checkpoint_blobs where thread_id = %(id)s::text;

-- name: drop_writes
delete from checkpoint_writes where thread_id = %(id)s::text;

-- name: drop_events
delete from events where production_id = %(id)s;

-- name: drop_runs
delete from runs where production_id = %(id)s;

-- name: drop_files
delete from production_files where production_id = %(id)s;

-- name: drop_cuts
delete from cuts where production_id = %(id)s;

-- name: drop_replay_calls
delete from replay_calls where production_id = %(id)s;

-- name: drop_messages
-- A novela that is there keeps what its agents said.
delete from agent_messages m where m.production_id = %(id)s
  and not exists (select 1 from novelas n where n.id = m.novela_id and n.deleted_at is null);

-- name: drop_free_orders
-- What cost nothing is in no books.
delete from orders where production_id = %(id)s
  and cost_quoted = 0 and cost_reserved = 0 and cost_actual = 0 and cost_refunded = 0 and cost_unknown = 0;

-- name: keep_books
-- What was asked for and what came of it goes; what was bought, where and for how much stays. Nothing finds such a row
-- by its request any more, so nobody adopts what is gone.
update orders set request = '{}', request_hash = 'cleared', media = null, result = null, status_url = null,
                  error_detail = null
where production_id = %(id)s;

-- name: drop_draft
delete from productions where production_id = %(id)s and status = 'draft';

-- name: close
-- No worker of an older epoch can write here any more, and nobody sees it.
update productions
set cleared_at = now(), deleted_at = coalesce(deleted_at, now()), epoch = epoch + 1,
    status = case when status = 'paused' then 'cancelled' else status end,
    brief = '{}', context = '{}', metadata = '{}', values = '{}', interrupts = '[]', error = null, stage = ''
where production_id = %(id)s;
