-- name: add
insert into users (user_id, email, password_hash, name, role, created_at)
values (%(user)s, %(email)s, %(password_hash)s, %(name)s, %(role)s, %(now)s)
on conflict (lower(email)) do nothing
returning user_id;

-- name: by_email
select user_id, email, name, role, disabled_at
from users where lower(email) = lower(%(email)s) and deleted_at is null;

-- name: by_id
select user_id, email, name, avatar_url, plan, credits_remaining, role, mail_at_gates, password_hash, created_at,
       disabled_at
from users where user_id = %(user)s and deleted_at is null;

-- name: change
update users set name = coalesce(%(name)s, name), avatar_url = coalesce(%(avatar_url)s, avatar_url),
                 mail_at_gates = coalesce(%(mail_at_gates)s, mail_at_gates)
where user_id = %(user)s and deleted_at is null;

-- name: set_password
update users set password_hash = %(password_hash)s, failures = 0, failed_at = null where user_id = %(user)s;

-- name: attempt
-- Counted before the password is looked at, so that many guesses at once are no more than one after the other.
update users set
    failures = case when failed_at > %(since)s then least(failures + 1, %(most)s + 1) else 1 end,
    failed_at = case when failed_at > %(since)s and failures >= %(most)s then failed_at else %(now)s end
where lower(email) = lower(%(email)s) and deleted_at is null
returning user_id, email, name, role, password_hash, disabled_at, failures > %(most)s as tried_out;

-- name: forget_failures
update users set failures = 0, failed_at = null where user_id = %(user)s and failures > 0;

-- name: list
select user_id, email, name, avatar_url, plan, credits_remaining, role, mail_at_gates, created_at, disabled_at,
       count(*) over () as total
from users where email is not null and deleted_at is null
order by created_at desc, user_id limit %(limit)s offset %(offset)s;

-- name: switch
update users set disabled_at = case when %(disabled)s then coalesce(disabled_at, %(now)s) end
where user_id = %(user)s and email is not null and deleted_at is null
returning user_id;

-- name: set_role
update users set role = %(role)s where lower(email) = lower(%(email)s) and deleted_at is null returning user_id;

-- name: remove
update users set deleted_at = %(now)s where user_id = %(user)s and email is not null and deleted_at is null
returning user_id;

-- name: still_in
-- Whether what a visitor came in with holds now: looked at again during a long answer.
select 1 as still from users u
where u.user_id = %(user)s and u.disabled_at is null and u.deleted_at is null
  and (%(login)s::uuid is null or exists (
      select 1 from logins l where l.login_id = %(login)s and l.ended_at is null))
  and (%(token)s::uuid is null or exists (
      select 1 from api_tokens t where t.token_id = %(token)s and t.revoked_at is null));
