-- Every statement of the ledger. What writes names the production's epoch, so that a process that
-- lost the lease changes nothing. `attempt` is the compare-and-set counter: it rises with every POST.

-- name: lock_production
select production_id, epoch, user_id, ceiling_micros, parent_production_id
from productions where production_id = %(production_id)s
for no key update;

-- name: claim
-- One row: why money may not be reserved, or the order that was written; neither where the key exists, which
-- reserves nothing and asks nobody.
with asked as materialized (
    -- Approved at all comes before money: whether there is any for it may use a credit up.
    select case when not exists (select from orders o where o.call_key = %(call_key)s) then coalesce(
        greenlight_above_tier(p.context, %(tier)s, %(model)s),
        case when not greenlight_sent_before(
            p.production_id, %(sent_as)s, %(stage)s, %(item)s, %(request_hash)s, %(price)s::bigint)
        then greenlight_unapproved(p.production_id, %(stage)s, %(item)s, %(paid)s, %(price)s::bigint) end,
        greenlight_may_spend(p.production_id, %(price)s::bigint, %(day_budget)s::bigint)
    ) end as refusal
    from productions p where p.production_id = %(production_id)s and p.epoch = %(epoch)s
), made as (
    insert into orders (
        call_key, production_id, user_id, kind, stage, item, cause, take_number, medium, provider, model,
        request, request_hash, owner_epoch, webhook_token, price_edition, cost_quoted, cost_reserved,
        prompt_digest, degraded, paid, ask_since
    )
    select
        %(call_key)s, p.production_id, p.user_id, %(kind)s, %(stage)s, %(item)s, %(cause)s,
        1 + coalesce((
            -- A branch goes on counting where its ancestors were: no two takes of one line are called the same.
            with recursive line as (
                select p.production_id, p.parent_production_id, 0 as depth
                union all
                select a.production_id, a.parent_production_id, line.depth + 1
                from line join productions a on a.production_id = line.parent_production_id
                where line.depth < 100
            )
            select max(t.take_number) from line join orders t using (production_id)
            where t.stage = %(stage)s and t.item = %(item)s
        ), 0),
        %(medium)s, %(provider)s, %(model)s, %(request)s, %(request_hash)s, p.epoch, %(webhook_token)s,
        %(price_edition)s, %(price)s, %(price)s, %(prompt_digest)s, %(degraded)s, %(paid)s,
        case when %(kind)s = 'engine' then p.restored_from end
    from asked, productions p
    where p.production_id = %(production_id)s and p.epoch = %(epoch)s and asked.refusal is null
    on conflict (call_key) do nothing
    returning *
)
select asked.refusal, made.* from asked left join made on true;

-- name: let_go
-- What another place held for this order is held nowhere now.
update orders o set cost_reserved = 0
from productions p
where o.call_key = %(call_key)s and o.elsewhere and o.attempt = %(attempt)s
    and p.production_id = o.production_id and p.epoch = %(epoch)s;

-- name: claim_anew
-- As `claim`, for an order that came in an archive, and in its row: nothing of what that says of request, price or
-- approval counts here.
with asked as materialized (
    select coalesce(
        greenlight_above_tier(p.context, %(tier)s, %(model)s),
        greenlight_unapproved(p.production_id, %(stage)s, %(item)s, %(paid)s, %(price)s::bigint),
        greenlight_may_spend(p.production_id, %(price)s::bigint, %(day_budget)s::bigint)
    ) as refusal
    from productions p where p.production_id = %(production_id)s and p.epoch = %(epoch)s
), made as (
    update orders o
    set kind = %(kind)s, medium = %(medium)s, provider = %(provider)s, model = %(model)s, request = %(request)s,
        request_hash = %(request_hash)s, price_edition = %(price_edition)s, prompt_digest = %(prompt_digest)s,
        degraded = %(degraded)s, paid = %(paid)s, cost_quoted = %(price)s, cost_reserved = %(price)s,
        state = 'intent', intent_at = now(), done_at = null, error_kind = null, error_detail = null,
        ask_since = p.restored_from, owner_epoch = p.epoch, elsewhere = false
    from asked, productions p
    where asked.refusal is null and p.production_id = %(production_id)s and p.epoch = %(epoch)s
        and o.call_key = %(call_key)s and o.elsewhere and o.attempt = %(attempt)s
    returning o.*
)
select asked.refusal, made.* from asked left join made on true;

