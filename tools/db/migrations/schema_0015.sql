-- What a person has approved, call by call: without it nothing that has a price is bought.

create table approved_calls (
    approval_id bigint generated always as identity primary key,
    production_id uuid not null references productions on delete cascade,
    quote_id text not null,
    stage text not null,
    item text not null,
    -- Digests of everything about the call that is paid: of the call itself, then of its fallbacks.
    digests text[] not null,
    -- The dearest of them: orders of this stage and item may cost so much in all from here on.
    ceiling_micros bigint not null check (ceiling_micros >= 0),
    -- The task whose answer approved it, so that a node that runs again approves nothing twice.
    cause text not null,
    approved_at timestamptz not null default clock_timestamp(),
    unique (production_id, quote_id, stage, item, cause)
);
create index approved_calls_item on approved_calls (production_id, stage, item, approved_at desc);

-- Why this call may not be bought, or null: the newest approval of its stage and item must know what is paid and
-- have so much left; what nobody approved may fall under the ceiling that was set for before the big quote.
create function greenlight_unapproved(production uuid, at_stage text, for_item text, paid text, needs bigint)
returns jsonb language plpgsql volatile as $$
declare
    approved approved_calls%rowtype;
    spent bigint;
    before_quote bigint;
    why text := 'not_approved';
begin
    if coalesce(needs, 0) <= 0 then
        return null;
    end if;
    select a.* into approved from approved_calls a
    where a.production_id = production and a.stage = at_stage and a.item = for_item
    order by a.approved_at desc, a.approval_id desc limit 1;
    if approved.approval_id is not null then
        select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into spent
        from orders o
        where o.production_id = production and o.stage = at_stage and o.item = for_item and o.kind = 'engine'
          and o.intent_at >= approved.approved_at;
        if paid = any(approved.digests) and spent + needs <= approved.ceiling_micros then
            return null;
        end if;
        why := case when paid = any(approved.digests) then 'approval_spent' else 'quote_changed' end;
    end if;
    select coalesce((p.context->>'preproduction_usd')::numeric, 0) * 1000000 into before_quote
    from productions p where p.production_id = production;
    if before_quote > 0 then
        select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into spent
        from orders o where o.production_id = production and o.kind = 'engine';
        if spent + needs <= before_quote then
            return null;
        end if;
    end if;
    return jsonb_build_object('reason', why, 'stage', at_stage, 'item', for_item, 'needed_micros', needs,
                              'approved_micros', approved.ceiling_micros, 'quote_id', approved.quote_id);
end $$;
