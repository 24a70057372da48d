-- The house: productions and their runs, events, orders; the novela's own tables.
-- Amounts are whole micro-dollars unless a column says numeric (the mission fixes those).

create table users (
    user_id text primary key,
    display_name text not null default '',
    created_at timestamptz not null default now()
);
insert into users (user_id, display_name) values ('local', 'You');

create table sessions (
    session_id uuid primary key default gen_random_uuid(),
    user_id text not null unique references users,
    created_at timestamptz not null default now(),
    last_activity timestamptz not null default now()
);

create table novelas (
    id uuid primary key default gen_random_uuid(),
    user_id text not null references users,
    title varchar(500) not null check (btrim(title) <> ''),
    description text not null default '',
    genre text not null default 'drama' check (genre in ('drama', 'romance', 'thriller', 'comedy')),
    language text not null default 'en',
    target_episodes integer not null check (target_episodes between 1 and 50),
    created_videos integer not null default 0,
    total_cost numeric(14, 6) not null default 0.00,
    estimated_cost numeric(14, 6),
    default_model_id text not null default 'wan-2.5-t2v-fast',
    default_duration integer not null default 8,
    default_resolution text not null default '1080p',
    default_aspect_ratio text not null default '16:9',
    reference_character_images text[] not null default '{}',
    master_seed bigint,
    plan jsonb not null default '{}',
    status text not null default 'planning' check (status in ('planning', 'in_progress', 'completed', 'paused')),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
);
create index novelas_status on novelas (status);
create index novelas_created_at on novelas (created_at);
create index novelas_user on novelas (user_id, created_at desc);

create table productions (
    production_id uuid primary key default gen_random_uuid(),
    user_id text not null references users,
    graph text not null,
    graph_version text not null default '1',
    title text not null default '',
    novela_id uuid references novelas on delete set null,
    episode_number integer,
    brief jsonb not null default '{}',
    context jsonb not null default '{}',
    metadata jsonb not null default '{}',
    status text not null default 'queued'
        check (status in ('queued', 'running', 'paused', 'completed', 'failed', 'cancelled')),
    stage text not null default '',
    values jsonb not null default '{}',
    interrupts jsonb not null default '[]',
    error jsonb,
    ceiling_micros bigint not null default 25000000,
    lease_owner text,
    lease_until timestamptz,
    epoch bigint not null default 0,
    last_seq bigint not null default 0,
    parent_production_id uuid references productions on delete set null,
    parent_checkpoint_id text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
);
create index productions_user on productions (user_id, created_at desc);
create index productions_novela on productions (novela_id, episode_number);
create index productions_runnable on productions (lease_until) where status in ('queued', 'running');

create table runs (
    run_id uuid primary key default gen_random_uuid(),
    production_id uuid not null references productions on delete cascade,
    user_id text not null,
    ordinal bigint generated always as identity,
    kind text not null check (kind in ('start', 'resume', 'continue')),
    input jsonb,
    body_digest text not null default '',
    status text not null default 'queued'
        check (status in ('queued', 'running', 'paused', 'completed', 'failed', 'cancelled')),
    attempts integer not null default 0,
    progress_mark text not null default '',
    cancel_requested boolean not null default false,
    error jsonb,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz
);
create index runs_production on runs (production_id, ordinal);
create unique index runs_one_live on runs (production_id) where status in ('queued', 'running');

create table events (
    production_id uuid not null references productions on delete cascade,
    seq bigint not null,
    event_id text not null,
    run_id uuid,
    namespace text[] not null default '{}',
    method text not null,
    payload jsonb not null,
    at timestamptz not null default now(),
    primary key (production_id, seq),
    unique (production_id, event_id)
);

create table orders (
    call_key text primary key,
    production_id uuid not null references productions on delete cascade,
    user_id text not null,
    run_id uuid,
    kind text not null default 'engine' check (kind in ('engine', 'text')),
    stage text not null,
    item text not null,
    cause text not null,
    take_number integer not null,
    medium text not null,
    provider text not null,
    model text not null,
    request jsonb not null,
    request_hash text not null,
    state text not null default 'intent'
        check (state in ('intent', 'submitted', 'done', 'failed', 'unknown')),
    owner_epoch bigint not null,
    attempt integer not null default 0,
    submit_deadline timestamptz,
    external_id text,
    status_url text,
    webhook_token text not null,
    price_edition text not null default '',
    cost_quoted bigint not null default 0,
    cost_reserved bigint not null default 0,
    cost_actual bigint not null default 0,
    cost_refunded bigint not null default 0,
    cost_unknown bigint not null default 0,
    media jsonb,
    sha256 text,
    result jsonb,
    prompt_digest text not null default '',
    seed bigint,
    degraded boolean not null default false,
    error_kind text,
    error_detail text,
    adopted_from text,
    intent_at timestamptz not null default now(),
    submitted_at timestamptz,
    done_at timestamptz,
    provider_expires_at timestamptz,
    unique (production_id, stage, item, take_number)
);
create unique index orders_external on orders (provider, external_id) where external_id is not null;
create unique index orders_webhook on orders (webhook_token);
create index orders_production on orders (production_id, stage, item);
create index orders_open on orders (production_id) where state in ('intent', 'submitted', 'unknown');

