-- Many workers: who they are, what is most due, and what could be driven at all.

-- One row per process with a worker. `state` is what it does, `wanted` what an administrator asked of it.
create table workers (
    worker_id text primary key,
    host text not null,
    pid integer not null,
    role text not null check (role in ('api', 'work')),
    slots integer not null check (slots > 0),
    version text not null,
    lease_ttl_s double precision not null,
    state text not null default 'working' check (state in ('working', 'draining')),
    wanted text not null default 'working' check (wanted in ('working', 'draining')),
    started_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
);

-- low, normal, high.
alter table productions add column priority smallint not null default 0 check (priority between -1 and 1);
alter table productions add column lease_since timestamptz;

-- When a user last had a turn: one look per user.
create index runs_begun on runs (user_id, started_at) where started_at is not null;

-- Productions that a slot could claim now, and since when: with a run to drive; with one that waits and may be
-- let in; with one to be undone. The slots' choice, the sweeper and the administrator's view look at the same.
create view runnable as
select p.production_id, p.user_id, p.graph, p.priority, r.ordinal, r.created_at as since
from runs r join productions p using (production_id)
where r.status in ('queued', 'running') and p.status in ('queued', 'running')
  and p.deleted_at is null and (p.lease_until is null or p.lease_until < now())
union all
select p.production_id, p.user_id, p.graph, p.priority, r.ordinal, greatest(r.created_at, r.not_before)
from runs r join productions p using (production_id)
where r.status = 'waiting' and (r.not_before is null or r.not_before <= now())
  and (p.status <> 'paused' or r.multitask in ('interrupt', 'rollback') or p.interrupts = '[]')
  and p.deleted_at is null and (p.lease_until is null or p.lease_until < now())
  and not exists (select 1 from runs o where o.production_id = r.production_id
                  and (o.status in ('queued', 'running') or (o.cancel_action = 'rollback' and o.status <> 'waiting')))
union all
select p.production_id, p.user_id, p.graph, p.priority, r.ordinal, coalesce(r.ended_at, r.created_at)
from runs r join productions p using (production_id)
where r.cancel_action = 'rollback' and r.status not in ('waiting', 'queued', 'running')
  and p.status not in ('queued', 'running')
  and p.deleted_at is null and (p.lease_until is null or p.lease_until < now());
