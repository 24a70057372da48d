-- name: latest_plan
-- The log holds every plan that was told; the last one is told with the finished episode.
select e.payload -> 'payload' -> 'plan' as plan
from events e
where e.production_id = %(id)s and e.method = 'custom' and e.payload ->> 'name' = 'plan'
order by e.seq desc
limit 1;
