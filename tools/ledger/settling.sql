-- Text requests whose price nobody knows, and what they turn out to have cost.

-- name: unknown
select line, coalesce(production_id::text, '') as production_id, provider, model, at, unknown, count(*) over () as total
from spending_lines
where unknown > 0 and kind = 'llm' and (%(user)s::text is null or user_id = %(user)s)
order by at desc, line limit %(limit)s offset %(offset)s;

-- name: settle
select greenlight_settle_text(o.call_key, %(number)s, %(micros)s) as was, o.provider, o.medium
from orders o where o.call_key = %(call_key)s and (%(user)s::text is null or o.user_id = %(user)s);
