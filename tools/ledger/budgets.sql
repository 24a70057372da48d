-- Budgets of a day and ceilings of productions: what is set and what is committed against it.

-- name: day
select coalesce(r.day_budget_micros, %(day_budget)s::bigint) as budget_micros,
       r.day_budget_micros is not null as own, coalesce(r.set_by, '') as set_by,
       u.credits_remaining as credits,
       greenlight_day_spent(u.user_id, now()) as committed_micros,
       date_trunc('day', now(), 'UTC') as since, date_trunc('day', now(), 'UTC') + interval '24 hours' as until
from users u left join spending_rules r using (user_id)
where u.user_id = %(user)s;

-- name: set_day
insert into spending_rules (user_id, day_budget_micros, set_by)
select user_id, %(micros)s::bigint, %(by)s from users where user_id = %(user)s
on conflict (user_id) do update
set day_budget_micros = excluded.day_budget_micros, set_by = excluded.set_by, updated_at = clock_timestamp()
returning user_id;

-- name: set_credits
update users set credits_remaining = %(credits)s where user_id = %(user)s and deleted_at is null
returning credits_remaining;

-- name: lock_ceiling
-- As a reservation locks it: nothing is reserved between the look and the change.
select ceiling_micros from productions
where production_id = %(production)s and user_id = %(user)s and deleted_at is null and not replay
for no key update;

-- name: committed
select coalesce(sum(cost_reserved + cost_actual + cost_unknown), 0)::bigint as micros
from orders where production_id = %(production)s;

-- name: set_ceiling
update productions set ceiling_micros = %(micros)s where production_id = %(production)s;

-- name: set_text_allowance
update productions set context = coalesce(context, '{}'::jsonb) || jsonb_build_object('text_allowance_usd', %(usd)s::text)
where production_id = %(production)s and user_id = %(user)s and deleted_at is null and not replay
returning production_id;
