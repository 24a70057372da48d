-- What a person decided about a parked order, and whether the jobs of a production that ended early were stopped.

-- {"attempt", "decision", "external_id", "by", "at"}: of the attempt that was parked last. The same again is known by it.
alter table orders add column settled jsonb;

-- A job of a cancelled or deleted production is stopped at its provider: when it was told so, how often that was tried under
-- this epoch of the production, and before when nobody tries again.
alter table orders
    add column cancel_told_at timestamptz,
    add column cancel_epoch bigint,
    add column cancel_tries integer not null default 0,
    add column cancel_not_before timestamptz;

-- Whether a stop of spending stops paid jobs at providers, too. Otherwise they are fetched.
alter table spending_stops add column stops_jobs boolean not null default false;

-- Another job of the same order has not been stopped.
create function greenlight_another_job() returns trigger language plpgsql as $$
begin
    new.cancel_told_at := null;
    new.cancel_epoch := null;
    new.cancel_tries := 0;
    new.cancel_not_before := null;
    return new;
end $$;
create trigger orders_another_job before update of external_id on orders for each row
    when (new.external_id is distinct from old.external_id) execute function greenlight_another_job();
