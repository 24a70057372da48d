-- Accounts, tokens, what people did. Nothing here is readable by who steals it: tokens lie as SHA-256, passwords as argon2id.

alter table users rename column display_name to name;
alter table users
    add column email text check (char_length(email) <= 254),
    add column password_hash text,
    add column avatar_url text not null default '',
    add column plan text not null default 'free',
    add column credits_remaining integer not null default 10 check (credits_remaining >= 0),
    add column role text not null default 'user' check (role in ('user', 'admin')),
    add column failures integer not null default 0,
    add column failed_at timestamptz,
    add column updated_at timestamptz not null default now(),
    add column disabled_at timestamptz,
    add column deleted_at timestamptz;
create unique index users_email on users (lower(email));
create trigger users_touch before update on users for each row execute function touch_updated_at();

-- One row per device or window that logged in. It ends by logging out, by a new password or by a stolen token.
create table logins (
    login_id uuid primary key,
    user_id text not null references users on delete cascade,
    cookie_hash bytea unique,
    ip_address text not null default '',
    user_agent text not null default '',
    created_at timestamptz not null,
    cookie_expires_at timestamptz,
    ended_at timestamptz,
    ended_by text not null default ''
);
create index logins_user on logins (user_id);

create table refresh_tokens (
    token_hash bytea primary key,
    login_id uuid not null references logins on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    rotated_at timestamptz
);
create index refresh_tokens_login on refresh_tokens (login_id);

create table api_tokens (
    token_id uuid primary key,
    user_id text not null references users on delete cascade,
    name text not null,
    prefix text not null unique,
    token_hash bytea not null unique,
    created_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz
);
create index api_tokens_user on api_tokens (user_id);

create table password_resets (
    reset_id uuid primary key,
    user_id text not null references users on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index password_resets_user on password_resets (user_id, created_at);

-- Outlives who it tells of: when a user is erased, the rows stay and name nobody.
create table audit_logs (
    audit_id bigint generated always as identity primary key,
    user_id text,
    action text not null,
    entity_type text not null default '',
    entity_id text not null default '',
    details jsonb not null default '{}',
    ip_address text not null default '',
    user_agent text not null default '',
    created_at timestamptz not null default clock_timestamp()
);
create index audit_logs_user on audit_logs (user_id, audit_id desc);
