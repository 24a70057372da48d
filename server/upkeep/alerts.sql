-- Alerts of unusual spending.

-- name: raise
select * from greenlight_raise_alerts(
    coalesce(%(moment)s::timestamptz, now()), %(window_hours)s, %(history_days)s, %(times)s::numeric, %(floor)s,
    %(rest_hours)s);

-- name: note
insert into audit_logs (user_id, action, entity_type, entity_id, details)
values (%(user)s, 'spending_alert', 'spending', %(id)s, %(details)s);

-- name: list
select *, count(*) over () as total from spending_alerts
where %(user)s::text is null or user_id = %(user)s
order by alert_id desc limit %(limit)s offset %(offset)s;
