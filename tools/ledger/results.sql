-- name: find
-- The newest result that an equal request of the same user has, young enough, bought here, and whole. Not what was sent
-- back since: an answer or a redo asked for another one. Nothing where the order itself is there already.
select o.call_key, o.media, o.take_number, o.done_at
from productions mine
join orders o on o.user_id = mine.user_id
join productions source on source.production_id = o.production_id
where mine.production_id = %(production_id)s
  and o.request_hash = %(request_hash)s and o.state = 'done' and o.kind = 'engine' and o.cost_quoted > 0
  and o.provider = %(provider)s and o.model = %(model)s and not o.degraded and o.media is not null
  and o.imported_micros is null and not o.elsewhere
  and o.done_at > coalesce(%(at)s::timestamptz, clock_timestamp()) - make_interval(secs => %(lasts_s)s)
  and source.deleted_at is null
  and not exists (select from orders own where own.call_key = %(call_key)s)
  and not exists (
    select from orders next
    where next.production_id = o.production_id and next.stage = o.stage and next.item = o.item
      and next.intent_at > o.intent_at
      and split_part(next.cause, '~', 1) <> 'first' and next.cause not like 'update:%%' and next.cause not like 'start:%%')
order by o.done_at desc, o.call_key
limit 1;
