-- name: troubled
-- Of each item the newest order only: what failed before and was made since is no trouble any more. Questions
-- of the production to a language model are orders like all others; those of talks about it are not its trouble.
select t.medium, t.stage, t.item, t.provider, t.model, t.state, t.kind, t.message
from (select distinct on (o.stage, o.item) o.medium, o.stage, o.item, o.provider, o.model, o.state, o.intent_at,
             coalesce(o.error_kind, 'ambiguous') as kind, coalesce(o.error_detail, '') as message
      from orders o
      where o.production_id = %(id)s and o.user_id = %(user)s
        and (o.kind = 'engine' or o.stage <> 'talk')
      order by o.stage, o.item, o.take_number desc, o.intent_at desc) t
where t.state in ('failed', 'unknown')
order by t.intent_at desc
limit %(limit)s;

-- name: newest
select e.seq as id, e.method, e.payload, e.at
from events e join productions p using (production_id)
where e.production_id = %(id)s and p.user_id = %(user)s and e.method in ('custom', 'lifecycle')
order by e.seq desc
limit %(limit)s;
