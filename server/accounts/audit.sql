-- name: add
insert into audit_logs (user_id, action, entity_type, entity_id, details, ip_address, user_agent)
values (%(user)s, %(action)s, %(entity_type)s, %(entity_id)s, %(details)s, %(ip_address)s, %(user_agent)s);

-- name: own
select audit_id, user_id, action, entity_type, entity_id, details, ip_address, user_agent, created_at,
       count(*) over () as total
from audit_logs where user_id = %(user)s order by audit_id desc limit %(limit)s offset %(offset)s;

-- name: all
select audit_id, user_id, action, entity_type, entity_id, details, ip_address, user_agent, created_at,
       count(*) over () as total
from audit_logs where (%(user)s::text is null or user_id = %(user)s)
order by audit_id desc limit %(limit)s offset %(offset)s;
