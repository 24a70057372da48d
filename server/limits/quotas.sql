-- name: in_turn
-- One start of a user after the other, until the transaction ends: what is counted next holds until then.
select pg_advisory_xact_lock(hashtextextended('quota ' || %(user)s, 0));

-- name: usage
-- After the run was inserted, so it counts itself.
with recent as (
    select created_at from runs
    where user_id = %(user)s and kind = 'start'
      and created_at > coalesce(%(now)s::timestamptz, now()) - %(span)s
    order by created_at desc limit %(hourly)s + 1
)
select (select count(distinct production_id) from runs
        where user_id = %(user)s and status in ('waiting', 'queued', 'running')) as at_work,
       (select count(*) from recent) as started,
       -- the first of the last `hourly` before this one: when it is an hour old, there is room
       (select created_at from recent order by created_at limit 1) + %(span)s
           - coalesce(%(now)s::timestamptz, now()) as free_in;
