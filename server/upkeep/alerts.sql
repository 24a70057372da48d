-- Alerts of unusual spending.

-- name: raise
select * from greenlight_raise_alerts(
    coalesce(%(moment)s::timestamptz, now()), %(window_hours)s, %(history_days)s, %(times)s::numeric, %(floor)s,
    %(rest_hours)s);

-- name: note
insert into audit_logs (user_id, action, entity_type, entity_id, details)
values (%(user)s, 'spending_alert', 'spending', %(id)s, %(details)s);

-- name: list
-- Those of text are kept in the audit trail (text_alerts.sql). Its rows outlive their user, but say no longer whose they
-- are and how much it was; spikes go with their user.
select told.*, count(*) over () as total from (
    select 'spike' as kind, alert_id, user_id, raised_at, spent_micros, usual_micros, limit_micros
    from spending_alerts
    union all
    select 'text', audit_id, user_id, created_at, (details->>'spent_usd')::numeric * 1000000, null,
           (details->>'limit_usd')::numeric * 1000000
    from audit_logs
    where action = 'text_spending_alert' and user_id is not null
      and details->>'spent_usd' is not null and details->>'limit_usd' is not null
) told
where %(user)s::text is null or user_id = %(user)s
order by raised_at desc, kind, alert_id desc limit %(limit)s offset %(offset)s;
