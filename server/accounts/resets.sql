-- name: ask
-- At most a few an hour: nobody's mailbox is to be filled from here.
insert into password_resets (reset_id, user_id, created_at, expires_at)
select %(id)s, u.user_id, %(now)s, %(expires_at)s
from users u
where u.user_id = %(user)s and u.disabled_at is null and u.deleted_at is null
  and %(most)s > (select count(*) from password_resets r where r.user_id = u.user_id and r.created_at > %(since)s)
returning reset_id;

-- name: spend
-- One statement, so that a link is never spent for nothing. A stolen account is the owner's again: every
-- login, every API token and every other link ends.
with spent as (
    update password_resets r set used_at = %(now)s
    from users u
    where r.reset_id = %(id)s and r.user_id = %(user)s and r.used_at is null and r.expires_at > %(now)s
      and u.user_id = r.user_id and u.disabled_at is null and u.deleted_at is null
    returning r.user_id
), others as (
    update password_resets r set used_at = %(now)s
    from spent where r.user_id = spent.user_id and r.used_at is null and r.reset_id <> %(id)s
), person as (
    update users u set password_hash = %(password_hash)s, failures = 0, failed_at = null
    from spent where u.user_id = spent.user_id
), logged_out as (
    update logins l set ended_at = %(now)s, ended_by = 'reset'
    from spent where l.user_id = spent.user_id and l.ended_at is null
), revoked as (
    update api_tokens t set revoked_at = %(now)s
    from spent where t.user_id = spent.user_id and t.revoked_at is null
)
select user_id from spent;
