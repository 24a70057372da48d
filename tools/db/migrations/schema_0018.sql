-- A production that is a draft buys nothing of the final tier, whoever plans, routes or asks.

-- Why this model may not be reserved for, or null. `tier` is the model's own: draft, final, or any; a request that
-- does not say counts as final.
create function greenlight_above_tier(context jsonb, tier text, model text) returns jsonb
language sql immutable as $$
    select jsonb_build_object('reason', 'premium_in_draft', 'model', model)
    where context->>'tier' = 'draft' and coalesce(tier, 'final') not in ('draft', 'any')
$$;

-- As in schema 0014, and the tier comes first.
create or replace function greenlight_begin_text(call jsonb) returns jsonb language plpgsql as $$
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
    refused := coalesce(
        greenlight_above_tier(production.context, call->>'call_tier', call->>'call_model'),
        greenlight_text_refused(production, needs, (call->>'allowance')::bigint, (call->>'day_budget')::bigint));
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
