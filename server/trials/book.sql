-- name: one_at_a_time
-- Two confirmations at once: the second finds what the first has begun.
select pg_advisory_xact_lock(hashtextextended('trial ' || %(user)s || ' ' || %(provider)s, 0));

-- name: open
-- One that is not over: of this hour, or with a job at the provider that was paid.
select t.production_id::text from trials t join productions p using (production_id)
where t.user_id = %(user)s and t.provider = %(provider)s and t.ended_at is null and p.deleted_at is null
  and (t.begun_at > now() - make_interval(secs => %(hour)s) or exists (
      select from orders o where o.production_id = t.production_id and o.state = 'submitted'))
order by t.begun_at desc limit 1;

-- name: begin
-- A draft, so that no worker drives it and no list shows it before it is over.
with made as (
    insert into productions (user_id, graph, title, status, ceiling_micros, metadata)
    values (%(user)s, 'trial', %(title)s, 'draft', %(spend)s, %(metadata)s)
    returning production_id, user_id
), trial as (
    insert into trials (production_id, user_id, provider, spend_micros, quote_id, plan)
    select made.production_id, made.user_id, %(provider)s, %(spend)s, %(quote)s, %(plan)s from made
    returning production_id
), calls as (
    insert into trial_calls (production_id, kind)
    select made.production_id, kind from made, unnest(%(kinds)s::text[]) as kind
)
select production_id::text from made;

-- name: read
select t.production_id::text, t.user_id, t.provider, t.spend_micros, t.quote_id, t.plan, t.begun_at, t.ended_at,
       coalesce(p.lease_until > now(), false) as held
from trials t join productions p using (production_id)
where t.production_id = %(production)s and t.user_id = %(user)s and p.deleted_at is null;

-- name: calls
select c.kind, c.state, c.error, o.media, o.result -> 'usage' as usage,
       coalesce(o.cost_reserved, 0)::bigint as reserved, coalesce(o.cost_actual, 0)::bigint as billed,
       coalesce(o.cost_unknown, 0)::bigint as unknown,
       extract(epoch from o.done_at - o.intent_at)::float8 as took_s
from trial_calls c left join orders o on o.call_key = c.production_id || ':trial:' || c.kind || ':first'
where c.production_id = %(production)s;

-- name: mark
update trial_calls set state = %(state)s, error = %(error)s, changed_at = now()
where production_id = %(production)s and kind = %(kind)s;

-- name: keep_file
insert into production_files (production_id, name, title, media, at)
values (%(production)s, %(name)s, %(title)s, %(media)s, now())
on conflict (production_id, name) do nothing;

-- name: end
-- Also what has bought nothing: there is nothing to go on with.
with trial as (
    update trials t set ended_at = now()
    where t.production_id = %(production)s and t.ended_at is null and (%(over)s or not exists (
        select from orders o where o.production_id = t.production_id
            and (o.state in ('submitted', 'unknown', 'done') or o.cost_actual + o.cost_unknown > 0)))
    returning t.production_id
)
update productions p set status = 'completed', updated_at = now()
from trial where p.production_id = trial.production_id and p.status = 'draft';

-- name: tried
insert into tried_models (provider, model, tried_at) values (%(provider)s, %(model)s, now())
on conflict (provider, model) do update set tried_at = excluded.tried_at;
