-- Every request says whose it is, so that what was spent in a time is found by the moments at which requests left.

-- Whose an order is.
create function greenlight_owner_of(key text) returns text language plpgsql as $$
begin
    return (select user_id from orders where call_key = key);
end $$;

-- The table is written anew in one go, and is neither read nor written meanwhile (access exclusive): ten seconds for a million
-- requests. Updated in place it would be twice as long and leave the table twice as big.
alter table order_attempts add column user_id text;
alter table order_attempts
    alter column user_id type text using greenlight_owner_of(call_key),
    alter column user_id set not null;
comment on column order_attempts.user_id is 'As its order says, whoever writes it.';
-- Of requests whose costs are told: a job at an engine costs what its order says.
create index order_attempts_told on order_attempts (user_id, posted_at) where model <> '';

create function greenlight_attempt_owner() returns trigger language plpgsql as $$
begin
    new.user_id := greenlight_owner_of(new.call_key);
    return new;
end $$;
create trigger order_attempts_owner before insert on order_attempts for each row
    execute function greenlight_attempt_owner();

-- What this place let go for a user from a moment on, and when: an order where it was last reserved for, and of text
-- each request where it left. Text orders from before schema 0014 tell nothing of their requests.
create or replace function greenlight_spent_since(who text, since timestamptz) returns table (at timestamptz, micros bigint)
language sql stable as $$
    select coalesce(o.spent_more_at, o.intent_at),
           o.cost_reserved + o.cost_actual + o.cost_unknown - coalesce(o.imported_micros, 0)
    from orders o
    where o.user_id = who and coalesce(o.spent_more_at, o.intent_at) >= since
      and (o.kind <> 'text' or not exists (
          select from order_attempts a where a.call_key = o.call_key and a.model <> '' offset 0))
    union all
    select a.posted_at, coalesce(a.cost, a.reserved)
    from order_attempts a
    where a.user_id = who and a.posted_at >= since and a.model <> '' and not a.imported
$$;

-- What counts against the budget of a day (UTC), in all productions.
create or replace function greenlight_day_spent(who text, moment timestamptz) returns bigint language sql stable as $$
    select coalesce(sum(s.micros), 0)::bigint
    from greenlight_spent_since(who, date_trunc('day', moment, 'UTC')) s
    where s.at < date_trunc('day', moment, 'UTC') + interval '24 hours'
$$;

-- A line per order, and of text a line per request, wherever the requests are told; each says where it was paid.
-- As in schema 0014, with what belongs to no production, the order of each line, its medium, and whether the order ended
-- with it: a question may be asked at several providers, and one of them answered it.
-- A request is found by its user and its moment, and whether an order tells of any is looked up order by order (`offset 0`):
-- neither one user's costs nor those of a day read everybody's.
create or replace view spending_lines as
select o.call_key as line, o.production_id, p.novela_id, o.user_id, o.stage, o.item, o.cause, o.take_number,
       case when o.medium = 'text' then 'llm' when o.medium in ('voice', 'music') then 'audio' else o.medium end as kind,
       case when o.item ~ '^[0-9]+[A-Z]' then split_part(o.item, '/', 1) else '' end as shot,
       o.provider, o.model, o.state as status, o.price_edition, coalesce(o.spent_more_at, o.intent_at) as at,
       o.cost_quoted as quoted, o.cost_reserved as reserved, o.cost_actual as billed, o.cost_refunded as refunded,
       o.cost_unknown as unknown, o.call_key, o.medium, true as is_last,
       case when o.cost_reserved + o.cost_actual + o.cost_unknown <= o.imported_micros
            then 'archive' else 'here' end as origin
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
       case when a.imported then 'archive' else 'here' end
from order_attempts a join orders o using (call_key) left join productions p using (production_id)
where o.kind = 'text' and a.model <> '';
