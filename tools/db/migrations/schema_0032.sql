-- One real call of each kind at a provider, under a ceiling: a trial. Its orders are those of a production of its user.

create table trials (
    production_id uuid primary key references productions on delete cascade,
    user_id text not null references users,
    provider text not null,
    spend_micros bigint not null check (spend_micros >= 0),
    quote_id text not null,
    -- The lines as they were shown, in the order in which they are bought.
    plan jsonb not null,
    begun_at timestamptz not null default now(),
    ended_at timestamptz
);
create index trials_open on trials (user_id, provider, begun_at desc) where ended_at is null;

-- How far a call of it is. What it cost and what came of it says its order.
create table trial_calls (
    production_id uuid not null references trials on delete cascade,
    kind text not null check (kind in ('picture', 'clip', 'voice', 'music', 'text')),
    state text not null default 'planned'
        check (state in ('planned', 'sent', 'running', 'downloaded', 'checked', 'failed', 'not_sent')),
    error jsonb,
    changed_at timestamptz not null default now(),
    primary key (production_id, kind)
);

-- A fact of this place, and nobody's: when a call of a model was last answered as its card says.
create table tried_models (
    provider text not null,
    model text not null,
    tried_at timestamptz not null,
    primary key (provider, model)
);
