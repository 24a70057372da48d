-- name: totals
-- What everybody used between two moments: things that began in them, and what was booked for orders placed in them.
select
    (select count(*) from users u where u.created_at >= %(since)s and u.created_at < %(until)s) as new_users,
    count(distinct p.user_id) as active_users,
    count(*) as productions,
    count(*) filter (where p.status in ('queued', 'running')) as working,
    count(*) filter (where p.status = 'paused') as waiting,
    count(*) filter (where p.status = 'completed') as completed,
    count(*) filter (where p.status = 'failed') as failed,
    count(*) filter (where p.status = 'cancelled') as cancelled
from productions p
where p.created_at >= %(since)s and p.created_at < %(until)s and p.status <> 'draft';

-- name: by_engine
select o.provider as engine, o.medium, count(*) as orders,
       count(*) filter (where o.state = 'done') as done, count(*) filter (where o.state = 'failed') as failed,
       count(*) filter (where o.state = 'unknown') as parked,
       sum(o.cost_quoted)::bigint as quoted, sum(o.cost_reserved)::bigint as reserved,
       sum(o.cost_actual)::bigint as billed, sum(o.cost_refunded)::bigint as refunded,
       sum(o.cost_unknown)::bigint as unknown
from orders o
where o.intent_at >= %(since)s and o.intent_at < %(until)s
  -- What came in an archive and cost nothing here was not used here.
  and coalesce(o.cost_reserved + o.cost_actual + o.cost_unknown > o.imported_micros, true)
group by o.provider, o.medium
order by o.provider, o.medium;
