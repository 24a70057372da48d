-- name: list
select n.notice_id::text as id, n.type, n.production_id::text, n.status, n.outcome, n.attempts, n.next_at, n.happened_at,
       n.created_at, n.ended_at, n.lease_until > %(now)s as on_its_way, l.status_code, l.problem, count(*) over () as total
from notices n
left join notice_attempts l on l.notice_id = n.notice_id and l.number = n.attempts
where n.endpoint_id = %(endpoint)s and n.user_id = %(user)s
  and (%(status)s::text is null or n.status = %(status)s)
order by n.created_at desc, n.notice_id limit %(limit)s offset %(offset)s;

-- name: one
select n.notice_id::text as id, n.type, n.production_id::text, n.status, n.outcome, n.attempts, n.next_at, n.happened_at,
       n.created_at, n.ended_at, n.lease_until > %(now)s as on_its_way, n.data, l.status_code, l.problem
from notices n
left join notice_attempts l on l.notice_id = n.notice_id and l.number = n.attempts
where n.notice_id = %(id)s and n.endpoint_id = %(endpoint)s and n.user_id = %(user)s;

-- name: attempts
select number, at, ended_at, status_code, problem, answer from notice_attempts
where notice_id = %(id)s order by number;

-- name: again
-- From the beginning of the schedule; the id stays, so that its receiver knows it.
update notices set status = 'waiting', outcome = '', step = 0, next_at = null, lease_until = null, ended_at = null
where notice_id = %(id)s and endpoint_id = %(endpoint)s and user_id = %(user)s
  and (lease_until is null or lease_until <= %(now)s)
returning pg_notify('greenlight_notices', '');

-- name: test
with owner as materialized (
    select user_id from users where user_id = %(user)s and deleted_at is null for key share
)
insert into notices (user_id, endpoint_id, event_key, type, data, happened_at)
select user_id, %(endpoint)s, %(key)s, 'webhook.test', %(data)s, %(now)s from owner
returning notice_id::text as id, pg_notify('greenlight_notices', '');
