-- What goes into an archive: named columns only, so that a column that is added later leaves nothing open.
-- Never: who owns it, who holds its lease, tokens of webhooks, addresses at providers, digests of requests.

-- name: begin
set transaction isolation level repeatable read, read only;

-- name: zone
set local time zone 'UTC';

-- name: state
-- What stands still: nobody drives it, nothing waits to be driven, nothing waits to be taken back.
select p.graph, p.graph_version, p.title, p.status,
       p.lease_until is not null and p.lease_until > now() as held,
       exists (select 1 from runs r where r.production_id = p.production_id
               and (r.status in ('queued', 'running') or (r.cancel_action = 'rollback' and r.status <> 'waiting')
                    or (r.status = 'waiting' and (r.not_before is null or r.not_before <= now())
                        and (p.status <> 'paused' or r.multitask in ('interrupt', 'rollback') or p.interrupts = '[]')))
              ) as live
from productions p
where p.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null;

-- name: production
select to_jsonb(r)::text as line from (
    select p.production_id, p.graph, p.graph_version, p.title, n.id as novela_id, p.episode_number, p.brief,
           p.context - 'user_id' as context, p.metadata, p.status, p.stage, p.values, p.interrupts, p.error,
           p.ceiling_micros, p.epoch, p.last_seq, p.parent_production_id, p.parent_checkpoint_id,
           p.created_at, p.updated_at, p.state_updated_at, p.replay
    from productions p
    left join novelas n on n.id = p.novela_id and n.user_id = p.user_id and n.deleted_at is null
    where p.production_id = %(production)s) r;

-- name: novela
-- Its plan, sums and status follow from the log again.
select to_jsonb(r)::text as line from (
    select n.id, n.title, n.description, n.genre, n.language, n.target_episodes, n.default_model_id,
           n.default_duration, n.default_resolution, n.default_aspect_ratio, n.reference_character_images,
           n.master_seed, n.created_at
    from novelas n join productions p on p.novela_id = n.id
    where p.production_id = %(production)s and n.user_id = p.user_id and n.deleted_at is null) r;

-- name: runs
-- A run that still waits has done nothing, and would be driven where it arrives.
select to_jsonb(r)::text as line from (
    select r.run_id, r.kind, r.input, r.status, r.attempts, r.progress_mark, r.error, r.assistant_id,
           r.metadata, r.kwargs, r.options, r.multitask, r.created_at, r.started_at, r.ended_at, r.deleted_at
    from runs r where r.production_id = %(production)s and r.status <> 'waiting'
    order by r.ordinal) r;

-- name: checkpoints
select to_jsonb(r)::text as line from (
    select c.checkpoint_ns, c.checkpoint_id, c.parent_checkpoint_id, c.type, c.checkpoint, c.metadata
    from checkpoints c where c.thread_id = %(production)s::text
    order by c.checkpoint_ns, c.checkpoint_id) r;

-- name: blobs
select to_jsonb(r)::text as line from (
    select b.checkpoint_ns, b.channel, b.version, b.type, translate(encode(b.blob, 'base64'), E'\n', '') as blob
    from checkpoint_blobs b where b.thread_id = %(production)s::text
    order by b.checkpoint_ns, b.channel, b.version) r;

-- name: writes
select to_jsonb(r)::text as line from (
    select w.checkpoint_ns, w.checkpoint_id, w.task_id, w.task_path, w.idx, w.channel, w.type,
           translate(encode(w.blob, 'base64'), E'\n', '') as blob
    from checkpoint_writes w where w.thread_id = %(production)s::text
    order by w.checkpoint_ns, w.checkpoint_id, w.task_id, w.idx) r;

-- name: events
select to_jsonb(r)::text as line from (
    select e.seq, e.event_id, e.run_id, e.namespace, e.method, e.payload, e.at
    from events e where e.production_id = %(production)s
    order by e.seq) r;

-- name: orders
select to_jsonb(r)::text as line from (
    select o.call_key, o.run_id, o.kind, o.stage, o.item, o.cause, o.take_number, o.medium, o.provider,
           o.model, o.request - %(webhooks)s::text[] as request, o.request_hash, o.state, o.owner_epoch, o.attempt,
           o.submit_deadline, o.external_id, o.price_edition, o.cost_quoted, o.cost_reserved, o.cost_actual,
           o.cost_refunded, o.cost_unknown, o.media, o.sha256, o.result, o.prompt_digest, o.seed, o.degraded,
           o.error_kind, o.error_detail, o.adopted_from, o.intent_at, o.submitted_at, o.done_at,
           o.provider_expires_at, o.spent_more_at
    from orders o where o.production_id = %(production)s and o.user_id = %(user)s
    order by o.intent_at, o.call_key) r;

