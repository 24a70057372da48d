-- name: watch
-- A book of who held which production when, kept by the database itself: exact, and nobody has to look.
create table if not exists watched_claims (
    n bigint generated always as identity primary key,
    production_id uuid not null,
    epoch bigint not null,
    owner text,
    at timestamptz not null default clock_timestamp()
);
create or replace function watch_claim() returns trigger language plpgsql as $$
begin
    if new.lease_owner is not null or tg_op = 'UPDATE' and old.lease_owner is not null then
        if tg_op = 'INSERT' or new.epoch > old.epoch or new.lease_owner is distinct from old.lease_owner then
            insert into watched_claims (production_id, epoch, owner)
            values (new.production_id, new.epoch, new.lease_owner);
        end if;
    end if;
    return null;
end $$;
create or replace trigger watch_claim after insert or update on productions
for each row execute function watch_claim();

-- name: held
-- What somebody with this process number held at that moment, and when the next one took it.
select before.production_id::text, before.epoch, extract(epoch from next.at)::float8 as moved_at
from (
    select distinct on (production_id) production_id, epoch, owner, n from watched_claims
    where at <= to_timestamp(%(at)s) order by production_id, n desc
) before
left join lateral (
    select min(w.at) as at from watched_claims w
    where w.production_id = before.production_id and w.epoch > before.epoch
) next on true
where split_part(before.owner, ':', 2) = %(pid)s::text;

-- name: accepted
-- The run that was accepted last by then, and when somebody first drove it.
select r.production_id::text, extract(epoch from (
    select min(w.at) from watched_claims w
    where w.production_id = r.production_id and w.owner is not null and w.at >= r.created_at))::float8 as moved_at
from runs r where r.created_at <= to_timestamp(%(at)s) order by r.created_at desc limit 1;

-- name: taken_over
-- Who was driven by somebody whose lease ran out, when another one took it, and which process had held it.
select after.production_id::text, split_part(before.owner, ':', 2)::int as pid, extract(epoch from after.at)::float8 as at
from watched_claims after
join lateral (select w.owner from watched_claims w where w.production_id = after.production_id and w.n < after.n
              order by w.n desc limit 1) before on before.owner is not null and before.owner <> after.owner
where after.owner is not null;

-- name: live
-- Who is driven now, and whether an order of theirs is on its way to the provider at this moment.
select p.production_id::text, exists (select 1 from orders o where o.production_id = p.production_id
                                      and o.state = 'intent' and o.submit_deadline > now()) as sending
from productions p
where p.lease_until > now() and p.lease_owner is not null and p.status in ('queued', 'running');

-- name: steal
-- Takes a production from under whoever drives it, and says whom. `unnoticed`: as if it had been given back, so that
-- nobody cuts the connection of the one who still drives.
with live as (
    select production_id, lease_owner as robbed, epoch from productions
    where production_id = %(production)s and lease_until > now() and lease_owner is not null
      and status in ('queued', 'running')
    for update
), taken as (
    update productions p
    set lease_owner = case when %(unnoticed)s then null else lease_owner end,
        lease_until = case when %(unnoticed)s then null else now() - interval '1 second' end,
        epoch = p.epoch + 1
    from live where p.production_id = live.production_id
    returning p.production_id, p.epoch, live.robbed
)
select taken.epoch, taken.robbed, procrastinate_defer_jobs_v1(array[row(
    'productions', 'advance', 0, null, null,
    jsonb_build_object('production_id', production_id), null)::procrastinate_job_to_defer_v1]) as rung
from taken;

-- name: heir
-- Who drove it after a theft.
select owner from watched_claims
where production_id = %(production)s and epoch > %(epoch)s and owner is not null order by n limit 1;
