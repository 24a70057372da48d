-- name: lock
-- One user's endpoints are changed by one at a time. Erasing waits here, too.
select user_id from users where user_id = %(user)s and deleted_at is null for no key update;

-- name: count
select count(*) as kept from webhook_endpoints where user_id = %(user)s;

-- name: add
insert into webhook_endpoints (endpoint_id, user_id, url, description, events)
values (%(id)s, %(user)s, %(url)s, %(description)s, %(events)s);

-- name: list
select endpoint_id::text as id, url, description, events, enabled, disabled_for, failures, failing_since, rests_until,
       created_at, updated_at
from webhook_endpoints where user_id = %(user)s order by created_at, endpoint_id;

-- name: one
select endpoint_id::text as id, url, description, events, enabled, disabled_for, failures, failing_since, rests_until,
       created_at, updated_at
from webhook_endpoints where user_id = %(user)s and endpoint_id = %(id)s;

-- name: change
-- Another address, or switched on by hand: a new chance.
update webhook_endpoints
set url = coalesce(%(url)s, url), description = coalesce(%(description)s, description),
    events = coalesce(%(events)s::text[], events), enabled = coalesce(%(enabled)s, enabled),
    disabled_for = case when %(enabled)s::boolean is null then disabled_for else '' end,
    failures = case when %(fresh)s then 0 else failures end,
    failing_since = case when %(fresh)s then null else failing_since end,
    rests_until = case when %(fresh)s then null else rests_until end
where user_id = %(user)s and endpoint_id = %(id)s;

-- name: drop_waiting
-- Nothing is kept for an endpoint that is switched off: it would be old news when it is switched on.
update notices set status = 'dropped', outcome = %(why)s, ended_at = %(now)s, lease_until = null, next_at = null
where endpoint_id = %(id)s and status = 'waiting';

-- name: remove
delete from webhook_endpoints where user_id = %(user)s and endpoint_id = %(id)s returning endpoint_id;

-- name: end_secrets
-- What was replaced before is done with; what is replaced now signs along for a while.
with gone as (
    delete from webhook_secrets where endpoint_id = %(id)s and ends_at is not null
)
update webhook_secrets set ends_at = %(ends_at)s where endpoint_id = %(id)s and ends_at is null;

-- name: add_secret
insert into webhook_secrets (secret_id, endpoint_id, user_id, master_key_id, iv, ciphertext, created_at)
values (%(secret)s, %(id)s, %(user)s, %(master_key_id)s, %(iv)s, %(ciphertext)s, %(now)s);

-- name: secrets
-- The current one first.
select secret_id::text, endpoint_id::text, user_id, master_key_id, iv, ciphertext from webhook_secrets
where endpoint_id = %(id)s and (ends_at is null or ends_at > %(now)s)
order by ends_at desc nulls first;
