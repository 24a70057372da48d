-- Text calls: each request to a model is reserved and booked for itself, in one statement.

alter table order_attempts
    add column model text not null default '',
    add column reserved bigint not null default 0,
    add column cost bigint,
    add column prompt_tokens integer,
    add column cached_tokens integer,
    add column completion_tokens integer,
    add column reasoning_tokens integer,
    add column estimated boolean not null default false;
comment on column order_attempts.cost is 'Micro-dollars of one text request; null while nobody knows.';

-- Close the last request of a text order: what it took is billed; where nobody knows, what was reserved for
-- it counts as unknown. `last` is what its sender says of it; without (the sender died) nobody knows.
create function greenlight_end_text(key text, last jsonb) returns void language plpgsql as $$
declare
    sent order_attempts%rowtype;
    spent bigint := (last->>'cost')::bigint;
begin
    select a.* into sent from orders o
    join order_attempts a on a.call_key = o.call_key and a.number = o.attempt
    where o.call_key = key and o.kind = 'text' and a.outcome = 'sent'
    for update of a;
    if not found then
        return;
    end if;
    update order_attempts set
        outcome = coalesce(last->>'outcome', 'lost'), detail = coalesce(last->>'detail', ''),
        ended_at = clock_timestamp(), cost = spent,
        prompt_tokens = (last->'usage'->>'prompt_tokens')::int,
        cached_tokens = (last->'usage'->>'cached_tokens')::int,
        completion_tokens = (last->'usage'->>'completion_tokens')::int,
        reasoning_tokens = (last->'usage'->>'reasoning_tokens')::int,
        estimated = coalesce((last->'usage'->>'estimated')::boolean, false)
    where attempt_id = sent.attempt_id;
    update orders set
        cost_reserved = greatest(0, cost_reserved - sent.reserved),
        cost_actual = cost_actual + coalesce(spent, 0),
        cost_unknown = cost_unknown + case when spent is null then sent.reserved else 0 end
    where call_key = key;
end $$;

create function greenlight_next_take(production uuid, at_stage text, for_item text) returns integer language sql as $$
    select 1 + coalesce(max(take_number), 0) from orders
    where production_id = production and stage = at_stage and item = for_item
$$;

create function greenlight_write_text(production productions, call jsonb) returns void language sql as $$
    insert into orders (
        call_key, production_id, user_id, kind, stage, item, cause, take_number, medium, provider, model,
        request, request_hash, owner_epoch, webhook_token, price_edition, prompt_digest
    ) values (
        call->>'call_key', production.production_id, production.user_id, 'text', call->>'stage',
        call->>'item', call->>'cause',
        greenlight_next_take(production.production_id, call->>'stage', call->>'item'),
        'text', call->>'provider', call->>'model', call->'request', call->>'request_hash', production.epoch,
        call->>'webhook_token', call->>'price_edition', coalesce(call->>'prompt_digest', '')
    ) on conflict (call_key) do nothing
$$;

-- Why a text request may not be sent, or null: the production's allowance for text, then what holds for all money.
create function greenlight_text_refused(
    production productions, needs bigint, allowance bigint, day_budget bigint
) returns jsonb language plpgsql as $$
declare
    committed bigint;
begin
    if needs = 0 then
        return null;
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

-- Whether the reservation that was just written is the one that reaches half of a limit, or all of it.
create function greenlight_is_news(production productions, needs bigint, default_day_budget bigint) returns boolean
language plpgsql as $$
declare
    committed bigint;
    budget bigint;
begin
    if needs = 0 then
        return false;
    end if;
    select coalesce(sum(cost_reserved + cost_actual + cost_unknown), 0) into committed
    from orders where production_id = production.production_id;
    if greenlight_reaches(committed, needs, production.ceiling_micros) then
        return true;
    end if;
    select coalesce((select r.day_budget_micros from spending_rules r where r.user_id = production.user_id),
                    default_day_budget) into budget;
    return budget is not null
        and greenlight_reaches(greenlight_day_spent(production.user_id, now()), needs, budget);
end $$;

create function greenlight_reaches(committed bigint, by_this bigint, whole bigint) returns boolean
language sql immutable as $$
    select (committed * 2 >= whole and (committed - by_this) * 2 < whole)
        or (committed >= whole and committed - by_this < whole)
