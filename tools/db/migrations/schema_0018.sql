-- A production that is a draft buys nothing of the final tier, whoever plans, routes or asks. The claim of an order asks
-- this, and so does the beginning of a text request (schema 0024).

-- Why this model may not be reserved for, or null. `tier` is the model's own: draft, final, or any; a request that
-- does not say counts as final.
create function greenlight_above_tier(context jsonb, tier text, model text) returns jsonb
language sql immutable as $$
    select jsonb_build_object('reason', 'premium_in_draft', 'model', model)
    where context->>'tier' = 'draft' and coalesce(tier, 'final') not in ('draft', 'any')
$$;
