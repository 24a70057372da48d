-- name: listed
select w.worker_id, w.host, w.pid, w.role, w.slots, w.version, w.wanted, w.started_at, w.seen_at,
       case when w.seen_at < now() - make_interval(secs => %(lost_after)s * w.lease_ttl_s) then 'lost'
            else w.state end as state,
       coalesce(held.leases, '[]') as leases
from workers w left join lateral (
    select jsonb_agg(jsonb_build_object(
        'production_id', p.production_id, 'user_id', p.user_id, 'title', p.title, 'epoch', p.epoch, 'since', p.lease_since,
        'lease_until', p.lease_until) order by p.lease_since, p.production_id) as leases
    from productions p
    where p.lease_owner = w.worker_id and p.status in ('queued', 'running') and p.lease_until > now()
) held on true
order by w.started_at desc, w.worker_id;

-- name: queue_lengths
select count(distinct production_id) filter (where priority < 0) as low,
       count(distinct production_id) filter (where priority = 0) as normal,
       count(distinct production_id) filter (where priority > 0) as high,
       extract(epoch from now() - min(since))::float8 as oldest_wait_s
from runnable;

-- name: ask
with asked as (
    update workers set wanted = %(wanted)s where worker_id = %(worker)s returning worker_id
)
select pg_notify('greenlight_control', worker_id) from asked;

-- name: leave
delete from workers where worker_id = %(worker)s;

-- name: forget
-- Whoever was killed leaves a row; after a day nobody asks for it.
delete from workers where seen_at < now() - interval '1 day';
