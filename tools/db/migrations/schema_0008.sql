-- Users' own keys at providers. Whoever reads this table can use none of them: AES-256-GCM under a master
-- key that is not in the database, bound to user, provider and master key.

create table provider_keys (
    key_id uuid primary key,
    user_id text not null references users on delete cascade,
    provider text not null,
    label text not null,
    -- From 1, without gaps: the first active one is used.
    position integer not null check (position >= 1),
    -- Switched off by its owner; or the provider asks for a rest, has no credit for it, or does not take it.
    status text not null default 'active'
        check (status in ('active', 'disabled', 'rate_limited', 'exhausted', 'error')),
    rests_until timestamptz check (rests_until is null or status = 'rate_limited'),
    error_count integer not null default 0,
    last_four text not null default '' check (char_length(last_four) <= 4),
    master_key_id text not null,
    iv bytea not null check (octet_length(iv) = 12),
    ciphertext bytea not null check (octet_length(ciphertext) > 16),
    -- Grows with each replacement: what is said of the key before does not concern the one after.
    version integer not null default 1,
    created_at timestamptz not null,
    replaced_at timestamptz,
    last_used_at timestamptz,
    unique (user_id, provider, label),
    -- A second net: the same random part under the same master key would undo both.
    unique (master_key_id, iv)
);