create table order_attempts (
    attempt_id bigint generated always as identity primary key,
    call_key text not null references orders on delete cascade,
    number integer not null,
    epoch bigint not null,
    provider text not null,
    posted_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    outcome text not null default 'sent',
    external_id text,
    detail text not null default '',
    unique (call_key, number)
);
create index order_attempts_external on order_attempts (provider, external_id) where external_id is not null;

create table novela_videos (
    id uuid primary key default gen_random_uuid(),
    user_id text not null references users,
    novela_id uuid not null references novelas on delete cascade,
    production_id uuid references productions on delete set null,
    episode_number integer not null check (episode_number >= 1),
    scene_number integer not null check (scene_number >= 1),
    title text not null default '',
    script_prompt text not null default '',
    model_id text not null default '',
    model_parameters jsonb not null default '{}',
    job_id text,
    status text not null default 'pending' check (status in ('pending', 'generating', 'completed', 'failed')),
    replicate_status text,
    output_url text,
    s3_key text,
    thumbnail_url text,
    duration_seconds numeric(10, 3),
    file_size_bytes bigint,
    estimated_cost numeric(14, 6),
    actual_cost numeric(14, 6),
    created_by_agent text,
    validated_by_agent text,
    agent_conversation_id text,
    error jsonb,
    takes integer not null default 0,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    completed_at timestamptz,
    unique (novela_id, episode_number, scene_number)
);
create index novela_videos_novela on novela_videos (novela_id);
create index novela_videos_status on novela_videos (status);
create index novela_videos_job on novela_videos (job_id);
create index novela_videos_created_at on novela_videos (created_at);
create index novela_videos_place on novela_videos (episode_number, scene_number);

create table agent_messages (
    id uuid primary key default gen_random_uuid(),
    ordinal bigint generated always as identity,
    user_id text not null references users,
    message_key text unique,
    conversation_id text not null,
    from_agent text not null,
    to_agent text,
    message_type text not null check (message_type in ('request', 'response', 'broadcast', 'error')),
    action text not null,
    content jsonb not null default '{}',
    metadata jsonb not null default '{}',
    novela_id uuid references novelas on delete set null,
    video_id uuid references novela_videos on delete set null,
    production_id uuid references productions on delete set null,
    response_to uuid references agent_messages on delete set null,
    response_received boolean not null default false,
    created_at timestamptz not null default now()
);
create index agent_messages_conversation on agent_messages (conversation_id, ordinal);
create index agent_messages_novela on agent_messages (novela_id);
create index agent_messages_created_at on agent_messages (created_at);

create table media_library (
    id uuid primary key default gen_random_uuid(),
    user_id text not null references users,
    s3_key text not null unique,
    s3_url text not null default '',
    media_type text not null check (media_type in ('video', 'image', 'audio')),
    file_name text not null default '',
    file_size_bytes bigint not null default 0,
    duration_seconds numeric(10, 3),
    width integer,
    height integer,
    format text not null default '',
    title text not null default '',
    description text not null default '',
    tags text[] not null default '{}',
    novela_id uuid references novelas on delete set null,
    video_id uuid references novela_videos on delete set null,
    production_id uuid references productions on delete set null,
    job_id text,
    thumbnail_url text,
    thumbnail_s3_key text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
);
create index media_library_novela on media_library (novela_id);
create index media_library_job on media_library (job_id);
create index media_library_type on media_library (media_type);
create index media_library_created_at on media_library (created_at);

create table user_chat_messages (
    id uuid primary key default gen_random_uuid(),
    user_id text not null references users,
    session_id text not null,
    role text not null check (role in ('user', 'assistant')),
    content text not null,
    agent_role text,
    novela_id uuid references novelas on delete set null,
    error_context jsonb,
    created_at timestamptz not null default now()
);
create index user_chat_session on user_chat_messages (session_id, created_at);

create function touch_updated_at() returns trigger language plpgsql as $$
begin
    new.updated_at := clock_timestamp();
    return new;
end
$$;
create trigger novelas_touch before update on novelas for each row execute function touch_updated_at();
create trigger media_library_touch before update on media_library for each row execute function touch_updated_at();
create trigger productions_touch before update on productions for each row execute function touch_updated_at();
