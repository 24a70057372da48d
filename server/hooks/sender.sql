-- name: claim
-- What is due, a few of each endpoint: one that is slow or dead must not take all places. What is claimed counts as
-- an attempt from here on, so that a process that dies while it sends does not begin the schedule anew.
with open as (
    select n.notice_id, n.endpoint_id, n.next_at, n.created_at, coalesce(n.lease_until > %(now)s, false) as held,
           case when w.failures >= %(rest_after)s then 1 else %(each)s end as most
    from notices n left join webhook_endpoints w using (endpoint_id)
    where n.status = 'waiting' and (n.next_at is null or n.next_at <= %(now)s)
      and (w.enabled and (w.rests_until is null or w.rests_until <= %(now)s) or n.endpoint_id is null and %(mails)s)
), placed as (
    select o.*, count(*) filter (where o.held) over (partition by o.endpoint_id)
           + row_number() over (partition by o.endpoint_id, o.held order by o.next_at nulls first, o.created_at) as place
    from open o
), due as (
    select n.notice_id from placed p join notices n using (notice_id)
    where not p.held and p.place <= p.most
      and n.status = 'waiting' and (n.lease_until is null or n.lease_until <= %(now)s)
    order by p.next_at nulls first, p.created_at limit %(many)s
    for update of n skip locked
), claimed as (
    update notices n set attempts = n.attempts + 1, lease_until = %(now)s + make_interval(secs => %(lease)s)
    from due where n.notice_id = due.notice_id
    returning n.notice_id, n.user_id, n.endpoint_id, n.type, n.production_id, n.data, n.happened_at, n.attempts, n.step
), noted as (
    insert into notice_attempts (notice_id, number, at) select notice_id, attempts, %(now)s from claimed
)
select c.notice_id::text, c.user_id, c.endpoint_id::text, c.type, c.production_id::text, c.data, c.happened_at,
       c.attempts, c.step, w.url, u.email, u.mail_at_gates, u.deleted_at is null and u.disabled_at is null as lives
from claimed c join users u using (user_id) left join webhook_endpoints w using (endpoint_id);

-- name: still_asked
select exists (
    select 1 from productions p
    where p.production_id = %(production)s and p.status = 'paused' and p.deleted_at is null
      and exists (select 1 from jsonb_array_elements(p.interrupts) i where i ->> 'id' = %(gate)s)) as asked;

-- name: lock_user
-- Erasing locks this row whole: whoever writes down an attempt comes before it or after it.
select user_id from users where user_id = %(user)s for key share;

-- name: lock_endpoint
select failures, failing_since from webhook_endpoints where endpoint_id = %(endpoint)s for no key update;

-- name: end_attempt
update notice_attempts set ended_at = %(now)s, status_code = %(status_code)s, problem = %(problem)s, answer = %(answer)s
where notice_id = %(notice)s and number = %(number)s;

-- name: settle
-- Whoever was so slow that another has taken it over, or that its owner did something else with it, changes nothing.
update notices set status = %(status)s, outcome = %(outcome)s, next_at = %(next_at)s, lease_until = null,
                   step = step + 1, ended_at = case when %(status)s = 'waiting' then null else %(now)s::timestamptz end
where notice_id = %(notice)s and attempts = %(number)s and status = 'waiting'
returning notice_id;

-- name: endpoint_is_well
update webhook_endpoints set failures = 0, failing_since = null, rests_until = null
where endpoint_id = %(endpoint)s and failures > 0;

-- name: endpoint_failed
update webhook_endpoints
set failures = %(failures)s, failing_since = coalesce(failing_since, %(now)s),
    rests_until = greatest(rests_until, %(rests_until)s)
where endpoint_id = %(endpoint)s;

-- name: disable
update webhook_endpoints set enabled = false, disabled_for = %(reason)s, rests_until = null
where endpoint_id = %(endpoint)s and enabled
returning endpoint_id;

-- name: tell_owner
insert into notices (user_id, event_key, type, data, happened_at)
select u.user_id, %(key)s, %(type)s, %(data)s, %(now)s from users u where u.user_id = %(user)s and u.email is not null
on conflict do nothing
returning pg_notify('greenlight_notices', '');

-- name: tidy
-- What is over is kept for a while; a mail that nobody could send for a day says nothing any more.
with old as (
    delete from notices where notice_id in (
        select notice_id from notices where status <> 'waiting' and ended_at < %(before)s limit 1000)
)
update notices set status = 'failed', outcome = 'no mail server took it for a day', ended_at = %(now)s
where status = 'waiting' and endpoint_id is null and created_at < %(mails_before)s
  and (lease_until is null or lease_until <= %(now)s);
