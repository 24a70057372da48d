-- Text that is on its way: found at once, counted by a stop, and everywhere the provider's that was really asked.

-- Few at any time; the others are looked for by their order.
create index order_attempts_sent on order_attempts (posted_at) where outcome = 'sent';

-- As in schema 0013; a question has no deadline for its sending, it is on its way while its last request is.
create or replace function greenlight_stop_spending(who text, asked_by text, why text) returns setof spending_stops
language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock(7102011203);
    insert into spending_stops (user_id, reason, stopped_by, stopped_at, on_their_way, at_providers)
    select who, why, asked_by, clock_timestamp(),
           count(*) filter (where o.state = 'intent'), count(*) filter (where o.state = 'submitted')
    from orders o
    where (who is null or o.user_id = who) and o.cost_reserved > 0
      and (o.state = 'submitted' or o.state = 'intent' and (
          o.submit_deadline > clock_timestamp()
          or o.kind = 'text' and exists (
              select from order_attempts a
              where a.call_key = o.call_key and a.number = o.attempt and a.outcome = 'sent' and a.reserved > 0)))
    on conflict do nothing;
    return query select s.* from spending_stops s
        where s.released_at is null and s.user_id is not distinct from who;
end
$$;

-- As in schema 0014, and of each line its order, its medium, and whether the order ended with it: a question may be
-- asked at several providers, and one of them answered it.
create or replace view spending_lines as
select o.call_key as line, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       case when o.medium = 'text' then 'llm' when o.medium in ('voice', 'music') then 'audio' else o.medium end as kind,
       case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end as shot,
       o.provider, o.model, o.state as status, o.price_edition, o.intent_at as at,
       o.cost_quoted as quoted, o.cost_reserved as reserved, o.cost_actual as billed, o.cost_refunded as refunded,
       o.cost_unknown as unknown, o.call_key, o.medium, true as is_last
from orders o left join productions p using (production_id)
where o.kind <> 'text' or not exists (select from order_attempts a where a.call_key = o.call_key)
union all
select a.call_key || '#' || a.number, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       'llm', case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end,
       a.provider, coalesce(nullif(a.model, ''), o.model), o.state, o.price_edition, a.posted_at,
       a.reserved, case when a.outcome = 'sent' then a.reserved else 0 end, coalesce(a.cost, 0), 0::bigint,
       case when a.cost is null and a.outcome <> 'sent' then a.reserved else 0 end,
       o.call_key, o.medium, a.number = o.attempt
from orders o left join productions p using (production_id) join order_attempts a using (call_key)
where o.kind = 'text';