-- name: may_spend
-- For an order that is parked, and that a person wants sent again: that is their approval.
select greenlight_may_spend(%(production_id)s, %(needs)s::bigint, %(day_budget)s::bigint) as refusal;

-- name: may_spend_again
-- For another attempt of an order that nobody is asked about.
select coalesce(
    greenlight_unapproved_again(%(call_key)s, %(needs)s::bigint),
    greenlight_may_spend(%(production_id)s, %(needs)s::bigint, %(day_budget)s::bigint)
) as refusal;

-- name: approve
-- Without a fence: it is what a person said, whoever writes it down.
insert into approved_calls (production_id, quote_id, stage, item, digests, ceiling_micros, cause)
select p.production_id, %(quote_id)s, c.stage, c.item, c.digests, c.ceiling_micros, %(cause)s
from productions p,
     jsonb_to_recordset(%(calls)s) as c(stage text, item text, digests text[], ceiling_micros bigint)
where p.production_id = %(production_id)s
on conflict do nothing
returning approval_id;

-- name: approvals
-- The newest approval of each stage and item, and what was spent since.
select distinct on (a.stage, a.item) a.stage, a.item, a.digests, a.ceiling_micros, a.quote_id, (
    select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0)::bigint from orders o
    where o.production_id = a.production_id and o.stage = a.stage and o.item = a.item and o.kind = 'engine'
      and o.intent_at >= a.approved_at
) as spent_micros
from approved_calls a
where a.production_id = %(production_id)s
order by a.stage, a.item, a.approved_at desc, a.approval_id desc;

-- name: approved
-- What a production's approvals come to: what was bought of each item that was ever approved, and what is left of its
-- newest approval. Nothing is left of those that are approved anew (`but`): that takes the place of what was before.
with newest as (
    select distinct on (a.stage, a.item) a.stage, a.item, a.ceiling_micros, a.approved_at
    from approved_calls a where a.production_id = %(production_id)s
    order by a.stage, a.item, a.approved_at desc, a.approval_id desc
), spent as (
    select n.stage, n.item, n.ceiling_micros, coalesce(sum(c.micros), 0) as in_all,
        coalesce(sum(c.micros) filter (where o.intent_at >= n.approved_at), 0) as since
    from newest n
    left join orders o on o.production_id = %(production_id)s and o.stage = n.stage and o.item = n.item
        and o.kind = 'engine'
    cross join lateral (select o.cost_reserved + o.cost_actual + o.cost_unknown as micros) c
    group by n.stage, n.item, n.ceiling_micros
)
select coalesce(sum(s.in_all + case when b.item is null then greatest(s.ceiling_micros - s.since, 0) else 0 end), 0)::bigint
    as micros
from spent s
left join (
    select distinct stage, item from jsonb_to_recordset(%(but)s) as c(stage text, item text)
) b on b.stage = s.stage and b.item = s.item;

-- name: ancestor
-- Finished rows of the productions it branched off, the nearest first. After a change of the state by hand its
-- own, too: a branch inside one production.
with recursive line as (
    select production_id, 0 as depth from productions where production_id = %(production_id)s
    union all
    select p.parent_production_id, line.depth + 1
    from line join productions p using (production_id)
    where p.parent_production_id is not null and line.depth < 100
)
select o.call_key
from line join orders o using (production_id)
where o.state = 'done' and o.kind = %(kind)s and o.user_id = %(user_id)s
    and (line.depth > 0 or %(own)s)
    and o.stage = %(stage)s and o.item = %(item)s and o.request_hash = %(request_hash)s
order by line.depth, o.done_at desc, o.take_number desc
limit 1;

-- name: made_before
-- For which of these requests a claim would find such a row.
with recursive line as (
    select parent_production_id as production_id, user_id, 1 as depth
    from productions where production_id = %(production_id)s
    union all
    select p.parent_production_id, line.user_id, line.depth + 1
    from line join productions p using (production_id)
    where line.depth < 100
)
select distinct o.request_hash
from line join orders o using (production_id, user_id)
where o.state = 'done' and o.kind = 'engine'
    and o.stage = %(stage)s and o.item = %(item)s and o.request_hash = any(%(hashes)s);

