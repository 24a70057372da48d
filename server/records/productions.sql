-- name: list
select p.production_id, p.graph, p.title, p.novela_id, p.episode_number, p.status, p.stage, p.error,
       p.context -> 'text_models' as role_models, p.created_at, p.updated_at, p.last_seq, count(*) over () as total,
       p.interrupts -> 0 -> 'value' ->> 'gate' as gate,
       (select coalesce(sum(o.cost_actual), 0)::bigint from orders o
           where o.production_id = p.production_id) as billed,
       (select o.media from orders o
           where o.production_id = p.production_id and o.stage = 'storyboard' and o.media is not null
           order by o.item, o.take_number desc limit 1) as poster
from productions p
where p.user_id = %(user)s and p.deleted_at is null and p.status <> 'draft'
  and (%(status)s::text is null or p.status = %(status)s)
  -- An export is shown with the production that it is of, and here where exports are asked for.
  and (p.graph = %(graph)s or (%(graph)s::text is null and p.graph <> 'export'))
  and (%(film)s::text is null or p.brief ->> 'production_id' = %(film)s)
  and (%(novela)s::uuid is null or p.novela_id = %(novela)s)
order by case when %(sort)s::text = 'waiting' and p.status = 'paused' then 0 else 1 end,
         p.created_at desc, p.production_id
limit %(limit)s offset %(offset)s;

-- name: count
select count(*) as total from productions p
where p.user_id = %(user)s and p.deleted_at is null and p.status <> 'draft'
  and (%(status)s::text is null or p.status = %(status)s)
  -- An export is shown with the production that it is of, and here where exports are asked for.
  and (p.graph = %(graph)s or (%(graph)s::text is null and p.graph <> 'export'))
  and (%(film)s::text is null or p.brief ->> 'production_id' = %(film)s)
  and (%(novela)s::uuid is null or p.novela_id = %(novela)s);

-- name: get
select p.production_id, p.user_id, p.graph, p.title, p.novela_id, p.episode_number, p.status, p.stage,
       p.error, p.brief, p.context, p.context -> 'text_models' as role_models, p.ceiling_micros, p.last_seq, p.created_at, p.updated_at,
       p.interrupts -> 0 -> 'value' ->> 'gate' as gate, p.parent_production_id as parent,
       (with recursive line as (
           select p.parent_production_id as id, 1 as depth
           union all
           select a.parent_production_id, line.depth + 1
           from line join productions a on a.production_id = line.id
           where line.depth < 100
        ) select max(depth) from line) as version,
       (select coalesce(sum(o.cost_actual), 0)::bigint from orders o
           where o.production_id = p.production_id) as billed,
       (select o.media from orders o
           where o.production_id = p.production_id and o.stage = 'storyboard' and o.media is not null
           order by o.item, o.take_number desc limit 1) as poster
from productions p
where p.production_id = %(id)s and p.user_id = %(user)s and p.deleted_at is null;

-- name: episode
select p.production_id, p.status, p.created_at,
       p.status = 'paused' and jsonb_array_length(p.interrupts) = 0 as stopped
from productions p
where p.user_id = %(user)s and p.novela_id = %(novela)s and p.episode_number = %(episode)s
  and p.deleted_at is null
order by p.created_at desc
limit 1;

-- name: hide_of_novela
update productions p set deleted_at = now()
where p.user_id = %(user)s and p.novela_id = %(novela)s and p.deleted_at is null
returning p.production_id, p.status;

-- name: files
select f.name, f.title, f.media, f.at
from production_files f join productions p using (production_id)
where f.production_id = %(id)s and p.user_id = %(user)s and p.deleted_at is null
order by f.name;

-- name: deliver
insert into production_files (production_id, name, title, media, at)
values (%(production)s, %(name)s, %(title)s, %(media)s, %(at)s)
on conflict (production_id, name) do update
set title = excluded.title, media = excluded.media, at = excluded.at;

-- name: books
-- What was cleared is still in the books.
select p.ceiling_micros from productions p
where p.production_id = %(id)s and p.user_id = %(user)s and (p.deleted_at is null or p.cleared_at is not null);

-- name: cost_sums
select coalesce(sum(l.quoted), 0)::bigint as quoted,
       coalesce(sum(l.reserved), 0)::bigint as reserved,
       coalesce(sum(l.billed), 0)::bigint as billed,
       coalesce(sum(l.refunded), 0)::bigint as refunded,
       coalesce(sum(l.unknown), 0)::bigint as unknown,
       coalesce(sum(l.spared), 0)::bigint as spared
from spending_lines l where l.production_id = %(id)s and l.user_id = %(user)s;

-- name: cost_lines
-- Of a question a line per request: it may be asked again, and of another model.
select o.call_key, o.kind, o.stage, o.item, o.take_number, l.provider, l.model, o.state, l.quoted as cost_quoted,
       l.reserved as cost_reserved, l.billed as cost_actual, l.unknown as cost_unknown, l.spared as cost_spared,
       o.price_edition, o.intent_at, o.done_at
from spending_lines l join orders o using (call_key)
where l.production_id = %(id)s and l.user_id = %(user)s
order by o.intent_at, o.call_key, l.at;

-- name: checkpoints
select e.payload ->> 'id' as checkpoint_id, e.payload ->> 'parent_id' as parent_id, e.run_id::text as run_id,
       (e.payload ->> 'step')::integer as step, coalesce(e.payload ->> 'source', '') as source,
       coalesce(e.payload -> 'next', '[]'::jsonb) as next, e.seq as event_id, e.at
from events e join productions p using (production_id)
where e.production_id = %(id)s and p.user_id = %(user)s and e.method = 'checkpoints' and e.namespace = '{}'
  and (p.checkpoints_cleared_at is null or exists (
      select 1 from checkpoints c where c.thread_id = p.production_id::text and c.checkpoint_ns = ''
                                    and c.checkpoint_id = e.payload ->> 'id'))
  and (%(before)s::bigint is null or e.seq < %(before)s)
order by e.seq desc
limit %(limit)s;
