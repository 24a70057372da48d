-- Requests whose price nobody knows, and what they turn out to have cost.

-- name: unknown
-- Of text by the orders that have one; a request is then found by its order. Of engines by order: one that is parked is
-- decided about first.
with lost as (
    select a.call_key || '#' || a.number as line, o.production_id, a.provider,
           coalesce(nullif(a.model, ''), o.model) as model, a.posted_at as at, a.reserved as unknown
    from orders o cross join lateral (
        select * from order_attempts t
        where t.call_key = o.call_key and t.cost is null and t.outcome <> 'sent' and t.reserved > 0 offset 0
    ) a
    where o.kind = 'text' and o.cost_unknown > 0 and (%(user)s::text is null or o.user_id = %(user)s)
    union all
    select o.call_key, o.production_id, o.provider, o.model, coalesce(o.done_at, o.intent_at), o.cost_unknown
    from orders o
    where o.kind = 'engine' and o.cost_unknown > 0 and o.state <> 'unknown'
      and (%(user)s::text is null or o.user_id = %(user)s)
)
select line, coalesce(production_id::text, '') as production_id, provider, model, at, unknown, count(*) over () as total
from lost order by at desc, line limit %(limit)s offset %(offset)s;

-- name: settle
-- With `own_key` only what left with a key of the user's own.
select greenlight_settle_text(o.call_key, a.number, %(micros)s) as was, a.provider, o.medium
from orders o join order_attempts a using (call_key)
where o.call_key = %(call_key)s and a.number = %(number)s and (%(user)s::text is null or o.user_id = %(user)s)
  and (a.own_key or not %(own_key)s);

-- name: open
select a.own_key from orders o join order_attempts a using (call_key)
where o.call_key = %(call_key)s and a.number = %(number)s and (%(user)s::text is null or o.user_id = %(user)s)
  and o.kind = 'text' and a.cost is null and a.outcome <> 'sent';

-- name: settle_order
-- All that is unknown of an order of an engine. The row is locked as it is read: of two that settle it one does.
update orders o set cost_actual = o.cost_actual + %(micros)s, cost_unknown = 0
from (
    select f.call_key, f.cost_unknown as was from orders f
    where f.call_key = %(call_key)s and f.kind = 'engine' and f.cost_unknown > 0 and f.state <> 'unknown'
      and (%(user)s::text is null or f.user_id = %(user)s) and (f.key_id is not null or not %(own_key)s)
    for update
) found
where o.call_key = found.call_key
returning found.was, o.provider, o.medium;

-- name: open_order
select o.key_id is not null as own_key from orders o
where o.call_key = %(call_key)s and (%(user)s::text is null or o.user_id = %(user)s)
  and o.kind = 'engine' and o.cost_unknown > 0 and o.state <> 'unknown';
