-- Files that are sent in several requests (S4-027): how much of each is here, and what became of it.

create table uploads (
    upload_id uuid primary key default gen_random_uuid(),
    user_id text not null references users,
    file_name text not null,
    mime text not null,
    title text not null default '',
    size_bytes bigint not null check (size_bytes > 0),
    -- What the sender says of the whole file.
    sha256 text check (sha256 ~ '^[0-9a-f]{64}$'),
    received_bytes bigint not null default 0 check (received_bytes between 0 and size_bytes),
    -- Names of what was received, in its order; they lie in the media store until the file is whole.
    pieces text[] not null default '{}',
    state text not null default 'receiving' check (state in ('receiving', 'stored', 'refused')),
    media_id uuid references media_library on delete set null,
    problem text,
    suggestion text,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);
comment on table uploads is 'A row goes a day after it was begun, its pieces with it.';
create index uploads_expiry on uploads (expires_at);
create index uploads_user on uploads (user_id);
