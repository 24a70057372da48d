-- A request to a language model that belongs to no production: `greenlight doctor --provider` asks a vendor once. It is
-- reserved, booked and settled by the same functions as all text, for a user alone.

alter table orders alter column production_id drop not null;
alter table orders add constraint orders_production check (production_id is not null or kind = 'text');
comment on column orders.production_id is 'Null where a user asks a language model outside any production.';
create index orders_alone on orders (user_id) where production_id is null;
-- What is of unknown price is a figure that monitors read every few seconds.
create index orders_unknown on orders (provider, medium) where cost_unknown > 0;

-- Whose money a text request is: its production's, whose row is locked, or (without one) a user's own. Null says that
-- the production is gone, or that somebody else works for it.
create function greenlight_text_payer(call jsonb) returns productions language plpgsql as $$
declare
    payer productions%rowtype;
begin
    if call->>'production_id' is null then
        payer.user_id := call->>'user_id';
        payer.epoch := 0;
        return payer;
    end if;
    select * into payer from productions
    where production_id = (call->>'production_id')::uuid for no key update;
    -- Without an epoch nobody drives: a talk beside the production, whose turn has a key of its own.
    if payer.epoch <> coalesce((call->>'epoch')::bigint, payer.epoch) then
        return null;
    end if;
    return payer;
end $$;

-- Why a user may not reserve so much outside any production, or null: the stop and the budget of the day hold for it as
-- for all money; a ceiling, an allowance and a credit are a production's.
create function greenlight_alone_refused(who text, needs bigint, default_day_budget bigint) returns jsonb
language plpgsql volatile as $$
declare
    -- It leaves right after this: whoever stops spending waits for those who have got so far.
    stopped jsonb := greenlight_may_post(who);
    budget bigint;
    committed bigint;
begin
    if stopped is not null then
        return stopped || jsonb_build_object('needed_micros', needs);
    end if;
    select coalesce((select r.day_budget_micros from spending_rules r where r.user_id = who), default_day_budget)
    into budget;
    if budget is null then
        return null;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('day budget ' || who, 0));
    committed := greenlight_day_spent(who, now());
    if committed + needs > budget then
        return jsonb_build_object('reason', 'day_budget', 'budget_micros', budget, 'committed_micros', committed,
                                  'needed_micros', needs, 'day', (now() at time zone 'UTC')::date);
    end if;
    return null;
end $$;

-- No epoch tells that the sender of such a request is dead, but none of them waits for an answer for so long.
create function greenlight_close_alone(who text) returns void language sql as $$
    select greenlight_end_text(o.call_key, null)
    from orders o
    where o.production_id is null and o.user_id = who and o.cost_reserved > 0
      and o.intent_at < clock_timestamp() - interval '1 hour'
$$;

create or replace function greenlight_text_refused(
    production productions, needs bigint, allowance bigint, day_budget bigint
) returns jsonb language plpgsql as $$
declare
    committed bigint;
begin
    if needs = 0 then
        return null;
    end if;
    if production.production_id is null then
        return greenlight_alone_refused(production.user_id, needs, day_budget);
    end if;
    select coalesce(sum(cost_reserved + cost_actual + cost_unknown), 0) into committed
    from orders where production_id = production.production_id and kind = 'text';
    if committed + needs > allowance then
        return jsonb_build_object(
            'reason', 'allowance', 'allowance_micros', allowance, 'committed_micros', committed, 'needed_micros', needs);
    end if;
    -- It leaves right after this: whoever stops spending waits for those who have got so far.
    return coalesce(
        greenlight_may_post(production.user_id),
        greenlight_may_spend(production.production_id, needs, day_budget));
end $$;

create or replace function greenlight_finish_text(call jsonb) returns jsonb language plpgsql as $$
declare
    production productions%rowtype := greenlight_text_payer(call);
    placed orders%rowtype;
begin
    if production.user_id is null then
        return jsonb_build_object('lost', true);
    end if;
    perform greenlight_end_text(call->>'call_key', call->'last');
    perform greenlight_write_text(production, call);
    update orders set
        state = call->>'state', result = coalesce(nullif(call->'result', 'null'), result), done_at = clock_timestamp(),
        owner_epoch = production.epoch, error_kind = call->>'error_kind', error_detail = call->>'error_detail',
        degraded = coalesce((call->>'degraded')::boolean, false)
    where call_key = call->>'call_key' and state <> 'done'
    returning * into placed;
    if not found then
        select * into placed from orders where call_key = call->>'call_key';
    end if;
    return jsonb_build_object('order', to_jsonb(placed));
end $$;

-- Whoever asked has gone: book the last request; the order itself stays as it is, for whoever asks again. A talk that
-- was broken off is booked, too, which has no epoch.
create function greenlight_leave_text(call jsonb) returns jsonb language plpgsql as $$
declare
    production productions%rowtype := greenlight_text_payer(call);
begin
    if production.user_id is null then
        return jsonb_build_object('lost', true);
    end if;
    perform greenlight_end_text(call->>'call_key', call->'last');
    return (select jsonb_build_object('order', to_jsonb(o)) from orders o where o.call_key = call->>'call_key');
end $$;
