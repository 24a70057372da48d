-- name: latest
-- The newest order of each take of a production, whatever has become of it.
select distinct on (o.item) o.item, o.state
from orders o join productions p using (production_id)
where o.production_id = %(production)s and p.user_id = %(user)s and o.stage = 'take'
order by o.item, o.take_number desc;
