-- The stop switch. Stopping is one statement of its own, so that nobody who freezes holds its lock.

-- name: stop
-- The row in force of whoever asks: the user's own, or somebody else's for them.
select * from greenlight_stop_spending(%(user)s::text, %(by)s, %(reason)s) s
where (s.stopped_by is not distinct from s.user_id) = (%(by)s::text is not distinct from %(user)s::text);

-- name: stop_jobs
-- Also of a stop that is in force: it is never taken back but by the release.
update spending_stops set stops_jobs = true where stop_id = %(stop)s returning *;

-- name: release
-- Somebody else's stop before the user's own; with `own` never anybody else's, whatever came in between.
update spending_stops s set released_at = clock_timestamp(), released_by = %(by)s
where s.released_at is null and s.user_id is not distinct from %(user)s::text
  and case when s.stopped_by is not distinct from s.user_id
      then %(own)s or not exists (
          select from spending_stops o where o.released_at is null and o.user_id = s.user_id and o.stopped_by <> s.user_id)
      else not %(own)s end
returning s.*;

-- name: in_force
select * from spending_stops
where released_at is null and (%(user)s::text is null or user_id is null or user_id = %(user)s)
order by user_id nulls first, stopped_by is not distinct from user_id;

-- name: is_user
select 1 as yes from users where user_id = %(user)s;
