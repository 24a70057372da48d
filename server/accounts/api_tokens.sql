-- name: add
insert into api_tokens (token_id, user_id, name, prefix, token_hash, created_at)
values (%(id)s, %(user)s, %(name)s, %(prefix)s, %(hash)s, %(now)s)
returning token_id::text, name, prefix, created_at, last_used_at, revoked_at;

-- name: count
select count(*) as live from api_tokens where user_id = %(user)s and revoked_at is null;

-- name: by_prefix
select t.token_id, t.token_hash, t.last_used_at, u.user_id, u.role, u.email, u.name
from api_tokens t join users u using (user_id)
where t.prefix = %(prefix)s and t.revoked_at is null and u.disabled_at is null and u.deleted_at is null;

-- name: note_use
update api_tokens set last_used_at = greatest(last_used_at, %(now)s) where token_id = %(id)s;

-- name: list
select token_id::text, name, prefix, created_at, last_used_at, revoked_at
from api_tokens where user_id = %(user)s order by created_at desc, token_id;

-- name: revoke
update api_tokens set revoked_at = coalesce(revoked_at, %(now)s)
where token_id = %(id)s and user_id = %(user)s returning token_id;

-- name: revoke_all
update api_tokens set revoked_at = %(now)s where user_id = %(user)s and revoked_at is null;
