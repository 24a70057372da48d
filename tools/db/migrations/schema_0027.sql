-- Services that fail are left alone, and providers are asked no more than they allow: by all workers together.

-- A breaker has a row only while there is something to know of its service: none is a closed one that never failed, or
-- has been forgotten. All instants are of the database's clock.
create table breakers (
    service text primary key,
    -- The last failures, oldest first; never more than open it.
    failed_at timestamptz[] not null default '{}',
    -- Null is closed.
    opened_at timestamptz,
    -- Whether the last failure was of a job that had been taken: then only a finished job proves that it works again.
    by_job boolean not null default false,
    -- The one order that is let through to see, and until when it may hold the others up.
    trial text,
    trial_until timestamptz,
    check (opened_at is not null or trial is null)
);

-- Whether an order may be sent to a service now: null is yes. Else what it is told: that it is the trial, or when to come
-- back. Of all who ask at once one gets the trial: the row's lock decides, and the condition is looked at behind it.
create function greenlight_let_through(
    named text, key text, rest_s float8, trial_s float8, moment timestamptz default clock_timestamp()
) returns jsonb language plpgsql volatile as $$
declare
    found_breaker breakers%rowtype;
    back timestamptz;
begin
    select * into found_breaker from breakers b where b.service = named;
    if found_breaker.opened_at is null then
        return null;
    end if;
    update breakers b set trial = key, trial_until = moment + make_interval(secs => trial_s)
    where b.service = named
      and (b.trial = key or (moment >= b.opened_at + make_interval(secs => rest_s)
                             and (b.trial is null or b.trial_until <= moment)));
    if found then
        return jsonb_build_object('trial', true);
    end if;
    select * into found_breaker from breakers b where b.service = named;
    if found_breaker.opened_at is null then
        return null;
    end if;
    back := greatest(found_breaker.opened_at + make_interval(secs => rest_s), found_breaker.trial_until);
    return jsonb_build_object('open', true, 'back_in_s', extract(epoch from back - moment));
end $$;

-- One more failure of a service; whether it is open now. While it is open only its trial says anything new: what was sent
-- before it was opened ends as it may.
create function greenlight_service_failed(
    named text, key text, of_job boolean, failures integer, within_s float8,
    moment timestamptz default clock_timestamp()
) returns boolean language plpgsql volatile as $$
declare
    breaker breakers%rowtype;
    recent timestamptz[];
begin
    insert into breakers (service) values (named) on conflict do nothing;
    select * into breaker from breakers b where b.service = named for update;
    if breaker.opened_at is not null then
        update breakers b set opened_at = moment, by_job = of_job, trial = null, trial_until = null
        where b.service = named and b.trial = key;
        return true;
    end if;
    select array_agg(last.at order by last.at) into recent from (
        select one.at from unnest(breaker.failed_at || moment) one(at)
        where one.at >= moment - make_interval(secs => within_s)
        order by one.at desc limit failures
    ) last;
    update breakers b set failed_at = recent, by_job = of_job,
        opened_at = case when cardinality(recent) >= failures then moment end
    where b.service = named;
    return cardinality(recent) >= failures;
end $$;

-- How the trial of a service went otherwise. `accepted`: a job was taken, which proves that it works unless jobs are what
-- died; then the trial goes on until its job ends, and nobody else is let through for as long as that may take.
-- `worked`: a job came to its end. `undecided`: it said nothing about the service, so another may try at once.
create function greenlight_trial_over(named text, key text, verdict text, job_s float8) returns void
language plpgsql volatile as $$
begin
    if verdict = 'undecided' then
        update breakers b set trial = null, trial_until = null where b.service = named and b.trial = key;
    elsif verdict = 'accepted' then
        update breakers b set trial_until = clock_timestamp() + make_interval(secs => job_s)
        where b.service = named and b.trial = key and b.by_job;
        delete from breakers b where b.service = named and b.trial = key and not b.by_job;
    else
        delete from breakers b where b.service = named and b.trial = key;
    end if;
end $$;

-- How fast one account of a provider is asked: tokens that come back with time. While a provider asks to be left alone
-- `counted_at` lies ahead: until then no token comes, and then there is one. Not worth a write-ahead log: a crash of the
-- database forgets a minute.
create unlogged table provider_limits (
    bucket text primary key,
    -- Null is as many as it can hold.
    tokens float8,
    counted_at timestamptz not null default clock_timestamp(),
    -- How often it was closed: who waits for a token that was given out before looks again behind each.
    closes integer not null default 0,
    -- Somebody waits for a job to end, so its end is told.
    wanted_until timestamptz
);

-- Whose account an order is sent with. Whether its job is in flight its own row in the ledger says: this one alone
-- counts nothing, so nothing can leak.
create table order_slots (
    call_key text primary key references orders on delete cascade,
    bucket text not null,
    -- While it is an intent that is about to be sent.
    held_until timestamptz not null,
    -- Its job has ended at the provider, though nobody has collected it yet.
    over_at timestamptz
);
create index order_slots_bucket on order_slots (bucket);

