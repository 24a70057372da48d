-- The financial firewall: whether money may be reserved and sent, decided in one place.

-- What was set for a user. No reference to `users`: a reservation must never wait for an account's row.
create table spending_rules (
    user_id text primary key,
    -- Null: the place's own limit, if it has one.
    day_budget_micros bigint check (day_budget_micros >= 0),
    set_by text not null default '',
    updated_at timestamptz not null default clock_timestamp()
);

-- Who stopped spending, for whom and why; it is in force until it is released. Without a user it is everybody's.
create table spending_stops (
    stop_id bigint generated always as identity primary key,
    user_id text check (user_id <> ''),
    reason text not null default '',
    stopped_by text not null,
    stopped_at timestamptz not null,
    -- What could not be held back any more: requests on their way, and jobs at providers.
    on_their_way integer not null default 0,
    at_providers integer not null default 0,
    released_by text,
    released_at timestamptz
);
create unique index spending_stops_in_force on spending_stops (coalesce(user_id, '')) where released_at is null;

-- Half and all of a day's budget are told once, whichever production gets there.
create table spending_warnings (
    user_id text not null,
    day date not null,
    percent integer not null,
    budget_micros bigint not null,
    told_at timestamptz not null default clock_timestamp(),
    primary key (user_id, day, percent, budget_micros)
);

-- A production that spends uses one credit. Null is no limit, as for the one user of a place without accounts.
alter table users alter column credits_remaining drop not null;
update users set credits_remaining = null where user_id = 'local';
alter table productions add column credits_used smallint not null default 0 check (credits_used in (0, 1));

create index orders_spending on orders (user_id, intent_at);

-- The stop that holds this user's money, the whole place's before his own.
create function greenlight_stop_of(who text) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'reason', case when s.user_id is null then 'stopped_all' else 'stopped_user' end,
        'stop_id', s.stop_id, 'why', s.reason, 'since', s.stopped_at)
    from spending_stops s
    where s.released_at is null and (s.user_id is null or s.user_id = who)
    order by s.user_id nulls first limit 1
$$;

-- What counts against the budget of a day (UTC): the orders whose intent is of that day, in all productions.
create function greenlight_day_spent(who text, moment timestamptz) returns bigint language sql stable as $$
    select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0)::bigint
    from orders o
    where o.user_id = who and o.intent_at >= date_trunc('day', moment, 'UTC')
      and o.intent_at < date_trunc('day', moment, 'UTC') + interval '24 hours'
$$;

-- Whether a production may reserve so much now: null is yes, else why not, with the figures. Called in the
-- reservation's transaction, once the production's row is locked. Volatile: each statement of it sees what was
-- committed before that statement began, so what is added up behind a lock is all there is.
create function greenlight_may_spend(
    production uuid, needs_micros bigint, default_day_budget bigint default null
) returns jsonb language plpgsql volatile as $$
declare
    who text;
    ceiling bigint;
    committed bigint;
    budget bigint;
    booked boolean;
    stopped jsonb;
begin
    if coalesce(needs_micros, 0) <= 0 then
        return null;
    end if;
    select p.user_id, p.ceiling_micros, p.credits_used > 0 into who, ceiling, booked
    from productions p where p.production_id = production;
    if who is null then
        return jsonb_build_object('reason', 'no_production');
    end if;
    select greenlight_stop_of(who) into stopped;
    if stopped is not null then
        return stopped || jsonb_build_object('needed_micros', needs_micros);
    end if;
    select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into committed
    from orders o where o.production_id = production;
    if committed + needs_micros > ceiling then
        return jsonb_build_object('reason', 'ceiling', 'ceiling_micros', ceiling,
                                  'committed_micros', committed, 'needed_micros', needs_micros);
    end if;
    select coalesce((select r.day_budget_micros from spending_rules r where r.user_id = who), default_day_budget)
    into budget;
    if budget is not null then
        -- One reservation of a user at a time, over all productions. Always behind the production's lock.
        perform pg_advisory_xact_lock(hashtextextended('day budget ' || who, 0));
        select greenlight_day_spent(who, now()) into committed;
        if committed + needs_micros > budget then
            return jsonb_build_object('reason', 'day_budget', 'budget_micros', budget, 'committed_micros', committed,
                                      'needed_micros', needs_micros, 'day', (now() at time zone 'UTC')::date);
        end if;
    end if;
    if not booked then
        -- The row's lock lets one take the last.
        update users u set credits_remaining = u.credits_remaining - 1
        where u.user_id = who and u.credits_remaining > 0;
        if found then
            update productions p set credits_used = 1 where p.production_id = production;
        elsif exists (select from users u where u.user_id = who and u.credits_remaining = 0) then
            return jsonb_build_object('reason', 'credits', 'needed_micros', needs_micros);
        end if;
    end if;
    return null;
end
$$;

