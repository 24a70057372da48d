-- Text requests whose price nobody knows, and what they turn out to have cost.

-- name: unknown
-- By the orders that have one; a request is then found by its order.
select a.call_key || '#' || a.number as line, coalesce(o.production_id::text, '') as production_id, a.provider,
       coalesce(nullif(a.model, ''), o.model) as model, a.posted_at as at, a.reserved as unknown,
       count(*) over () as total
from orders o cross join lateral (
    select * from order_attempts t
    where t.call_key = o.call_key and t.cost is null and t.outcome <> 'sent' and t.reserved > 0 offset 0
) a
where o.kind = 'text' and o.cost_unknown > 0 and (%(user)s::text is null or o.user_id = %(user)s)
order by a.posted_at desc, line limit %(limit)s offset %(offset)s;

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
