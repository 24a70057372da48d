-- Logins and links that ended long ago, and the audit trail: a thousand at a time.

-- name: count_logins
select (select count(*) from logins l
        where coalesce(l.ended_at, 'infinity') < cut.off
           or coalesce(l.cookie_expires_at, l.created_at) < cut.off
              and not exists (select 1 from refresh_tokens t where t.login_id = l.login_id and t.expires_at >= cut.off))
     + (select count(*) from password_resets where expires_at < cut.off) as many
from (select now() - make_interval(days => %(days)s) as off) as cut;

-- name: drop_logins
-- Whoever is logged in has a cookie or a refresh token that still holds.
delete from logins where login_id in (
    select l.login_id from logins l
    where coalesce(l.ended_at, 'infinity') < now() - make_interval(days => %(days)s)
       or coalesce(l.cookie_expires_at, l.created_at) < now() - make_interval(days => %(days)s)
          and not exists (select 1 from refresh_tokens t where t.login_id = l.login_id
                          and t.expires_at >= now() - make_interval(days => %(days)s))
    limit 1000);

-- name: drop_tokens
-- Of those who are still logged in: what they refreshed with long ago.
delete from refresh_tokens where token_hash in (
    select token_hash from refresh_tokens where expires_at < now() - make_interval(days => %(days)s) limit 1000);

-- name: drop_resets
delete from password_resets where reset_id in (
    select reset_id from password_resets where expires_at < now() - make_interval(days => %(days)s) limit 1000);

-- name: count_audit
select count(*) as many from audit_logs where created_at < now() - make_interval(days => %(days)s);

-- name: drop_audit
delete from audit_logs where audit_id in (
    select audit_id from audit_logs where created_at < now() - make_interval(days => %(days)s) limit 1000);