-- Whoever ends without having bought anything has its credit back. Resumed, it takes one again when it spends.
create function greenlight_give_credit_back() returns trigger language plpgsql as $$
begin
    if not exists (select from orders o where o.production_id = new.production_id
                   and o.cost_reserved + o.cost_actual + o.cost_unknown > 0) then
        update users u set credits_remaining = u.credits_remaining + 1 where u.user_id = new.user_id;
        new.credits_used := 0;
    end if;
    return new;
end
$$;
create trigger productions_credit before update of status on productions for each row
    when (new.credits_used > 0 and new.status in ('completed', 'failed', 'cancelled'))
    execute function greenlight_give_credit_back();

-- Whether a paid request of this user may leave now. The lock is shared by all who send, until they have committed
-- that they do; whoever stops spending waits for those, and who comes later waits for the stop. Locks of this kind
-- are given in turn, so a stop is never overtaken for ever.
create function greenlight_may_post(who text) returns jsonb language plpgsql volatile as $$
declare
    stopped jsonb;
begin
    perform pg_advisory_xact_lock_shared(7102011203);
    select greenlight_stop_of(who) into stopped;
    return stopped;
end
$$;

-- Stop spending, for one user or (null) for everybody. The row in force, with what was on its way.
create function greenlight_stop_spending(who text, asked_by text, why text) returns setof spending_stops
language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock(7102011203);
    insert into spending_stops (user_id, reason, stopped_by, stopped_at, on_their_way, at_providers)
    select who, why, asked_by, clock_timestamp(),
           count(*) filter (where o.state = 'intent'), count(*) filter (where o.state = 'submitted')
    from orders o
    where (who is null or o.user_id = who) and o.cost_reserved > 0
      and (o.state = 'submitted' or o.state = 'intent' and o.submit_deadline > clock_timestamp())
    on conflict do nothing;
    return query select s.* from spending_stops s
        where s.released_at is null and s.user_id is not distinct from who;
end
$$;

-- What was spent, a line per order. Everything that reads costs looks here.
create view spending_lines as
select o.call_key as line, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       case when o.medium = 'text' then 'llm' when o.medium in ('voice', 'music') then 'audio' else o.medium end as kind,
       -- Lines of a shot are called `2A/1`, what belongs to no shot has a word for a name.
       case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end as shot,
       o.provider, o.model, o.state as status, o.price_edition, o.intent_at as at,
       o.cost_quoted as quoted, o.cost_reserved as reserved, o.cost_actual as billed, o.cost_refunded as refunded,
       o.cost_unknown as unknown
from orders o join productions p using (production_id);

-- Somebody spent much more than they use to. One row for each time.
create table spending_alerts (
    alert_id bigint generated always as identity primary key,
    user_id text not null,
    raised_at timestamptz not null,
    -- What was spent in the window before, what a day on which this user spends comes to, and what was too much.
    spent_micros bigint not null,
    usual_micros bigint not null,
    limit_micros bigint not null
);
create index spending_alerts_user on spending_alerts (user_id, raised_at desc);

-- Raise what is due at this moment; the rows are new. One at a time: whoever looks meanwhile finds nothing, and
-- whoever comes later sees them.
create function greenlight_raise_alerts(
    moment timestamptz, window_hours integer, history_days integer, times numeric, floor_micros bigint,
    rest_hours integer
) returns setof spending_alerts language plpgsql volatile as $$
begin
    if not pg_try_advisory_xact_lock(7102011204) then
        return;
    end if;
    return query
        insert into spending_alerts (user_id, raised_at, spent_micros, usual_micros, limit_micros)
        select u.user_id, moment, recent.spent, usual.micros, greatest(floor_micros, (usual.micros * times)::bigint)
        from users u
        cross join lateral (
            select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0)::bigint as spent
            from orders o
            where o.user_id = u.user_id and o.intent_at > moment - make_interval(hours => window_hours)
              and o.intent_at <= moment
        ) recent
        cross join lateral (
            -- Days on which nothing was spent say nothing of how much is usual.
            select coalesce(sum(day.micros) / nullif(count(*), 0), 0)::bigint as micros
            from (
                select sum(o.cost_reserved + o.cost_actual + o.cost_unknown) as micros
                from orders o
                where recent.spent > floor_micros and o.user_id = u.user_id
                  and o.intent_at > moment - make_interval(hours => window_hours, days => history_days)
                  and o.intent_at <= moment - make_interval(hours => window_hours)
                group by ceil(extract(epoch from moment - o.intent_at) / 86400)
                having sum(o.cost_reserved + o.cost_actual + o.cost_unknown) > 0
            ) day
        ) usual
        where recent.spent > greatest(floor_micros, (usual.micros * times)::bigint)
          and not exists (
            select from spending_alerts a
            where a.user_id = u.user_id and a.raised_at > moment - make_interval(hours => rest_hours))
        returning *;
end
$$;
