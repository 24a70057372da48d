-- Money counts on the day on which it is let go, and what an archive brought counts nowhere but in its production.

alter table orders
    -- When more was last reserved for it than before: reopened, made again, asked again. Null: not since its intent.
    add column spent_more_at timestamptz,
    -- Of what it costs, how much was paid where its archive was made. Null: it came in no archive.
    add column imported_micros bigint;
alter table order_attempts add column imported boolean not null default false;
comment on column order_attempts.imported is 'It left another place, which paid for it.';

-- The moment at which an order counts, and the text requests whose price only a bill tells.
drop index orders_spending;
create index orders_spending on orders (user_id, coalesce(spent_more_at, intent_at));
create index orders_unknown_text on orders (user_id) where kind = 'text' and cost_unknown > 0;

-- What is refunded was not paid elsewhere either: it must not hide what is spent here later.
create function greenlight_order_cost_changed() returns trigger language plpgsql as $$
declare
    total bigint := new.cost_reserved + new.cost_actual + new.cost_unknown;
begin
    if total > old.cost_reserved + old.cost_actual + old.cost_unknown then
        new.spent_more_at := now();
    end if;
    if new.imported_micros > total then
        new.imported_micros := total;
    end if;
    return new;
end $$;
create trigger orders_cost before update of cost_reserved, cost_actual, cost_unknown on orders for each row
    when (new.cost_reserved + new.cost_actual + new.cost_unknown
          <> old.cost_reserved + old.cost_actual + old.cost_unknown)
    execute function greenlight_order_cost_changed();

-- What this place let go for a user from a moment on, and when: an order where it was last reserved for, and of text
-- each request where it left. Text orders from before schema 0014 tell nothing of their requests.
create function greenlight_spent_since(who text, since timestamptz) returns table (at timestamptz, micros bigint)
language sql stable as $$
    select coalesce(o.spent_more_at, o.intent_at),
           o.cost_reserved + o.cost_actual + o.cost_unknown - coalesce(o.imported_micros, 0)
    from orders o
    where o.user_id = who and coalesce(o.spent_more_at, o.intent_at) >= since
      and (o.kind <> 'text' or not exists (
          select from order_attempts a where a.call_key = o.call_key and a.model <> '' offset 0))
    union all
    select a.posted_at, coalesce(a.cost, a.reserved)
    from orders o cross join lateral (
        select t.posted_at, t.cost, t.reserved from order_attempts t
        where t.call_key = o.call_key and t.posted_at >= since and t.model <> '' and not t.imported offset 0
    ) a
    -- A request leaves a little later than it was reserved.
    where o.user_id = who and o.kind = 'text' and coalesce(o.spent_more_at, o.intent_at) >= since - interval '1 hour'
$$;

-- What counts against the budget of a day (UTC), in all productions.
create or replace function greenlight_day_spent(who text, moment timestamptz) returns bigint language sql stable as $$
    select coalesce(sum(s.micros), 0)::bigint
    from greenlight_spent_since(who, date_trunc('day', moment, 'UTC')) s
    where s.at < date_trunc('day', moment, 'UTC') + interval '24 hours'
$$;

-- As in schema 0013: what came in an archive was not bought here.
create or replace function greenlight_give_credit_back() returns trigger language plpgsql as $$
begin
    if not exists (select from orders o where o.production_id = new.production_id
                   and o.cost_reserved + o.cost_actual + o.cost_unknown > coalesce(o.imported_micros, 0)) then
        update users u set credits_remaining = u.credits_remaining + 1 where u.user_id = new.user_id;
        new.credits_used := 0;
    end if;
    return new;
end
$$;

-- As in schema 0013, by the moments at which money was let go.
create or replace function greenlight_raise_alerts(
    moment timestamptz, window_hours integer, history_days integer, times numeric, floor_micros bigint,
    rest_hours integer
) returns setof spending_alerts language plpgsql volatile as $$
declare
    recently timestamptz := moment - make_interval(hours => window_hours);
    before timestamptz := recently - make_interval(days => history_days);
begin
    if not pg_try_advisory_xact_lock(7102011204) then
        return;
    end if;
    return query
        insert into spending_alerts (user_id, raised_at, spent_micros, usual_micros, limit_micros)
        select u.user_id, moment, recent.spent, usual.micros, greatest(floor_micros, (usual.micros * times)::bigint)
        from users u
        cross join lateral (
            select coalesce(sum(s.micros), 0)::bigint as spent
            from greenlight_spent_since(u.user_id, recently) s
            where s.at > recently and s.at <= moment
        ) recent
        cross join lateral (
            -- Days on which nothing was spent say nothing of how much is usual.
            select coalesce(sum(day.micros) / nullif(count(*), 0), 0)::bigint as micros
            from (
                select sum(s.micros) as micros
                from greenlight_spent_since(u.user_id, before) s
                where recent.spent > floor_micros and s.at > before and s.at <= recently
                group by ceil(extract(epoch from moment - s.at) / 86400)
                having sum(s.micros) > 0
            ) day
        ) usual
        where recent.spent > greatest(floor_micros, (usual.micros * times)::bigint)
          and not exists (
            select from spending_alerts a
            where a.user_id = u.user_id and a.raised_at > moment - make_interval(hours => rest_hours))
        returning *;
end
$$;

-- A line per order, and of text a line per request, wherever the requests are told; each says where it was paid.
-- As in schema 0014, with what belongs to no production, the order of each line, its medium, and whether the order ended
-- with it: a question may be asked at several providers, and one of them answered it.
-- Requests are looked up order by order (`offset 0`), so that one user's costs never read everybody's.
create or replace view spending_lines as
select o.call_key as line, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       case when o.medium = 'text' then 'llm' when o.medium in ('voice', 'music') then 'audio' else o.medium end as kind,
       case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end as shot,
       o.provider, o.model, o.state as status, o.price_edition, coalesce(o.spent_more_at, o.intent_at) as at,
       o.cost_quoted as quoted, o.cost_reserved as reserved, o.cost_actual as billed, o.cost_refunded as refunded,
       o.cost_unknown as unknown, o.call_key, o.medium, true as is_last,
       case when o.cost_reserved + o.cost_actual + o.cost_unknown <= o.imported_micros
            then 'archive' else 'here' end as origin
from orders o left join productions p using (production_id)
where o.kind <> 'text' or not exists (
    select from order_attempts a where a.call_key = o.call_key and a.model <> '' offset 0)
union all
select a.call_key || '#' || a.number, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       'llm', case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end,
       a.provider, a.model, o.state, o.price_edition, a.posted_at,
       a.reserved, case when a.outcome = 'sent' then a.reserved else 0 end, coalesce(a.cost, 0), 0::bigint,
       case when a.cost is null and a.outcome <> 'sent' then a.reserved else 0 end,
       o.call_key, o.medium, a.number = o.attempt,
       case when a.imported then 'archive' else 'here' end
from orders o left join productions p using (production_id) cross join lateral (
    select * from order_attempts t where t.call_key = o.call_key and t.model <> '' offset 0
) a
where o.kind = 'text';
