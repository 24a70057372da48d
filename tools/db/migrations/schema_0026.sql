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
