-- name: listed
-- Newest runs that were given up, and those that wait because the database or the store failed under them.
select p.production_id::text, p.user_id, p.title, p.graph, p.stage, r.run_id::text, r.attempts, r.postponed, r.trouble,
       case when r.status = 'failed' then 'stuck' else 'postponed' end as state, r.error,
       coalesce(r.ended_at, r.started_at) as since,
       (select count(*) from checkpoints c where c.thread_id = p.production_id::text) as checkpoints,
       (select count(*) from orders o where o.production_id = p.production_id) as orders,
       count(*) over () as total
from productions p join lateral (
    select * from runs r where r.production_id = p.production_id order by r.ordinal desc limit 1
) r on true
where p.deleted_at is null
  and (p.status = 'failed' and r.status = 'failed' and r.error ->> 'code' = 'run_poisoned'
       or p.status in ('queued', 'running') and r.status in ('queued', 'running') and r.postponed > 0)
order by since desc nulls last, p.production_id
limit %(limit)s offset %(offset)s;

-- name: owner
select p.user_id from productions p
where p.production_id = %(production)s and p.status = 'failed' and p.error ->> 'code' = 'run_poisoned'
  and p.deleted_at is null;
