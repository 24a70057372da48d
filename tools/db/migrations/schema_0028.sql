-- An equal request of the same user is answered by what was made for it before, and the books say so.

alter table orders add column spared_micros bigint not null default 0;
comment on column orders.spared_micros is 'What it would have cost, where a stored result of the same user answered it.';

-- What may answer another order: by its user and the digest of its request. What cost nothing is no part of it, so that
-- drawing offline writes nothing here.
create index orders_results on orders (user_id, request_hash)
    where state = 'done' and kind = 'engine' and cost_quoted > 0;

-- As in schema 0024; a line that a stored result answered says so in its status, and what it spared.
create or replace view spending_lines as
select o.call_key as line, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       case when o.medium = 'text' then 'llm' when o.medium in ('voice', 'music') then 'audio' else o.medium end as kind,
       case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end as shot,
       o.provider, o.model, case when o.spared_micros > 0 then 'from_cache' else o.state end as status,
       o.price_edition, coalesce(o.spent_more_at, o.intent_at) as at,
       o.cost_quoted as quoted, o.cost_reserved as reserved, o.cost_actual as billed, o.cost_refunded as refunded,
       o.cost_unknown as unknown, o.call_key, o.medium, true as is_last,
       case when o.cost_reserved + o.cost_actual + o.cost_unknown <= o.imported_micros
            then 'archive' else 'here' end as origin, o.spared_micros as spared
from orders o left join productions p using (production_id)
where o.kind <> 'text' or not exists (
    select from order_attempts a where a.call_key = o.call_key and a.model <> '' offset 0)
union all
select a.call_key || '#' || a.number, o.production_id, p.novela_id, a.user_id, o.stage, o.item, o.cause, o.take_number,
       'llm', case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end,
       a.provider, a.model, o.state, o.price_edition, a.posted_at,
       a.reserved, case when a.outcome = 'sent' then a.reserved else 0 end, coalesce(a.cost, 0), 0::bigint,
       case when a.cost is null and a.outcome <> 'sent' then a.reserved else 0 end,
       o.call_key, o.medium, a.number = o.attempt,
       case when a.imported then 'archive' else 'here' end, 0::bigint
from order_attempts a join orders o using (call_key) left join productions p using (production_id)
where o.kind = 'text' and a.model <> '';
