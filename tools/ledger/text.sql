-- Orders of text: found, begun and ended in one statement each. The functions are in schema 0014 and later ones.

-- name: find
select p.epoch, p.parent_production_id is not null as branched, to_jsonb(o) as placed
from productions p
left join orders o on o.call_key = %(call_key)s
where p.production_id = %(production_id)s;

-- name: begin
select greenlight_begin_text(%(call)s) as told;

-- name: finish
-- It is visible at once and on the disk with the next commit that waits for it, so nothing that was built on the answer
-- can outlive it. A machine that loses its power in between asks again: the request counts as unknown, as after any crash.
select set_config('synchronous_commit', 'off', true), greenlight_finish_text(%(call)s) as told;

-- name: leave
-- What was asked by then is booked; the order itself stays as it is, for whoever asks again.
select greenlight_leave_text(%(call)s) as told;

-- name: was_asked
-- Requests from before schema 0014 name no model of their own.
select 1 as found from order_attempts a join orders o using (call_key)
where a.call_key = %(call_key)s and a.provider = %(provider)s and coalesce(nullif(a.model, ''), o.model) = %(model)s
limit 1;

-- name: close_left
-- Talks, and what belongs to no production, have no successor: what was asked so long ago that nobody can be waiting for
-- it any more is of unknown price.
with talks as (
    select o.call_key
    from order_attempts a
    join orders o on o.call_key = a.call_key and o.attempt = a.number
    join productions p using (production_id)
    where a.outcome = 'sent' and o.kind = 'text' and o.stage = 'talk'
      and a.posted_at < clock_timestamp() - make_interval(secs => %(older_s)s)
    for no key update of p skip locked
), alone as (
    select o.call_key
    from order_attempts a join orders o on o.call_key = a.call_key and o.attempt = a.number
    where a.outcome = 'sent' and o.kind = 'text' and o.production_id is null
      and a.posted_at < clock_timestamp() - make_interval(secs => %(older_s)s)
    -- The request before its order, as whoever ends it takes them; what somebody is just ending is left to them.
    for update of a skip locked
)
select count(greenlight_end_text(call_key, null))::int as closed
from (select call_key from talks union all select call_key from alone) due;
