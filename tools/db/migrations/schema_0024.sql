-- Every request says whose it is, so that what was spent in a time is found by the moments at which requests left; and
-- a text request is begun by one function, which says whose key it leaves with as it writes the request. An order says
-- whether an archive brought it unfinished.

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

-- What came in an archive and was not done: the other place reserved for it, at a price of its own.
alter table orders add column elsewhere boolean not null default false;
comment on column orders.elsewhere is 'It came in an archive: nothing is sent for it before it was claimed anew here.';
-- Those that were sent from here since are this place's own.
update orders o set elsewhere = true
where o.imported_micros is not null and o.state <> 'done'
  and not exists (select from order_attempts a where a.call_key = o.call_key and not a.imported);

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

-- As in schema 0014; with a request that belongs to no production, the tier of the model, and whose key it leaves with.
drop function if exists greenlight_begin_keyed_text(jsonb);
create or replace function greenlight_begin_text(call jsonb) returns jsonb language plpgsql as $$
declare
    production productions%rowtype := greenlight_text_payer(call);
    placed orders%rowtype;
    needs bigint := (call->>'reserve')::bigint;
    refused jsonb;
begin
    if production.user_id is null then
        return jsonb_build_object('lost', true);
    end if;
    if production.production_id is null then
        perform greenlight_close_alone(production.user_id);
    end if;
    perform greenlight_end_text(call->>'call_key', call->'last');
    select * into placed from orders where call_key = call->>'call_key';
    if placed.state = 'done' then
        return jsonb_build_object('order', to_jsonb(placed));
    end if;
    -- Without a production there is no context, and no tier.
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
    insert into order_attempts (call_key, number, epoch, provider, model, reserved, own_key)
    values (placed.call_key, placed.attempt, production.epoch, call->>'call_provider', call->>'call_model', needs,
            coalesce((call->>'own_key')::boolean, false));
    return jsonb_build_object(
        'order', to_jsonb(placed),
        'warn', production.production_id is not null
            and greenlight_is_news(production, needs, (call->>'day_budget')::bigint));
end $$;
