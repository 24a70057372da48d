-- name: begin
insert into projections (production_id) values (%(production)s) on conflict (production_id) do nothing;

-- name: lock
-- The owner first: what is told outside belongs to them, and erasing takes the same locks in the same order.
with owner as materialized (
    select u.user_id from productions p join users u using (user_id)
    where p.production_id = %(production)s for key share of u
)
select r.position, p.production_id, p.last_seq, p.user_id, p.title, p.novela_id, p.episode_number, p.replay,
       p.deleted_at, p.parent_production_id is not null as branch
from owner join productions p using (user_id) join projections r using (production_id)
where r.production_id = %(production)s
for update of r;

-- name: lock_novela
select n.id from novelas n where n.id = %(novela)s for no key update;

-- name: read
select e.seq, e.event_id, e.run_id::text, e.namespace, e.method, e.payload, e.at
from events e
where e.production_id = %(production)s and e.seq > %(position)s and e.seq <= %(last)s
  and e.method in ('custom', 'lifecycle', 'input.requested')
order by e.seq
limit %(most)s;

-- name: move
update projections set position = %(position)s where production_id = %(production)s;

-- name: pass_over
-- News that become no row need nobody to read them: the position moves on, for all logs in one statement.
-- What is told outside is read only where somebody listens.
with behind as (
    select p.production_id, coalesce(r.position, 0) as position, p.last_seq,
           exists (select 1 from webhook_endpoints w where w.user_id = p.user_id and w.enabled)
           or exists (select 1 from users u where u.user_id = p.user_id and u.mail_at_gates) as listened
    from productions p left join projections r using (production_id)
    where p.last_seq > coalesce(r.position, 0)
    for key share of p skip locked
)
insert into projections (production_id, position)
select b.production_id, b.last_seq from behind b
where not exists (
    select 1 from events e
    where e.production_id = b.production_id and e.seq > b.position and e.seq <= b.last_seq
      and (e.method = 'custom' and e.payload->>'name' = any(%(steps)s)
           or e.method = 'lifecycle' and e.payload->>'status' = any(%(ended)s)
           or b.listened and (e.method = 'input.requested'
                              or e.method = 'lifecycle' and e.payload->>'status' = any(%(told_ends)s)
                              or e.method = 'custom' and e.payload->>'name' = any(%(told)s))))
on conflict (production_id) do update set position = excluded.position
where projections.position < excluded.position;

-- name: behind
select p.production_id
from productions p left join projections r using (production_id)
where p.last_seq > coalesce(r.position, 0)
order by p.updated_at
limit 200;
