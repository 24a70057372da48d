-- LangGraph threads and runs: what waits, what a run was asked with, where a branch left.

-- A thread may exist before anybody says what it makes: it is a draft without a graph.
alter table productions alter column graph set default '';
alter table productions drop constraint productions_status_check;
alter table productions add constraint productions_status_check
    check (status in ('draft', 'queued', 'running', 'paused', 'completed', 'failed', 'cancelled'));
alter table productions add column state_updated_at timestamptz;
create index productions_metadata on productions using gin (metadata jsonb_path_ops);

-- `waiting` runs are outside of the index that lets one run live: they are let in one by one.
alter table runs drop constraint runs_status_check;
alter table runs add constraint runs_status_check
    check (status in ('waiting', 'queued', 'running', 'paused', 'completed', 'failed', 'cancelled'));
alter table runs add column assistant_id uuid;
alter table runs add column metadata jsonb not null default '{}';
alter table runs add column kwargs jsonb not null default '{}';
alter table runs add column options jsonb not null default '{}';
alter table runs add column multitask text not null default 'enqueue'
    check (multitask in ('reject', 'enqueue', 'interrupt', 'rollback'));
alter table runs add column not_before timestamptz;
alter table runs add column cancel_action text not null default 'interrupt'
    check (cancel_action in ('interrupt', 'rollback'));
alter table runs add column deleted_at timestamptz;
create index runs_waiting on runs (production_id, ordinal) where status = 'waiting';
create index runs_unwound on runs (production_id) where cancel_action = 'rollback';
create index events_run on events (run_id, seq);
create index runs_body on runs (user_id, body_digest, created_at) where body_digest <> '';

-- Branches that run again with what was recorded, and which record answered which of their calls.
alter table productions add column replay boolean not null default false;
create index productions_parent on productions (parent_production_id) where parent_production_id is not null;
create table replay_calls (
    production_id uuid not null references productions on delete cascade,
    call_key text not null,
    source_key text not null,
    primary key (production_id, call_key),
    unique (production_id, source_key)
);
