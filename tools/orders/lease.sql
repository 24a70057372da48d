-- name: claim
update productions
set epoch = epoch + 1, lease_owner = %(owner)s, lease_since = now(),
    lease_until = now() + make_interval(secs => %(ttl)s)
where production_id = %(id)s and (lease_until is null or lease_until < now())
returning epoch, user_id;

-- name: renew
update productions set lease_until = now() + make_interval(secs => %(ttl)s)
where production_id = %(id)s and epoch = %(epoch)s;

-- name: release
update productions set lease_owner = null, lease_until = null
where production_id = %(id)s and epoch = %(epoch)s;

-- name: ensure_production
-- Paused, so that no worker of ours picks up what another program drives.
insert into productions (production_id, user_id, graph, status)
values (%(id)s, 'local', %(graph)s, 'paused')
on conflict (production_id) do nothing;