-- name: attempts
select to_jsonb(r)::text as line from (
    select a.call_key, a.number, a.epoch, a.provider, a.posted_at, a.ended_at, a.outcome, a.external_id,
           a.detail, a.model, a.reserved, a.cost, a.prompt_tokens, a.cached_tokens, a.completion_tokens,
           a.reasoning_tokens, a.estimated
    from order_attempts a join orders o using (call_key)
    where o.production_id = %(production)s and o.user_id = %(user)s
    order by a.call_key, a.number) r;

-- name: replay_calls
-- Which record answered which call, where this production is a replay.
select to_jsonb(r)::text as line from (
    select c.call_key, c.source_key from replay_calls c
    where c.production_id = %(production)s order by c.call_key) r;

-- name: cut
select to_jsonb(r)::text as line from (
    select c.head, c.newest, c.used_ids, c.created_at, c.changed_at
    from cuts c where c.production_id = %(production)s and c.user_id = %(user)s) r;

-- name: cut_versions
-- Not who made them: an account of this place.
select to_jsonb(r)::text as line from (
    select v.version, v.parent, v.kind, v.operation, v.timeline, v.digest, v.made_of, v.at
    from cut_versions v join cuts c using (cut_id)
    where c.production_id = %(production)s and c.user_id = %(user)s
    order by v.version) r;

-- name: ancestors
-- The line that this production branched from, the nearest first: what a replay looks through for answers.
with recursive line as (
    select p.parent_production_id as production_id, 1 as depth
    from productions p where p.production_id = %(production)s
    union all
    select p.parent_production_id, line.depth + 1
    from line join productions p using (production_id)
    where p.user_id = %(user)s and line.depth < 100
)
select to_jsonb(r)::text as line from (
    select p.production_id, p.parent_production_id, p.parent_checkpoint_id, p.graph, p.graph_version,
           p.created_at
    from line join productions p using (production_id) where p.user_id = %(user)s
    order by line.depth) r;

-- name: ancestor_runs
-- The runs that made the states which this production has from its line: what a replay is driven with.
with recursive line as (
    select p.parent_production_id as production_id, 1 as depth
    from productions p where p.production_id = %(production)s
    union all
    select p.parent_production_id, line.depth + 1
    from line join productions p using (production_id)
    where p.user_id = %(user)s and line.depth < 100
)
select to_jsonb(r)::text as line from (
    select r.production_id, r.run_id, r.kind, r.input, r.status, r.attempts, r.progress_mark, r.error,
           r.assistant_id, r.metadata, r.kwargs, r.options, r.multitask, r.created_at, r.started_at, r.ended_at,
           r.deleted_at
    from line join runs r using (production_id)
    where r.user_id = %(user)s and r.status not in ('waiting', 'queued', 'running') and r.run_id::text in (
        select c.metadata ->> 'run_id' from checkpoints c where c.thread_id = %(production)s::text)
    order by r.ordinal) r;

-- name: ancestor_events
-- What those runs did and asked: what a replay is held against.
with recursive line as (
    select p.parent_production_id as production_id, 1 as depth
    from productions p where p.production_id = %(production)s
    union all
    select p.parent_production_id, line.depth + 1
    from line join productions p using (production_id)
    where p.user_id = %(user)s and line.depth < 100
)
select to_jsonb(r)::text as line from (
    select e.production_id, e.seq, e.event_id, e.run_id, e.namespace, e.method, e.payload, e.at
    from line join productions p using (production_id) join events e using (production_id)
    where p.user_id = %(user)s and e.method in ('tasks', 'input.requested') and e.run_id::text in (
        select c.metadata ->> 'run_id' from checkpoints c where c.thread_id = %(production)s::text)
    order by line.depth, e.seq) r;

-- name: ancestor_orders
with recursive line as (
    select p.parent_production_id as production_id, 1 as depth
    from productions p where p.production_id = %(production)s
    union all
    select p.parent_production_id, line.depth + 1
    from line join productions p using (production_id)
    where p.user_id = %(user)s and line.depth < 100
)
select to_jsonb(r)::text as line from (
    select o.production_id, o.call_key, o.kind, o.stage, o.item, o.cause, o.take_number, o.medium,
           o.provider, o.model, o.request - %(webhooks)s::text[] as request, o.request_hash, o.price_edition,
           o.media, o.sha256, o.result, o.prompt_digest, o.seed, o.degraded, o.adopted_from, o.intent_at,
           o.submitted_at, o.done_at, o.state, o.error_kind, o.error_detail
    from line join orders o using (production_id)
    where o.state in ('done', 'failed', 'unknown') and o.user_id = %(user)s
    order by line.depth, o.intent_at, o.call_key) r;
