-- What the event log is turned into: live updates of a novela, takes of its scenes, deliveries.

create table projections (
    production_id uuid primary key references productions on delete cascade,
    position bigint not null default 0
);

-- One row per novela hands out the numbers of its live updates, so that they commit in order.
create table novela_feeds (
    novela_id uuid primary key references novelas on delete cascade,
    last_seq bigint not null default 0
);

create table novela_events (
    novela_id uuid not null references novelas on delete cascade,
    seq bigint not null,
    type text not null,
    payload jsonb not null,
    at timestamptz not null default clock_timestamp(),
    primary key (novela_id, seq)
);

alter table novela_videos add column progress integer not null default 0 check (progress between 0 and 100);

create table novela_video_takes (
    video_id uuid not null references novela_videos on delete cascade,
    event_id text not null,
    novela_id uuid not null references novelas on delete cascade,
    take integer not null,
    job_id text not null default '',
    status text not null check (status in ('completed', 'failed')),
    model_id text not null default '',
    model_parameters jsonb not null default '{}',
    s3_key text,
    estimated_cost numeric(14, 6),
    actual_cost numeric(14, 6) not null default 0,
    created_at timestamptz not null default now(),
    primary key (video_id, event_id)
);
create index novela_video_takes_novela on novela_video_takes (novela_id);

create table novela_episodes (
    novela_id uuid not null references novelas on delete cascade,
    episode_number integer not null,
    production_id uuid references productions on delete set null,
    completed_at timestamptz not null,
    primary key (novela_id, episode_number)
);

create table production_files (
    production_id uuid not null references productions on delete cascade,
    name text not null,
    title text not null default '',
    media jsonb not null,
    at timestamptz not null default now(),
    primary key (production_id, name)
);