-- name: claim_adopted
insert into orders (
    call_key, production_id, user_id, kind, stage, item, cause, take_number, medium, provider, model,
    request, request_hash, state, owner_epoch, webhook_token, price_edition, media, sha256, result,
    prompt_digest, seed, degraded, adopted_from, submitted_at, done_at, spared_micros
)
select
    %(call_key)s, p.production_id, p.user_id, %(kind)s, %(stage)s, %(item)s, %(cause)s,
    -- What is adopted keeps its name, unless the branch has given that to a take of its own. What another
    -- production made has none here yet.
    case when %(spared)s::bigint > 0 or exists (
        select from orders t where t.production_id = p.production_id and t.stage = %(stage)s
            and t.item = %(item)s and t.take_number = o.take_number
    ) then 1 + coalesce((
        with recursive line as (
            select p.production_id, p.parent_production_id, 0 as depth
            union all
            select a.production_id, a.parent_production_id, line.depth + 1
            from line join productions a on a.production_id = line.parent_production_id
            where line.depth < 100
        )
        select max(t.take_number) from line join orders t using (production_id)
        where t.stage = %(stage)s and t.item = %(item)s
    ), 0) else o.take_number end,
    o.medium, o.provider, o.model, o.request, o.request_hash, 'done', p.epoch, %(webhook_token)s,
    o.price_edition, o.media, o.sha256, o.result, o.prompt_digest, o.seed, o.degraded, o.call_key,
    clock_timestamp(), clock_timestamp(), %(spared)s::bigint
from productions p, orders o
where p.production_id = %(production_id)s and p.epoch = %(epoch)s and o.call_key = %(adopts)s
    -- Looked for before this transaction, perhaps: by now it may have been cleared.
    and o.user_id = p.user_id and o.state = 'done' and o.request_hash = %(request_hash)s
on conflict (call_key) do nothing
returning *;

-- name: committed
-- What counts against the production's ceiling, and against its user's budget of today if there is one.
select c.micros, b.budget as day_budget, (now() at time zone 'UTC')::date as day,
    case when b.budget is not null then greenlight_day_spent(p.user_id, now()) end as day_micros
from productions p
left join spending_rules r on r.user_id = p.user_id
cross join lateral (select coalesce(r.day_budget_micros, %(day_budget)s::bigint) as budget) b
cross join lateral (
    select coalesce(sum(o.cost_reserved + o.cost_actual + o.cost_unknown), 0)::bigint as micros
    from orders o where o.production_id = p.production_id
) c
where p.production_id = %(production_id)s;

-- name: first_warning
insert into spending_warnings (user_id, day, percent, budget_micros)
values (%(user_id)s, %(day)s, %(percent)s, %(budget)s)
on conflict do nothing
returning percent;

-- name: read
select o.*, p.epoch as production_epoch, a.external_id as recorded_id, a.outcome as last_outcome,
    extract(epoch from o.submit_deadline - clock_timestamp())::float8 as deadline_in_s
from orders o
join productions p using (production_id)
left join order_attempts a on a.call_key = o.call_key and a.number = o.attempt
where o.call_key = %(call_key)s;

-- name: read_many
select o.* from orders o where o.call_key = any(%(call_keys)s);

-- name: arm
-- One row: why nothing may be sent, or the order that may be. What costs nothing no stop holds up.
with asked as materialized (
    select case when o.cost_quoted > 0 then greenlight_may_post(o.user_id) end as refusal
    from orders o where o.call_key = %(call_key)s
), armed as (
    update orders o
    set attempt = o.attempt + 1, owner_epoch = p.epoch, key_id = %(key_id)s::uuid, key_version = %(key_version)s::integer,
        key_mark = %(key_mark)s::text,
        submit_deadline = clock_timestamp() + make_interval(secs => %(timeout_s)s)
    from asked, productions p
    where asked.refusal is null
        and o.call_key = %(call_key)s and o.state = 'intent' and o.attempt = %(attempt)s
        and o.submit_deadline is null and o.ask_since is null and not o.elsewhere
        and p.production_id = o.production_id and p.epoch = %(epoch)s
    returning o.*
), audit as (
    insert into order_attempts (call_key, number, epoch, provider)
    select call_key, attempt, owner_epoch, provider from armed
)
select asked.refusal, armed.* from asked left join armed on true;

