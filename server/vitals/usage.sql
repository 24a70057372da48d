-- name: totals
-- What everybody used between two moments: things that began in them, and what was booked for what was asked for in them.
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
-- A question counts for everybody who was asked, and is done or failed with whoever was asked last.
select l.provider as engine, l.medium, count(distinct l.call_key) as orders,
       count(*) filter (where l.is_last and l.status = 'done') as done,
       count(*) filter (where l.is_last and l.status = 'failed') as failed,
       count(*) filter (where l.is_last and l.status = 'unknown') as parked,
       sum(l.quoted)::bigint as quoted, sum(l.reserved)::bigint as reserved, sum(l.billed)::bigint as billed,
       sum(l.refunded)::bigint as refunded, sum(l.unknown)::bigint as unknown
from spending_lines l
where l.at >= %(since)s and l.at < %(until)s
  -- What came in an archive and cost nothing here was not used here.
  and l.origin = 'here'
group by l.provider, l.medium
order by l.provider, l.medium;
