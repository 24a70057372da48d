-- Orders of productions that were cancelled or deleted. Those with a job stay submitted until what became of it is known,
-- so that a production that is resumed finds them; those whose answer was lost are looked for first.

-- name: due
-- With a user all that is theirs, however its productions stand: they are about to be erased, and want no result.
-- Claims the next try of each: of any number of processes one tells a provider. Only of productions that nobody drives:
-- the graph has stopped. A stop of spending that stops jobs does not wait for that: whoever drives books what becomes of
-- what is paid. Under another epoch (it went on, and was cancelled again) the tries begin anew.
-- A request without an answer is looked for once nobody can be sending it any more: its deadline has passed, and nobody
-- drives its production, which would look for it. So is what the place that a backup was taken of may have sent.
with found as (
    select o.call_key, p.epoch, (p.deleted_at is not null or %(user)s::text is not null) as unwanted, stands.driven,
           case when o.cancel_epoch = p.epoch then o.cancel_tries else 0 end as tries
    from orders o join productions p using (production_id)
    cross join lateral (
        select coalesce(p.lease_until >= now(), false) as driven,
               coalesce(p.status = 'cancelled' or p.deleted_at is not null or o.user_id = %(user)s, false) as over
    ) stands
    where o.state in ('intent', 'submitted') and o.kind = 'engine' and not o.elsewhere
      and (%(user)s::text is null or o.user_id = %(user)s)
      and (o.state = 'submitted' and o.external_id is not null
           or o.state = 'intent' and not stands.driven
               and (o.submit_deadline <= clock_timestamp()
                    or o.submit_deadline is null and o.ask_since is not null and stands.over))
      and (stands.over and not stands.driven
           or o.cost_reserved > 0 and exists (
               select from spending_stops s
               where s.stops_jobs and s.released_at is null and (s.user_id is null or s.user_id = o.user_id)))
      -- Who died in the last try has not written what that ends with: it is tried once more.
      and (o.cancel_epoch is distinct from p.epoch
           or (o.cancel_tries < %(most)s
               or not stands.driven and (o.state = 'intent' or o.cost_reserved > 0))
               and o.cancel_not_before <= now())
    order by o.submitted_at
    limit %(limit)s
    for update of o skip locked
)
update orders o
set cancel_epoch = found.epoch, cancel_tries = found.tries + 1,
    -- A list of jobs shows them when they have ended: what is looked for has twice as long.
    cancel_not_before = now() + make_interval(
        secs => %(pause_s)s * 2 ^ found.tries * case o.state when 'intent' then 2 else 1 end)
from found where o.call_key = found.call_key
returning o.*, found.epoch as production_epoch, found.unwanted, found.driven, o.cancel_tries >= %(most)s as last;

-- name: found
-- Its job was found: now begin the tries to stop that.
update orders o
set cancel_epoch = p.epoch, cancel_tries = 1, cancel_not_before = now() + make_interval(secs => %(pause_s)s)
from productions p
where o.call_key = %(call_key)s and o.state = 'submitted' and o.external_id = %(external_id)s
  and p.production_id = o.production_id and p.epoch = %(epoch)s
returning o.*;

-- name: never_sent
-- Nobody sends these any more, and no provider need be asked: what is held for them is free. A production that goes on
-- has them sent (`called_off`). Its row is locked, too: whoever resumes it comes before this or after it.
with found as (
    select o.call_key, p.epoch, o.cost_reserved as held
    from orders o join productions p using (production_id)
    where o.state = 'intent' and o.kind = 'engine' and o.submit_deadline is null and o.ask_since is null
      and not o.elsewhere and (p.status = 'cancelled' or p.deleted_at is not null)
      and (p.lease_until is null or p.lease_until < now())
    limit %(limit)s
    for no key update skip locked
)
update orders o
set state = 'failed', done_at = clock_timestamp(), error_kind = 'not_sent', error_detail = %(detail)s,
    owner_epoch = found.epoch, cancel_epoch = found.epoch, cancel_tries = greatest(o.cancel_tries, 1),
    cost_refunded = o.cost_refunded + o.cost_reserved, cost_reserved = 0
from found where o.call_key = found.call_key
returning o.*, found.held;

-- name: told
update orders o set cancel_told_at = clock_timestamp()
from productions p
where o.call_key = %(call_key)s and o.state = 'submitted' and o.external_id = %(external_id)s
  and p.production_id = o.production_id and p.epoch = %(epoch)s
returning o.*;

-- name: nobody_knows
-- After the last try: what was held for it is of unknown fate.
update orders o set cost_unknown = o.cost_unknown + o.cost_reserved, cost_reserved = 0
from productions p
where o.call_key = %(call_key)s and o.state = 'submitted' and o.external_id = %(external_id)s
  and p.production_id = o.production_id and p.epoch = %(epoch)s
returning o.*;

-- name: wanted_again
-- Its production goes on: what became unknown is held again, which adds nothing to what counts as spent.
update orders o
set cancel_epoch = null, cancel_not_before = null,
    cost_reserved = o.cost_reserved + back.micros, cost_unknown = o.cost_unknown - back.micros
from productions p, lateral (
    select case when o2.cost_reserved = 0 then least(o2.cost_unknown, o2.cost_quoted) else 0 end as micros
    from orders o2 where o2.call_key = %(call_key)s
) back
where o.call_key = %(call_key)s and o.state = 'submitted' and o.external_id = %(external_id)s
  and p.production_id = o.production_id and p.epoch = %(epoch)s
returning o.*;
