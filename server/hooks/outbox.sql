-- name: listened
-- Which of these productions anybody wants to hear of.
select p.production_id::text from productions p
where p.production_id = any(%(productions)s::uuid[])
  and (exists (select 1 from webhook_endpoints w where w.user_id = p.user_id and w.enabled)
       or exists (select 1 from users u where u.user_id = p.user_id and u.mail_at_gates));

-- name: tell
-- A row for every endpoint of the owner that listens to this, and for a mail where they want one.
with owner as (
    select u.user_id, u.mail_at_gates and u.email is not null as mails from users u
    where u.user_id = %(user)s and u.deleted_at is null and u.disabled_at is null
), endpoints as (
    -- Locked, so that one that is being deleted is waited for instead of tripped over.
    select w.endpoint_id from owner o join webhook_endpoints w using (user_id)
    where w.enabled and %(type)s = any(w.events) and w.created_at <= %(at)s
    for key share of w
), told as (
    insert into notices (user_id, endpoint_id, event_key, type, production_id, data, happened_at)
    select o.user_id, w.endpoint_id, %(key)s, %(type)s, %(production)s::uuid, %(data)s::jsonb, %(at)s::timestamptz
    from owner o, endpoints w
    union all
    select o.user_id, null, %(mail_key)s, %(type)s, %(production)s::uuid, %(data)s::jsonb, %(at)s::timestamptz
    from owner o where o.mails and %(mail_key)s <> ''
    on conflict do nothing
    returning 1
)
select pg_notify('greenlight_notices', '') from told limit 1;