-- name: accept
with audit as (
    -- Not fenced: whoever reconciles this order later should find the id.
    update order_attempts set outcome = 'accepted', external_id = %(external_id)s, ended_at = clock_timestamp()
    where call_key = %(call_key)s and number = %(attempt)s
)
update orders o
set state = 'submitted', external_id = %(external_id)s, submitted_at = clock_timestamp(),
    submit_deadline = null, error_kind = null, error_detail = null
from productions p
where o.call_key = %(call_key)s and o.state = 'intent' and o.attempt = %(attempt)s
    and o.owner_epoch = %(epoch)s and p.production_id = o.production_id and p.epoch = %(epoch)s
returning o.*;

-- name: note_attempt
update order_attempts set outcome = %(outcome)s, detail = %(detail)s, ended_at = clock_timestamp()
where call_key = %(call_key)s and number = %(attempt)s;

-- name: not_sent
update orders o
set submit_deadline = null, error_kind = %(kind)s, error_detail = %(detail)s
from productions p
where o.call_key = %(call_key)s and o.state = 'intent' and o.attempt = %(attempt)s
    and p.production_id = o.production_id and p.epoch = %(epoch)s
returning o.*;

-- name: adopt
with adopted as (
    update orders o
    set state = 'submitted', external_id = %(external_id)s, submitted_at = clock_timestamp(),
        submit_deadline = null, ask_since = null, owner_epoch = p.epoch, error_kind = null, error_detail = null
    from productions p
    where o.call_key = %(call_key)s and o.state = 'intent' and o.attempt = %(attempt)s
        and p.production_id = o.production_id and p.epoch = %(epoch)s
        and not exists (
            select from order_attempts a
            where a.provider = o.provider and a.external_id = %(external_id)s
                and (a.call_key, a.number) <> (o.call_key, o.attempt)
        )
    returning o.*
), audit as (
    update order_attempts a
    set outcome = 'adopted', external_id = %(external_id)s, ended_at = clock_timestamp(),
        detail = 'the answer was lost; the job was found at the provider'
    from adopted where a.call_key = adopted.call_key and a.number = adopted.attempt
)
select * from adopted;

-- name: adopt_elsewhere
-- A job that the place before this one bought: one more POST in the books, and it was not ours.
with adopted as (
    update orders o
    set state = 'submitted', external_id = %(external_id)s, attempt = o.attempt + 1,
        submitted_at = clock_timestamp(), ask_since = null, owner_epoch = p.epoch,
        key_id = %(key_id)s::uuid, key_version = %(key_version)s::integer, key_mark = %(key_mark)s::text,
        error_kind = null, error_detail = null
    from productions p
    where o.call_key = %(call_key)s and o.state = 'intent' and o.attempt = %(attempt)s
        and o.submit_deadline is null and o.ask_since is not null
        and p.production_id = o.production_id and p.epoch = %(epoch)s
        and not exists (
            select from order_attempts a where a.provider = o.provider and a.external_id = %(external_id)s
        )
    returning o.*
), audit as (
    insert into order_attempts (call_key, number, epoch, provider, ended_at, outcome, external_id, detail)
    select call_key, attempt, owner_epoch, provider, clock_timestamp(), 'adopted', external_id,
           'bought after the backup that this place was restored from'
    from adopted
)
select * from adopted;

-- name: nobody_else
-- The provider was asked: no other place has sent this.
update orders o set ask_since = null, owner_epoch = p.epoch
from productions p
where o.call_key = %(call_key)s and o.state = 'intent' and o.attempt = %(attempt)s
    and p.production_id = o.production_id and p.epoch = %(epoch)s
returning o.*;

