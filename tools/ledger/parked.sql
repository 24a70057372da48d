-- Orders of engines that wait for a person, and what was decided. No fence by an epoch: it is what a person said, whoever
-- writes it down, and only of the attempt that they looked at.

-- name: listed
select o.call_key, o.production_id::text, p.title, p.status as production_status, o.stage, o.item, o.take_number,
       o.medium, o.provider, o.model, o.attempt, o.cost_quoted as price, o.cost_unknown as held, o.elsewhere,
       coalesce(o.error_detail, '') as why, a.posted_at as sent_at, coalesce(a.ended_at, o.intent_at) as since,
       coalesce(a.external_id, rung.job_id) as external_id, count(*) over () as total
from orders o join productions p using (production_id)
left join order_attempts a on a.call_key = o.call_key and a.number = o.attempt
left join lateral (
    -- The provider itself rang with it, and no order has had it since (`hinted_ids` of rings.sql).
    select r.job_id from provider_rings r
    where r.call_key = o.call_key and r.hinted and not exists (
        select from order_attempts had where had.provider = r.provider and had.external_id is not null
            and greenlight_job_id(had.external_id) = r.job_id
    )
    order by r.ring_id limit 1
) rung on true
where o.state = 'unknown' and o.kind = 'engine' and p.deleted_at is null
  and o.user_id = %(user)s and (%(production)s::uuid is null or o.production_id = %(production)s)
order by since desc, o.call_key limit %(limit)s offset %(offset)s;

-- name: production
select status, deleted_at is not null as deleted from productions where production_id = %(production_id)s;

-- name: send_again
-- What is unknown of the request before stays booked beside what is reserved now. A person has looked it up: nobody
-- asks the provider first. What they allow to be paid besides is kept, until it is (schema 0033).
update orders o
set state = 'intent', submit_deadline = null, done_at = null, error_kind = null, error_detail = null, ask_since = null,
    owner_epoch = p.epoch, cost_reserved = o.cost_quoted,
    settled = %(settled)s::jsonb || jsonb_build_object(
        'at', now(), 'granted_micros', coalesce((o.settled->>'granted_micros')::bigint, 0) + o.cost_quoted)
from productions p
where o.call_key = %(call_key)s and o.state = 'unknown' and o.attempt = %(attempt)s and not o.elsewhere
  and p.production_id = o.production_id
returning o.*;

-- name: adopt
-- A job that a person found. What was unknown of it is held for it again, until it is home. One that another place
-- sent (there was no attempt here) is one more request in the books.
with adopted as (
    update orders o
    set state = 'submitted', external_id = %(external_id)s, submitted_at = clock_timestamp(), submit_deadline = null,
        ask_since = null, error_kind = null, error_detail = null, owner_epoch = p.epoch,
        key_id = %(key_id)s::uuid, key_version = %(key_version)s::integer, key_mark = %(key_mark)s::text,
        attempt = greatest(o.attempt, 1), settled = %(settled)s::jsonb || jsonb_build_object('at', now()),
        cost_reserved = o.cost_reserved + least(o.cost_unknown, o.cost_quoted),
        cost_unknown = o.cost_unknown - least(o.cost_unknown, o.cost_quoted)
    from productions p
    where o.call_key = %(call_key)s and o.state = 'unknown' and o.attempt = %(attempt)s and not o.elsewhere
      and p.production_id = o.production_id
      and not exists (
          select from order_attempts a
          where a.provider = o.provider and a.external_id = %(external_id)s
            and (a.call_key, a.number) <> (o.call_key, o.attempt)
      )
    returning o.*
), audit as (
    insert into order_attempts (call_key, number, epoch, provider, ended_at, outcome, external_id, detail)
    select call_key, attempt, owner_epoch, provider, clock_timestamp(), 'adopted', %(external_id)s,
           'a person found the job at the provider'
    from adopted
    on conflict (call_key, number) do update
    set outcome = excluded.outcome, external_id = excluded.external_id, ended_at = excluded.ended_at,
        detail = excluded.detail
)
select * from adopted;

-- name: give_up_deleted
-- Whoever deletes a production has given up what is parked in it: nobody is shown it any more. Its price stays booked as
-- unknown, until its user says what the bill says. All that are left, or one, also of an ancestor in an archive.
with found as (
    select o.call_key, p.epoch from orders o join productions p using (production_id)
    where o.state = 'unknown' and o.kind = 'engine' and p.deleted_at is not null
      and (o.call_key = %(call_key)s::text or %(call_key)s::text is null and not o.elsewhere)
    limit %(limit)s
    for no key update of o
)
update orders o
set state = 'failed', done_at = clock_timestamp(), owner_epoch = found.epoch,
    settled = jsonb_build_object('attempt', o.attempt, 'decision', 'give_up', 'external_id', '', 'by', o.user_id, 'at', now()),
    error_detail = 'given up when its production was deleted: ' || coalesce(o.error_detail, '')
from found where o.call_key = found.call_key
returning o.*;

-- name: give_up
-- Its price stays booked as unknown.
update orders o
set state = 'failed', done_at = clock_timestamp(), owner_epoch = p.epoch, settled = %(settled)s::jsonb || jsonb_build_object('at', now()),
    error_detail = 'given up by a person: ' || coalesce(o.error_detail, '')
from productions p
where o.call_key = %(call_key)s and o.state = 'unknown' and o.attempt = %(attempt)s
  and p.production_id = o.production_id
returning o.*;
