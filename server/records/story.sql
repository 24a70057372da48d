-- name: values
-- The newest state of any level: a subgraph at work knows more than its parent does.
select e.payload -> 'script' as script
from events e join productions p using (production_id)
where e.production_id = %(id)s and p.user_id = %(user)s and e.method = 'values'
  and jsonb_typeof(e.payload -> 'script') = 'object'
order by e.seq desc
limit 1;

-- name: quote
select e.payload -> 'quote' as quote, coalesce((e.payload ->> 'refused')::boolean, false) as refused
from events e join productions p using (production_id)
where e.production_id = %(id)s and p.user_id = %(user)s and e.method = 'values' and e.namespace = '{}'
order by e.seq desc
limit 1;

-- name: pictures
-- What stands in for another one has its model behind its cause, and the name of the wanted one before that.
select o.stage, o.item, o.take_number, o.state, o.media, o.cost_actual, o.degraded, o.error_detail, o.done_at,
       o.model, case when w.call_key <> o.call_key then w.model else '' end as instead_of
from orders o
left join orders w on w.call_key = split_part(o.call_key, '~', 1)
where o.production_id = %(id)s and o.user_id = %(user)s and o.stage in ('storyboard', 'take')
order by o.stage, o.item, o.take_number;

-- name: told
select e.seq, e.at, e.payload ->> 'name' as name, e.payload -> 'payload' as payload
from events e join productions p using (production_id)
where e.production_id = %(id)s and p.user_id = %(user)s and e.method = 'custom'
  and e.payload ->> 'name' = any(%(names)s)
order by e.seq;
