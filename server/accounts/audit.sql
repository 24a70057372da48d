-- name: add
-- Rows are numbered in the order in which they came.
insert into audit_logs (user_id, action, entity_type, entity_id, details, ip_address, user_agent)
select came.row ->> 'user', came.row ->> 'action', came.row ->> 'entity_type', came.row ->> 'entity_id',
       came.row -> 'details', came.row ->> 'ip_address', came.row ->> 'user_agent'
from jsonb_array_elements(%(rows)s) with ordinality as came (row, n)
order by came.n;

-- name: own
select audit_id, user_id, action, entity_type, entity_id, details, ip_address, user_agent, created_at,
       count(*) over () as total
from audit_logs where user_id = %(user)s order by audit_id desc limit %(limit)s offset %(offset)s;

-- name: all
select audit_id, user_id, action, entity_type, entity_id, details, ip_address, user_agent, created_at,
       count(*) over () as total
from audit_logs where (%(user)s::text is null or user_id = %(user)s)
order by audit_id desc limit %(limit)s offset %(offset)s;