-- name: unowned
-- Of these jobs those that no order has or had. What the attempt that looks for its own has, is its own.
select asked.id
from unnest(%(ids)s::text[]) with ordinality as asked (id, nr), orders o
where o.call_key = %(call_key)s and not exists (
    select from order_attempts a
    where a.provider = o.provider and a.external_id = asked.id
        and (a.call_key, a.number) <> (o.call_key, o.attempt)
)
order by asked.nr;

-- name: absent
with freed as (
    update orders o set submit_deadline = null, owner_epoch = p.epoch
    from productions p
    where o.call_key = %(call_key)s and o.state = 'intent' and o.attempt = %(attempt)s
        and o.submit_deadline is not null
        and p.production_id = o.production_id and p.epoch = %(epoch)s
    returning o.*
), audit as (
    update order_attempts a
    set outcome = 'absent', ended_at = clock_timestamp(), detail = 'the provider has no such job'
    from freed where a.call_key = freed.call_key and a.number = freed.attempt
)
select * from freed;

-- name: park
with parked as (
    update orders o
    set state = 'unknown', submit_deadline = null, ask_since = null,
        error_kind = 'ambiguous', error_detail = %(detail)s,
        cost_unknown = o.cost_unknown + o.cost_reserved, cost_reserved = 0
    from productions p
    where o.call_key = %(call_key)s and o.state = 'intent' and o.attempt = %(attempt)s
        and p.production_id = o.production_id and p.epoch = %(epoch)s
    returning o.*
), audit as (
    update order_attempts a set outcome = 'unknown', ended_at = clock_timestamp(), detail = %(detail)s
    from parked where a.call_key = parked.call_key and a.number = parked.attempt
)
select * from parked;

-- name: park_job
-- Its job is known, and stays so: whoever sets its key again finds it.
with parked as (
    update orders o
    set state = 'unknown', error_kind = 'ambiguous', error_detail = %(detail)s,
        cost_unknown = o.cost_unknown + o.cost_reserved, cost_reserved = 0
    from productions p
    where o.call_key = %(call_key)s and o.state = 'submitted' and o.attempt = %(attempt)s
        and o.external_id = %(external_id)s
        and p.production_id = o.production_id and p.epoch = %(epoch)s
    returning o.*
), audit as (
    update order_attempts a set outcome = 'unknown', ended_at = clock_timestamp(), detail = %(detail)s
    from parked where a.call_key = parked.call_key and a.number = parked.attempt
)
select * from parked;

-- name: deliver
with done as (
    update orders o
    set state = 'done', done_at = clock_timestamp(), media = %(media)s, sha256 = %(sha256)s,
        result = %(result)s, seed = %(seed)s, owner_epoch = p.epoch,
        cost_actual = o.cost_actual + o.cost_reserved, cost_reserved = 0
    from productions p
    where o.call_key = %(call_key)s and o.state = 'submitted' and o.external_id = %(external_id)s
        and p.production_id = o.production_id and p.epoch = %(epoch)s
    returning o.*
), audit as (
    update order_attempts a set outcome = 'done', ended_at = clock_timestamp()
    from done where a.call_key = done.call_key and a.number = done.attempt
)
select * from done;

-- name: fail
with failed as (
    update orders o
    set state = 'failed', done_at = clock_timestamp(), submit_deadline = null,
        error_kind = %(kind)s, error_detail = %(detail)s, owner_epoch = p.epoch,
        cost_actual = o.cost_actual + case when %(billed)s::boolean then o.cost_reserved else 0 end,
        cost_unknown = o.cost_unknown + case when %(billed)s::boolean is null then o.cost_reserved else 0 end,
        cost_refunded = o.cost_refunded + case when not %(billed)s::boolean then o.cost_reserved else 0 end,
        cost_reserved = 0
    from productions p
    where o.call_key = %(call_key)s and o.state in ('intent', 'submitted') and o.attempt = %(attempt)s
        and p.production_id = o.production_id and p.epoch = %(epoch)s
    returning o.*
), audit as (
    update order_attempts a set outcome = %(outcome)s, ended_at = clock_timestamp(), detail = %(detail)s
    from failed where a.call_key = failed.call_key and a.number = failed.attempt
)
select * from failed;

