-- Rate limits and quotas.

-- What was asked for within the last minute. Not worth a write-ahead log: a crash of the database forgets
-- a minute. No index but the key, so that an update touches its own page only; the newest hit's end says
-- when a row may go.
create unlogged table rate_limit_buckets (
    identifier text not null,
    endpoint text not null,
    request_count integer not null,
    refused_count integer not null default 0,
    window_start timestamptz not null,
    window_end timestamptz not null,
    hits timestamptz[] not null,
    unique (identifier, endpoint)
) with (fillfactor = 50);

-- Quotas are counted from the runs themselves: what was accepted, not what was asked for.
create index runs_started on runs (user_id, created_at) where kind = 'start';
create index runs_at_work on runs (user_id, production_id) where status in ('waiting', 'queued', 'running');