-- Hold one of so many places for jobs of an account: null is that there was one, else the seconds until one is free at
-- the latest. Those who ask do so one at a time; whoever frees a place has told it before, or is waited for.
create function greenlight_take_slot(
    key text, named text, most integer, job_s float8, hold_s float8, moment timestamptz default clock_timestamp()
) returns float8 language plpgsql volatile as $$
declare
    taken integer;
    next_free timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended('slots ' || named, 0));
    select count(*), min(busy.until) into taken, next_free from (
        select case o.state when 'submitted' then o.submitted_at + make_interval(secs => job_s)
                            else s.held_until end as until
        from order_slots s join orders o using (call_key)
        where s.bucket = named and s.call_key <> key and s.over_at is null and o.state in ('intent', 'submitted')
    ) busy where busy.until > moment;
    if taken >= most then
        insert into provider_limits as l (bucket, wanted_until) values (named, next_free)
        on conflict (bucket) do update set wanted_until = greatest(l.wanted_until, next_free);
        return extract(epoch from next_free - moment);
    end if;
    insert into order_slots (call_key, bucket, held_until) values (key, named, moment + make_interval(secs => hold_s))
    on conflict (call_key) do update set bucket = named, held_until = excluded.held_until, over_at = null;
    return null;
end $$;

-- Take a token, or the next that comes: `wait_s` says when it is there, `busy_s` that this is later than one waits for,
-- and that none was taken. Null is at once. `seen` is what `closes` was when it was taken before: nothing is taken again
-- unless the provider has asked to be left alone since. Without a rate only that counts.
create function greenlight_take_token(
    named text, burst float8, a_second float8, most_wait_s float8, seen integer,
    moment timestamptz default clock_timestamp()
) returns jsonb language plpgsql volatile as $$
declare
    bucket_row provider_limits%rowtype;
    held float8;
    wait_s float8;
begin
    if burst is not null then
        insert into provider_limits (bucket, counted_at) values (named, moment) on conflict do nothing;
    end if;
    select * into bucket_row from provider_limits l where l.bucket = named for update;
    if bucket_row.bucket is null or seen = bucket_row.closes then
        return null;
    end if;
    wait_s := greatest(0, extract(epoch from bucket_row.counted_at - moment));
    if burst is not null then
        held := least(burst, coalesce(bucket_row.tokens, burst)
                      + a_second * greatest(0, extract(epoch from moment - bucket_row.counted_at))) - 1;
        wait_s := wait_s + greatest(0, -held) / a_second;
    end if;
    if wait_s > most_wait_s then
        return jsonb_build_object('busy_s', wait_s);
    end if;
    if burst is not null then
        update provider_limits l set tokens = held, counted_at = greatest(l.counted_at, moment) where l.bucket = named;
    end if;
    return case when wait_s > 0 then jsonb_build_object('wait_s', wait_s, 'closes', bucket_row.closes) end;
end $$;

-- The provider asks to be left alone for so long: nobody is let through until then, and then one after the other.
create function greenlight_close_bucket(
    named text, for_s float8, moment timestamptz default clock_timestamp()
) returns void language sql volatile as $$
    insert into provider_limits as l (bucket, tokens, counted_at, closes)
    values (named, 1, moment + make_interval(secs => for_s), 1)
    on conflict (bucket) do update set tokens = 1, counted_at = excluded.counted_at, closes = l.closes + 1
    where l.counted_at < excluded.counted_at
$$;

-- The one question before a request leaves: is its service left alone, is there a place for its job, may it leave now.
create function greenlight_enter(asked jsonb, moment timestamptz default clock_timestamp()) returns jsonb
language plpgsql volatile as $$
declare
    key text := asked->>'key';
    told jsonb := greenlight_let_through(
        asked->>'service', key, (asked->>'rest_s')::float8, (asked->>'trial_s')::float8, moment);
    free_in_s float8;
begin
    if told ? 'open' then
        return told;
    end if;
    if asked->>'in_flight' is not null then
        free_in_s := greenlight_take_slot(key, asked->>'bucket', (asked->>'in_flight')::integer,
                                          (asked->>'job_s')::float8, (asked->>'hold_s')::float8, moment);
        if free_in_s is not null then
            return coalesce(told, '{}') || jsonb_build_object('full', true, 'free_in_s', free_in_s);
        end if;
    end if;
    told := coalesce(told, '{}') || coalesce(greenlight_take_token(
        asked->>'bucket', (asked->>'burst')::float8, (asked->>'a_second')::float8,
        (asked->>'most_wait_s')::float8, (asked->>'seen')::integer, moment), '{}');
    if told ? 'busy_s' then
        update order_slots s set held_until = moment where s.call_key = key;
    end if;
    return nullif(told, '{}');
end $$;

-- Tell whoever waits that there is a place. Shares the lock of those who ask: each of them has either seen the place, or
-- said that it waits for one.
create function greenlight_slot_free(named text) returns void language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock_shared(hashtextextended('slots ' || named, 0));
    if exists (select from provider_limits l where l.bucket = named and l.wanted_until > clock_timestamp()) then
        perform pg_notify('greenlight_slots', named);
    end if;
end $$;

create function greenlight_order_left() returns trigger language plpgsql as $$
declare
    named text;
begin
    select s.bucket into named from order_slots s where s.call_key = old.call_key;
    if named is not null then
        perform greenlight_slot_free(named);
        delete from order_slots s where s.call_key = old.call_key and new.state <> 'intent';
    end if;
    return null;
end $$;
create trigger orders_leave after update of state on orders for each row
when (old.kind = 'engine' and old.state in ('intent', 'submitted') and new.state <> 'submitted'
      and new.state <> old.state)
execute function greenlight_order_left();

-- A job has ended at the provider, whoever collects it.
create function greenlight_job_over(key text) returns void language plpgsql volatile as $$
declare
    named text;
begin
    select s.bucket into named from order_slots s where s.call_key = key and s.over_at is null;
    if named is not null then
        perform greenlight_slot_free(named);
        update order_slots s set over_at = clock_timestamp() where s.call_key = key;
    end if;
end $$;
