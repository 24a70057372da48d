-- name: facts
-- One row per series: everything here is found by an index or is a small table, except the count of productions at gates.
select 'productions' as name, jsonb_build_object('graph', p.graph, 'status', p.status) as labels, count(*)::float8 as value
from productions p
where p.status in ('queued', 'running', 'paused') and p.deleted_at is null
group by p.graph, p.status
union all
select 'leases', '{}', count(*) from productions p
where p.status in ('queued', 'running') and p.lease_until > now()
union all
select 'queue', jsonb_build_object('priority', named.priority), count(distinct r.production_id)
from (values (-1, 'low'), (0, 'normal'), (1, 'high')) as named (sign, priority)
left join runnable r on sign(r.priority) = named.sign
group by named.priority
union all
select 'queue_oldest_wait_seconds', '{}', coalesce(extract(epoch from now() - min(r.since)), 0) from runnable r
union all
select 'workers', jsonb_build_object('state', w.state), count(*) from (
    select case when seen_at < now() - make_interval(secs => %(lost_after)s * lease_ttl_s) then 'lost' else state end as state
    from workers
) w group by w.state
union all
select 'slots_of_all', '{}', coalesce(sum(slots), 0) from workers
where seen_at >= now() - make_interval(secs => %(lost_after)s * lease_ttl_s)
union all
select 'orders_open', jsonb_build_object('engine', l.provider, 'medium', l.medium, 'state', l.status), count(*)
from spending_lines l where l.is_last and l.status in ('intent', 'submitted', 'unknown')
group by l.provider, l.medium, l.status
union all
select 'money_unknown_micros', jsonb_build_object('engine', l.provider, 'medium', l.medium), sum(l.unknown)
from spending_lines l
where l.call_key in (select o.call_key from orders o where o.cost_unknown > 0) and l.unknown > 0
group by l.provider, l.medium
union all
select 'notices_waiting', jsonb_build_object('to', case when n.endpoint_id is null then 'mail' else 'webhook' end), count(*)
from notices n where n.status = 'waiting' group by 2
union all
select 'webhook_endpoints',
       jsonb_build_object('state', case when not e.enabled then 'off' when e.rests_until > now() then 'resting' else 'on' end),
       count(*)
from webhook_endpoints e group by 2;