$$;

-- Reserve one request of a text order before it is sent; the order is written with its first one. The function
-- is volatile: what it reads after the production's lock was committed by whoever held that before.
create function greenlight_begin_text(call jsonb) returns jsonb language plpgsql as $$
declare
    production productions%rowtype;
    placed orders%rowtype;
    needs bigint := (call->>'reserve')::bigint;
    refused jsonb;
begin
    select * into production from productions
    where production_id = (call->>'production_id')::uuid for no key update;
    -- Without an epoch nobody drives: a talk beside the production, whose turn has a key of its own.
    if not found or production.epoch <> coalesce((call->>'epoch')::bigint, production.epoch) then
        return jsonb_build_object('lost', true);
    end if;
    perform greenlight_end_text(call->>'call_key', call->'last');
    select * into placed from orders where call_key = call->>'call_key';
    if placed.state = 'done' then
        return jsonb_build_object('order', to_jsonb(placed));
    end if;
    refused := greenlight_text_refused(
        production, needs, (call->>'allowance')::bigint, (call->>'day_budget')::bigint);
    if refused is not null then
        return jsonb_build_object('refused', refused);
    end if;
    if placed.call_key is null then
        perform greenlight_write_text(production, call);
    end if;
    update orders set
        state = 'intent', attempt = attempt + 1, owner_epoch = production.epoch, done_at = null,
        error_kind = null, error_detail = null,
        cost_quoted = greatest(cost_quoted, needs), cost_reserved = cost_reserved + needs
    where call_key = call->>'call_key'
    returning * into placed;
    insert into order_attempts (call_key, number, epoch, provider, model, reserved)
    values (placed.call_key, placed.attempt, production.epoch, call->>'call_provider', call->>'call_model', needs);
    return jsonb_build_object('order', to_jsonb(placed),
                              'warn', greenlight_is_news(production, needs, (call->>'day_budget')::bigint));
end $$;

-- End a text order: with its answer, or with what went wrong. What asked nobody for money is written here first.
create function greenlight_finish_text(call jsonb) returns jsonb language plpgsql as $$
declare
    production productions%rowtype;
    placed orders%rowtype;
begin
    select * into production from productions
    where production_id = (call->>'production_id')::uuid for no key update;
    -- Without an epoch nobody drives: a talk beside the production, whose turn has a key of its own.
    if not found or production.epoch <> coalesce((call->>'epoch')::bigint, production.epoch) then
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

-- A line per order, and of text a line per request: each has a model of its own and is billed for itself.
create or replace view spending_lines as
select o.call_key as line, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       case when o.medium = 'text' then 'llm' when o.medium in ('voice', 'music') then 'audio' else o.medium end as kind,
       case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end as shot,
       o.provider, o.model, o.state as status, o.price_edition, o.intent_at as at,
       o.cost_quoted as quoted, o.cost_reserved as reserved, o.cost_actual as billed, o.cost_refunded as refunded,
       o.cost_unknown as unknown
from orders o join productions p using (production_id)
where o.kind <> 'text' or not exists (select from order_attempts a where a.call_key = o.call_key)
union all
select a.call_key || '#' || a.number, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       'llm', case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end,
       a.provider, coalesce(nullif(a.model, ''), o.model), o.state, o.price_edition, a.posted_at,
       a.reserved, case when a.outcome = 'sent' then a.reserved else 0 end, coalesce(a.cost, 0), 0::bigint,
       case when a.cost is null and a.outcome <> 'sent' then a.reserved else 0 end
from orders o join productions p using (production_id) join order_attempts a using (call_key)
where o.kind = 'text';

-- Somebody has looked an unknown request up on the vendor's bill: what it really cost, perhaps nothing.
create function greenlight_settle_text(key text, which integer, spent bigint) returns bigint
language plpgsql as $$
declare
    was bigint;
begin
    select a.reserved into was from order_attempts a join orders o using (call_key)
    where a.call_key = key and a.number = which and o.kind = 'text' and a.cost is null and a.outcome <> 'sent'
    for update of a;
    if not found then
        return null;
    end if;
    update order_attempts set cost = spent where call_key = key and number = which;
    update orders set cost_unknown = greatest(0, cost_unknown - was), cost_actual = cost_actual + spent
    where call_key = key;
    return was;
end $$;
