-- The stop switch. Stopping is one statement of its own, so that nobody who freezes holds its lock.

-- name: stop
select * from greenlight_stop_spending(%(user)s::text, %(by)s, %(reason)s);

-- name: release
update spending_stops set released_at = clock_timestamp(), released_by = %(by)s
where released_at is null and user_id is not distinct from %(user)s::text
returning *;

-- name: in_force
select * from spending_stops
where released_at is null and (%(user)s::text is null or user_id is null or user_id = %(user)s)
order by user_id nulls first;

-- name: is_user
select 1 as yes from users where user_id = %(user)s;
