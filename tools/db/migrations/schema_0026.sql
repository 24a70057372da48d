-- Providers ring when a job changes. What they tell is a hint: it wakes whoever waits for the order, and names the job of
-- an order whose own answer was lost. Nothing else is taken from it.

create table provider_rings (
    ring_id bigint generated always as identity primary key,
    call_key text not null references orders on delete cascade,
    provider text not null,
    webhook_id text not null,
    status text not null,
    job_id text not null,
    hinted boolean not null,
    came_at timestamptz not null default clock_timestamp(),
    unique (provider, webhook_id, status)
);
comment on table provider_rings is 'Deliveries that had an effect: each has it once, however often it comes.';
comment on column provider_rings.job_id is 'As the provider calls the job.';
comment on column provider_rings.hinted is 'The order had no job then: this may be it, if the provider knows it under our key.';
create index provider_rings_order on provider_rings (call_key);

-- As the provider calls a job: some external ids hold more, in front of it and with a slash between.
create function greenlight_job_id(external_id text) returns text language sql immutable parallel safe as $$
    select substring(external_id from '[^/]*$')
$$;
create index orders_job on orders (provider, greenlight_job_id(external_id)) where external_id is not null;
create index order_attempts_job on order_attempts (provider, greenlight_job_id(external_id))
    where external_id is not null;
