-- Money counts on the day on which it is let go, and what an archive brought counts nowhere but in its production.

alter table orders
    -- When more was last reserved for it than before: reopened, made again, asked again. Null: not since its intent.
    add column spent_more_at timestamptz,
    -- Of what it costs, how much was paid where its archive was made. Null: it came in no archive.
    add column imported_micros bigint;
alter table order_attempts add column imported boolean not null default false;
comment on column order_attempts.imported is 'It left another place, which paid for it.';

-- The moment at which an order counts, and the text requests whose price only a bill tells. What adds up by that moment,
-- and the books' view, are in schema 0024.
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

-- As in schema 0013, by the moments at which money was let go (`greenlight_spent_since`, schema 0024).
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
