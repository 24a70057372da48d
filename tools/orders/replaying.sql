-- name: answered
-- The recorded row that answers this call of a replay, once that was settled.
select o.* from replay_calls r join orders o on o.call_key = r.source_key
where r.production_id = %(replay)s and r.call_key = %(call_key)s;

-- name: candidates
-- What the repeated production and its ancestors had made for this stage and item, and no other call took.
with recursive line as (
    select %(source)s::uuid as production_id, 0 as depth
    union all
    select p.parent_production_id, line.depth + 1
    from line join productions p using (production_id)
    where p.parent_production_id is not null and line.depth < 100
)
select o.* from line join orders o using (production_id)
join productions here on here.production_id = %(replay)s and here.user_id = o.user_id
where o.kind = %(kind)s and o.stage = %(stage)s and o.item = %(item)s
  and o.state in ('done', 'failed', 'unknown')
  and not exists (select from replay_calls r where r.production_id = %(replay)s and r.source_key = o.call_key)
order by o.cause <> %(cause)s, line.depth, o.take_number;

-- name: take
insert into replay_calls (production_id, call_key, source_key)
values (%(replay)s, %(call_key)s, %(source_key)s)
on conflict do nothing;
