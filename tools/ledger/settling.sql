-- Text requests whose price nobody knows, and what they turn out to have cost.

-- name: unknown
-- By the orders that have one; a request is then found by its order.
select a.call_key || '#' || a.number as line, o.production_id::text, a.provider,
       coalesce(nullif(a.model, ''), o.model) as model, a.posted_at as at, a.reserved as unknown,
       count(*) over () as total
from orders o cross join lateral (
    select * from order_attempts t
    where t.call_key = o.call_key and t.cost is null and t.outcome <> 'sent' and t.reserved > 0 offset 0
) a
where o.kind = 'text' and o.cost_unknown > 0 and (%(user)s::text is null or o.user_id = %(user)s)
order by a.posted_at desc, line limit %(limit)s offset %(offset)s;

-- name: settle
select greenlight_settle_text(o.call_key, %(number)s, %(micros)s) as was
from orders o where o.call_key = %(call_key)s and (%(user)s::text is null or o.user_id = %(user)s);
