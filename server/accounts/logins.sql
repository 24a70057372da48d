-- name: open
insert into logins (login_id, user_id, cookie_hash, cookie_expires_at, ip_address, user_agent, created_at)
values (%(login)s, %(user)s, %(cookie_hash)s, %(cookie_expires_at)s, %(ip_address)s, %(user_agent)s, %(now)s);

-- name: add_refresh
insert into refresh_tokens (token_hash, login_id, created_at, expires_at)
values (%(fresh)s, %(login)s, %(now)s, %(expires_at)s);

-- name: rotate
-- The row's lock lets one of several through; the next one finds the token rotated.
with spent as (
    update refresh_tokens t set rotated_at = %(now)s
    from logins l join users u using (user_id)
    where t.token_hash = %(hash)s and t.rotated_at is null and t.expires_at > %(now)s and l.login_id = t.login_id
      and l.ended_at is null and u.disabled_at is null and u.deleted_at is null
    returning l.login_id, l.user_id
), fresh as (
    insert into refresh_tokens (token_hash, login_id, created_at, expires_at)
    select %(fresh)s, login_id, %(now)s, %(expires_at)s from spent
)
select login_id::text, user_id from spent;

-- name: end_if_rotated
update logins set ended_at = %(now)s, ended_by = 'reuse'
where ended_at is null
  and login_id = (select login_id from refresh_tokens where token_hash = %(hash)s and rotated_at is not null)
returning login_id::text, user_id;

-- name: by_login
select u.user_id, u.role, u.email, u.name, l.login_id::text
from logins l join users u using (user_id)
where l.login_id = %(login)s and l.user_id = %(user)s and l.ended_at is null
  and u.disabled_at is null and u.deleted_at is null;

-- name: by_cookie
select u.user_id, u.role, u.email, u.name, l.login_id::text
from logins l join users u using (user_id)
where l.cookie_hash = %(hash)s and l.cookie_expires_at > %(now)s and l.ended_at is null
  and u.disabled_at is null and u.deleted_at is null;

-- name: end
update logins set ended_at = %(now)s, ended_by = 'logout'
where login_id = %(login)s and user_id = %(user)s and ended_at is null;

-- name: end_all
update logins set ended_at = %(now)s, ended_by = %(by)s
where user_id = %(user)s and ended_at is null and login_id is distinct from %(kept)s;
