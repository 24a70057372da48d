-- name: lock
select pg_try_advisory_xact_lock(%(key)s) as alone;

-- name: tally
select master_key_id, count(*) as keys
from (select master_key_id from provider_keys union all select master_key_id from webhook_secrets) sealed
group by 1 order by 1;

-- name: batch
-- What somebody is changing right now is passed over instead of waited for: nobody can wait in a circle.
select key_id, user_id, provider, master_key_id, iv, ciphertext from provider_keys
where master_key_id <> %(current)s and (%(after)s::uuid is null or key_id > %(after)s)
order by key_id limit %(many)s for no key update skip locked;

-- name: batch_of_webhooks
select secret_id as key_id, user_id, 'webhook:' || endpoint_id || ':' || secret_id as provider, master_key_id, iv, ciphertext
from webhook_secrets
where master_key_id <> %(current)s and (%(after)s::uuid is null or secret_id > %(after)s)
order by secret_id limit %(many)s for no key update skip locked;

-- name: reseal_webhooks
update webhook_secrets set master_key_id = %(master_key_id)s, iv = %(iv)s, ciphertext = %(ciphertext)s
where secret_id = %(id)s;

-- name: reseal
update provider_keys set master_key_id = %(master_key_id)s, iv = %(iv)s, ciphertext = %(ciphertext)s
where key_id = %(id)s;
