-- Text requests whose price nobody knows, and what they turn out to have cost.

-- name: unknown
select line, coalesce(production_id::text, '') as production_id, provider, model, at, unknown, count(*) over () as total
from spending_lines
where unknown > 0 and kind = 'llm' and (%(user)s::text is null or user_id = %(user)s)
order by at desc, line limit %(limit)s offset %(offset)s;

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
