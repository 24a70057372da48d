-- Another attempt of an order needs its approval, too.

-- Why one more attempt of an order may not be bought, or null: it was approved once. What its earlier attempts were
-- billed for counts against what was approved by then, or against the ceiling that was set for before the big quote.
create function greenlight_unapproved_again(key text, needs bigint) returns jsonb language plpgsql volatile as $$
declare
    placed orders%rowtype;
    approved approved_calls%rowtype;
    spent bigint;
    before_quote bigint;
begin
    select * into placed from orders where call_key = key;
    if coalesce(needs, 0) <= 0 or placed.kind <> 'engine' then
        return null;
    end if;
    select a.* into approved from approved_calls a
    where a.production_id = placed.production_id and a.stage = placed.stage and a.item = placed.item
      and a.approved_at <= placed.intent_at
    order by a.approved_at desc, a.approval_id desc limit 1;
    if approved.approval_id is not null then
        select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into spent
        from orders o
        where o.production_id = placed.production_id and o.stage = placed.stage and o.item = placed.item
          and o.kind = 'engine' and o.intent_at >= approved.approved_at;
        if spent + needs <= approved.ceiling_micros then
            return null;
        end if;
    end if;
    select coalesce((p.context->>'preproduction_usd')::numeric, 0) * 1000000 into before_quote
    from productions p where p.production_id = placed.production_id;
    select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into spent
    from orders o where o.production_id = placed.production_id and o.kind = 'engine';
    if spent + needs <= before_quote then
        return null;
    end if;
    return jsonb_build_object(
        'reason', 'approval_spent', 'stage', placed.stage, 'item', placed.item, 'needed_micros', needs,
        'approved_micros', coalesce(approved.ceiling_micros, 0), 'quote_id', approved.quote_id);
end $$;
