-- What people's other systems are told, and they by mail: endpoints, their secrets, the outbox and its attempts.

create table webhook_endpoints (
    endpoint_id uuid primary key,
    user_id text not null references users on delete cascade,
    url text not null,
    description text not null default '',
    events text[] not null,
    enabled boolean not null default true,
    -- Why we switched it off: it answered 410, or failed for days. Empty when its owner did.
    disabled_for text not null default '' check (disabled_for in ('', 'gone', 'failing')),
    -- Failures since the last success, since when, and until when nothing is sent.
    failures integer not null default 0,
    failing_since timestamptz,
    rests_until timestamptz,
    -- By the database's clock, like events: what happened before is not told.
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index webhook_endpoints_user on webhook_endpoints (user_id, created_at);
create trigger webhook_endpoints_touch before update on webhook_endpoints
    for each row execute function touch_updated_at();

-- Whoever reads this table can sign nothing: AES-256-GCM under a master key that is not in the database.
create table webhook_secrets (
    secret_id uuid primary key,
    endpoint_id uuid not null references webhook_endpoints on delete cascade,
    user_id text not null,
    master_key_id text not null,
    iv bytea not null check (octet_length(iv) = 12),
    ciphertext bytea not null check (octet_length(ciphertext) > 16),
    created_at timestamptz not null,
    -- One that was replaced signs along until then.
    ends_at timestamptz,
    unique (master_key_id, iv)
);
create unique index webhook_secrets_current on webhook_secrets (endpoint_id) where ends_at is null;
create index webhook_secrets_endpoint on webhook_secrets (endpoint_id);

-- The outbox: one row for each receiver of each event, written in the transaction that moves the projection on.
-- Without an endpoint it is a mail to the user.
create table notices (
    notice_id uuid primary key default gen_random_uuid(),
    user_id text not null references users on delete cascade,
    endpoint_id uuid references webhook_endpoints on delete cascade,
    event_key text not null,
    type text not null,
    production_id uuid references productions on delete cascade,
    data jsonb not null,
    happened_at timestamptz not null,
    status text not null default 'waiting' check (status in ('waiting', 'delivered', 'failed', 'dropped')),
    -- Why it was not delivered.
    outcome text not null default '',
    -- The place in the schedule of retries; a re-send begins anew. `attempts` counts all of them.
    step integer not null default 0,
    attempts integer not null default 0,
    -- Null: at once.
    next_at timestamptz,
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    ended_at timestamptz
);
create unique index notices_once on notices (endpoint_id, event_key) where endpoint_id is not null;
create unique index notices_mailed_once on notices (user_id, event_key) where endpoint_id is null;
create index notices_due on notices (endpoint_id, next_at) where status = 'waiting';
create index notices_endpoint on notices (endpoint_id, created_at desc);
create index notices_production on notices (production_id);
create index notices_user on notices (user_id);
create index notices_ended on notices (ended_at) where status <> 'waiting';

create table notice_attempts (
    notice_id uuid not null references notices on delete cascade,
    number integer not null,
    at timestamptz not null,
    ended_at timestamptz,
    status_code integer,
    problem text not null default '',
    answer text not null default '',
    primary key (notice_id, number)
);

alter table users add column mail_at_gates boolean not null default false;