-- name: count_outcomes
select count(*) as count from order_attempts where call_key = %(call_key)s and outcome = %(kind)s;

-- name: redo
with again as (
    update orders o
    set state = 'intent', external_id = null, submitted_at = null, submit_deadline = null,
        owner_epoch = p.epoch, error_kind = %(kind)s, error_detail = %(detail)s,
        ask_since = p.restored_from,
        cost_actual = o.cost_actual + case when %(billed)s::boolean then o.cost_reserved else 0 end,
        cost_unknown = o.cost_unknown + case when %(billed)s::boolean is null then o.cost_reserved else 0 end,
        cost_reserved = o.cost_quoted
    from productions p
    where o.call_key = %(call_key)s and o.state = 'submitted' and o.attempt = %(attempt)s
        and p.production_id = o.production_id and p.epoch = %(epoch)s
    returning o.*
), audit as (
    update order_attempts a set outcome = %(kind)s, ended_at = clock_timestamp(), detail = %(detail)s
    from again where a.call_key = again.call_key and a.number = again.attempt
)
select * from again;

-- name: reopen
update orders o
set state = 'intent', submit_deadline = null, done_at = null, owner_epoch = p.epoch,
    error_kind = null, error_detail = null,
    ask_since = case when o.kind = 'engine' then p.restored_from end,
    cancel_told_at = null, cancel_epoch = null, cancel_tries = 0, cancel_not_before = null,
    cost_reserved = o.cost_quoted,
    cost_refunded = greatest(0, o.cost_refunded - o.cost_quoted)
from productions p
where o.call_key = %(call_key)s and o.state = 'failed' and o.attempt = %(attempt)s
    and p.production_id = o.production_id and p.epoch = %(epoch)s
returning o.*;

-- name: costs
select
    coalesce(sum(quoted), 0)::bigint as quoted,
    coalesce(sum(reserved), 0)::bigint as reserved,
    coalesce(sum(billed), 0)::bigint as billed,
    coalesce(sum(refunded), 0)::bigint as refunded,
    coalesce(sum(unknown), 0)::bigint as unknown,
    coalesce(sum(spared), 0)::bigint as spared
from spending_lines
where production_id = %(production_id)s
    and (%(stage)s::text is null or stage = %(stage)s)
    and (%(item)s::text is null or item = %(item)s);

-- name: history
select o.*, coalesce(a.attempts, '[]') as attempts
from orders o
left join lateral (
    select jsonb_agg(jsonb_build_object(
        'number', t.number, 'epoch', t.epoch, 'provider', t.provider, 'posted_at', t.posted_at,
        'ended_at', t.ended_at, 'outcome', t.outcome, 'external_id', t.external_id, 'detail', t.detail
    ) || case when o.kind <> 'text' then '{}' else jsonb_build_object(
        'model', t.model, 'reserved', t.reserved, 'cost', t.cost, 'prompt_tokens', t.prompt_tokens,
        'cached_tokens', t.cached_tokens, 'completion_tokens', t.completion_tokens,
        'reasoning_tokens', t.reasoning_tokens, 'estimated', t.estimated
    ) end order by t.number) as attempts
    from order_attempts t where t.call_key = o.call_key
) a on true
where o.production_id = %(production_id)s
  and (%(owner)s::text is null or exists (
      select from productions p where p.production_id = o.production_id and p.user_id = %(owner)s))
order by o.intent_at, o.call_key;

-- name: tell
-- An event of the production's log, once under its id. Whoever follows the log reads it from the table.
with owner as (
    update productions p set last_seq = p.last_seq + 1
    where p.production_id = %(production_id)s and not exists (
        select from events e where e.production_id = p.production_id and e.event_id = %(event_id)s)
    returning p.production_id, p.last_seq
), written as (
    insert into events (production_id, seq, event_id, run_id, method, payload)
    select o.production_id, o.last_seq, %(event_id)s,
           (select r.run_id from runs r where r.production_id = o.production_id and r.status = 'running' limit 1),
           'custom', %(payload)s
    from owner o
    on conflict (production_id, event_id) do nothing
)
select pg_notify('greenlight_events', production_id || ' ' || last_seq || ' -') from owner;
