-- What a person had sent once more is approved by that, until it has been sent.

-- As in schema 0023, and beside what was approved counts what a person granted when they said of a parked order that it
-- never arrived (`granted_micros` of its `settled`): as much of it as is still booked as unknown for the request that
-- was lost. So an order that could not leave yet (its service is left alone, the provider was too busy) is not asked
-- about twice, and what is billed for it uses the approval up as ever.
create or replace function greenlight_unapproved_again(key text, needs bigint) returns jsonb
language plpgsql volatile as $$
declare
    placed orders%rowtype;
    approved approved_calls%rowtype;
    spent bigint;
    before_quote bigint;
    granted bigint;
begin
    select * into placed from orders where call_key = key;
    if coalesce(needs, 0) <= 0 or placed.kind <> 'engine' then
        return null;
    end if;
    granted := least(coalesce((placed.settled->>'granted_micros')::bigint, 0), placed.cost_unknown);
    select a.* into approved from approved_calls a
    where a.production_id = placed.production_id and a.stage = placed.stage and a.item = placed.item
    order by a.approved_at <= placed.intent_at desc, a.approved_at desc, a.approval_id desc limit 1;
    if approved.approval_id is not null then
        select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into spent
        from orders o
        where o.production_id = placed.production_id and o.stage = placed.stage and o.item = placed.item
          and o.kind = 'engine' and (o.intent_at >= approved.approved_at or o.call_key = key);
        if (approved.approved_at <= placed.intent_at or placed.paid = any(approved.digests))
           and spent + needs <= approved.ceiling_micros + granted then
            return null;
        end if;
    else
        select coalesce((p.context->>'preproduction_usd')::numeric, 0) * 1000000 into before_quote
        from productions p where p.production_id = placed.production_id;
        select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into spent
        from orders o where o.production_id = placed.production_id and o.kind = 'engine';
        if spent + needs <= before_quote + granted then
            return null;
        end if;
    end if;
    return jsonb_build_object(
        'reason', 'approval_spent', 'stage', placed.stage, 'item', placed.item, 'needed_micros', needs,
        'approved_micros', coalesce(approved.ceiling_micros, 0), 'quote_id', approved.quote_id);
end $$;
