-- An approval is the last word on its stage and item, and what a branch waits for was approved where it was sent.

-- The digest of everything about the order that is paid, as it was when it was placed.
alter table orders add column paid text not null default '';

-- As in schema 0015, but only what nobody ever approved in this production may fall under the ceiling that was set for
-- before the big quote: a changed call is asked about again, however much of that ceiling is left.
create or replace function greenlight_unapproved(
    production uuid, at_stage text, for_item text, paid text, needs bigint
) returns jsonb language plpgsql volatile as $$
declare
    approved approved_calls%rowtype;
    spent bigint;
    before_quote bigint;
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
        return jsonb_build_object(
            'reason', case when paid = any(approved.digests) then 'approval_spent' else 'quote_changed' end,
            'stage', at_stage, 'item', for_item, 'needed_micros', needs,
            'approved_micros', approved.ceiling_micros, 'quote_id', approved.quote_id);
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
    return jsonb_build_object('reason', 'not_approved', 'stage', at_stage, 'item', for_item, 'needed_micros', needs,
                              'approved_micros', null, 'quote_id', null);
end $$;

-- As in schema 0017, with the same rule: where its stage and item was ever approved, that counts. What was bought before
-- the big quote and approved later must be what was approved then, and is counted with it.
create or replace function greenlight_unapproved_again(key text, needs bigint) returns jsonb
language plpgsql volatile as $$
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
    order by a.approved_at <= placed.intent_at desc, a.approved_at desc, a.approval_id desc limit 1;
    if approved.approval_id is not null then
        select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into spent
        from orders o
        where o.production_id = placed.production_id and o.stage = placed.stage and o.item = placed.item
          and o.kind = 'engine' and (o.intent_at >= approved.approved_at or o.call_key = key);
        if (approved.approved_at <= placed.intent_at or placed.paid = any(approved.digests))
           and spent + needs <= approved.ceiling_micros then
            return null;
        end if;
    else
        select coalesce((p.context->>'preproduction_usd')::numeric, 0) * 1000000 into before_quote
        from productions p where p.production_id = placed.production_id;
        select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0) into spent
        from orders o where o.production_id = placed.production_id and o.kind = 'engine';
        if spent + needs <= before_quote then
            return null;
        end if;
    end if;
    return jsonb_build_object(
        'reason', 'approval_spent', 'stage', placed.stage, 'item', placed.item, 'needed_micros', needs,
        'approved_micros', coalesce(approved.ceiling_micros, 0), 'quote_id', approved.quote_id);
end $$;

-- Whether this very order, at this price or more, was sent in a production that this one branched from: nobody asks in
-- the branch any more, because it begins behind the answer.
create function greenlight_sent_before(
    production uuid, sent_as text, at_stage text, for_item text, hash text, needs bigint
) returns boolean language sql stable as $$
    with recursive line as (
        select p.parent_production_id as production_id, p.user_id, 1 as depth
        from productions p where p.production_id = production
        union all
        select p.parent_production_id, line.user_id, line.depth + 1
        from line join productions p using (production_id)
        where line.depth < 100
    )
    select exists (
        select from orders o join line on line.production_id = o.production_id and line.user_id = o.user_id
        where o.call_key = sent_as and o.stage = at_stage and o.item = for_item and o.request_hash = hash
          and o.attempt > 0 and o.cost_quoted >= needs)
$$;
