-- Alerts of spending on language models.

-- name: hold
-- One looks at a time, and what it told is committed before the next one looks.
select pg_try_advisory_xact_lock(7102011205) as held;

-- name: over
-- Who let more go for text than the limit, and was not told of it within the rest. What counts are the lines of the
-- books, request by request, as they left here, found by their user and their moment.
with looked as (select coalesce(%(moment)s::timestamptz, now()) as moment)
select u.user_id, l.moment as raised_at, recent.spent::bigint as spent_micros, %(limit)s::bigint as limit_micros
from looked l cross join users u cross join lateral (
    select coalesce(sum(s.reserved + s.billed + s.unknown), 0) as spent
    from spending_lines s
    where s.user_id = u.user_id and s.kind = 'llm' and s.origin = 'here'
      and s.at > l.moment - make_interval(hours => %(window_hours)s) and s.at <= l.moment
) recent
where recent.spent > %(limit)s
  and not exists (
    select from audit_logs a
    where a.user_id = u.user_id and a.action = 'text_spending_alert'
      and a.created_at > l.moment - make_interval(hours => %(rest_hours)s));

-- name: note
insert into audit_logs (user_id, action, entity_type, details, created_at)
values (%(user)s, 'text_spending_alert', 'spending', %(details)s, %(at)s)
returning audit_id;
