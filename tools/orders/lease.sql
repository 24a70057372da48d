-- name: claim
update productions
set epoch = epoch + 1, lease_owner = %(owner)s, lease_until = now() + make_interval(secs => %(ttl)s)
where production_id = %(id)s and (lease_until is null or lease_until < now())
returning epoch, user_id;

-- name: renew
update productions set lease_until = now() + make_interval(secs => %(ttl)s)
where production_id = %(id)s and epoch = %(epoch)s;

-- name: release
update productions set lease_owner = null, lease_until = null
where production_id = %(id)s and epoch = %(epoch)s;
