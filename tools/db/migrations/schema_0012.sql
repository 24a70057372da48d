-- Upkeep: what was cleared, so that nothing is missing in silence; and why a run had to wait.

alter table productions
    -- Set when a production was cleared: its row and its orders stay as books, the rest of it is gone.
    add column cleared_at timestamptz,
    -- Of the events up to this number some are gone.
    add column events_cleared_to bigint not null default 0,
    -- Since when only the newest checkpoints are there.
    add column checkpoints_cleared_at timestamptz;

alter table runs
    -- How often in a row the database or the store failed under it, and what was last said of that.
    add column postponed integer not null default 0,
    add column trouble jsonb;

-- What was cleared, by whom and how much: one row each time.
create table tidyings (
    tidying_id bigint generated always as identity primary key,
    begun_at timestamptz not null default clock_timestamp(),
    ended_at timestamptz,
    asked_by text not null check (asked_by in ('command', 'administrator', 'worker')),
    told jsonb not null default '{}'
);
