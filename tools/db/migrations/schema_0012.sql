-- Upkeep: what was cleared, so that nothing is missing in silence; and why a run had to wait.

alter table productions
    -- Set when a production was cleared: its row and its orders stay as books, the rest of it is gone.
    add column cleared_at timestamptz,
    -- Of the events up to this number some are gone, and since when.
    add column events_cleared_to bigint not null default 0,
    add column events_cleared_at timestamptz,
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

-- Productions in which nothing goes on, waits or is owed, since when, and whether their series may go on from them:
-- only the last finished episode of a series knows what was told, and an unfinished novela may make scenes again.
create view at_rest as
select p.production_id, p.parent_production_id, p.created_at, p.deleted_at, p.checkpoints_cleared_at, p.events_cleared_at,
       greatest(coalesce(p.state_updated_at, p.created_at), p.deleted_at, (
           select max(r.ended_at) from runs r where r.production_id = p.production_id)) as since,
       p.deleted_at is null and (
           exists (select 1 from novelas n
                   where n.id = p.novela_id and n.deleted_at is null and n.status <> 'completed')
           or p.status = 'completed'
           and (p.brief @? '$.target_episodes ? (@ > 1)' or p.brief @? '$.previous ? (@ != "")')
           and not exists (select 1 from productions n
                           where n.user_id = p.user_id and n.status = 'completed' and n.deleted_at is null
                             and n.brief ->> 'previous' = p.production_id::text)) as series_needs
from productions p
where p.cleared_at is null and (p.lease_until is null or p.lease_until < now())
  and (p.status in ('completed', 'failed', 'cancelled')
       or p.deleted_at is not null and p.status in ('draft', 'paused'))
  and not exists (select 1 from runs r
                  where r.production_id = p.production_id
                    and (r.status in ('waiting', 'queued', 'running') or r.cancel_action = 'rollback'))
  -- Nobody knows what became of it at the provider, or it lies there and was not fetched.
  and not exists (select 1 from orders o
                  where o.production_id = p.production_id
                    and (o.state in ('submitted', 'unknown')
                         or o.state = 'intent' and (o.submit_deadline is not null or o.ask_since is not null)));
