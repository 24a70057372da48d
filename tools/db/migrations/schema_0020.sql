-- Text that is on its way: found at once, and counted by a stop.

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
