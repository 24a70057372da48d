-- Rows of an archive as they arrive: of one new owner, under ids that were found free.

-- name: taken
-- What of these ids is here already, and whose. A thread counts as taken while one checkpoint of it is left. What was
-- cleared is only books: nobody can branch from it.
select p.production_id::text as id, p.user_id = %(user)s and p.cleared_at is null as own,
       p.status = 'draft' and p.deleted_at is not null and p.metadata ? 'archived_ancestor' as stands_in
from productions p where p.production_id = any(%(ids)s::uuid[])
union all
select distinct c.thread_id, false, false from checkpoints c
where c.thread_id = any(%(ids)s::text[])
  and not exists (select 1 from productions p where p.production_id::text = c.thread_id);

-- name: novela_taken
select 1 as taken from novelas where id = %(id)s;

-- name: take_place
-- An ancestor came before with a child's archive, as a stand-in; now it comes itself.
with children as (
    update productions set parent_production_id = null
    where parent_production_id = %(production)s and user_id = %(user)s
    returning production_id::text as id
), gone as (
    delete from productions where production_id = %(production)s and user_id = %(user)s and status = 'draft'
)
select id from children;

-- name: adopt_children
update productions set parent_production_id = %(production)s
where production_id = any(%(children)s::uuid[]) and user_id = %(user)s;

-- name: novela
insert into novelas (id, user_id, title, description, genre, language, target_episodes, default_model_id,
    default_duration, default_resolution, default_aspect_ratio, reference_character_images, master_seed, created_at)
select r.id, %(user)s, r.title, r.description, r.genre, r.language, r.target_episodes, r.default_model_id,
       r.default_duration, r.default_resolution, r.default_aspect_ratio, r.reference_character_images,
       r.master_seed, r.created_at
from jsonb_to_recordset(%(rows)s::jsonb) as r (id uuid, title text, description text, genre text, language text,
    target_episodes int, default_model_id text, default_duration int, default_resolution text,
    default_aspect_ratio text, reference_character_images text[], master_seed bigint, created_at timestamptz);

-- name: ancestors
-- Stand-ins: only what a replay looks through. No list shows them.
insert into productions (production_id, user_id, graph, graph_version, status, deleted_at, metadata,
    parent_checkpoint_id, created_at)
select r.production_id, %(user)s, r.graph, r.graph_version, 'draft', now(), '{"archived_ancestor": true}',
       r.parent_checkpoint_id, r.created_at
from jsonb_to_recordset(%(rows)s::jsonb) as r (production_id uuid, graph text, graph_version text,
    parent_checkpoint_id text, created_at timestamptz)
where not exists (select 1 from productions p where p.production_id = r.production_id);

-- name: ancestors_linked
update productions p set parent_production_id = r.parent_production_id
from jsonb_to_recordset(%(rows)s::jsonb) as r (production_id uuid, parent_production_id uuid)
where p.production_id = r.production_id and p.user_id = %(user)s and p.metadata ? 'archived_ancestor'
  and p.parent_production_id is null
  and exists (select 1 from productions o where o.production_id = r.parent_production_id and o.user_id = %(user)s);

-- name: ancestor_runs
-- As the events and orders below: into stand-ins only, an ancestor that is here itself has its own.
insert into runs (run_id, production_id, user_id, kind, input, status, attempts, progress_mark, error,
    assistant_id, metadata, kwargs, options, multitask, created_at, started_at, ended_at, deleted_at)
select r.run_id, p.production_id, %(user)s, r.kind, r.input, r.status, r.attempts, r.progress_mark, r.error,
       r.assistant_id, r.metadata, r.kwargs,
       case when %(ran)s = '{}'::jsonb then r.options
            else r.options || jsonb_build_object('context', %(ran)s || coalesce(r.options->'context', '{}')) end,
       r.multitask, r.created_at, r.started_at, r.ended_at, r.deleted_at
from jsonb_to_recordset(%(rows)s::jsonb) as r (production_id uuid, run_id uuid, kind text, input jsonb,
    status text, attempts int, progress_mark text, error jsonb, assistant_id uuid, metadata jsonb, kwargs jsonb,
    options jsonb, multitask text, created_at timestamptz, started_at timestamptz, ended_at timestamptz,
    deleted_at timestamptz)
join productions p on p.production_id = r.production_id and p.user_id = %(user)s and p.metadata ? 'archived_ancestor'
on conflict do nothing;

-- name: ancestor_events
insert into events (production_id, seq, event_id, run_id, namespace, method, payload, at)
select p.production_id, r.seq, r.event_id, r.run_id, r.namespace, r.method, coalesce(r.payload, 'null'), r.at
from jsonb_to_recordset(%(rows)s::jsonb) as r (production_id uuid, seq bigint, event_id text, run_id uuid,
    namespace text[], method text, payload jsonb, at timestamptz)
join productions p on p.production_id = r.production_id and p.user_id = %(user)s and p.metadata ? 'archived_ancestor'
on conflict do nothing;

-- name: ancestor_orders
insert into orders (production_id, user_id, call_key, kind, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, price_edition, media, sha256, result,
    prompt_digest, seed, degraded, adopted_from, intent_at, submitted_at, done_at, error_kind, error_detail,
    imported_micros)
select r.production_id, %(user)s, r.call_key, r.kind, r.stage, r.item, r.cause, r.take_number, r.medium,
       r.provider, r.model, r.request, r.request_hash, r.state, 0,
       replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), r.price_edition, r.media, r.sha256,
       r.result, r.prompt_digest, r.seed, r.degraded, r.adopted_from, r.intent_at, r.submitted_at, r.done_at,
       r.error_kind, r.error_detail, 0
from jsonb_to_recordset(%(rows)s::jsonb) as r (production_id uuid, call_key text, kind text, stage text,
    item text, cause text, take_number int, medium text, provider text, model text, request jsonb,
    request_hash text, price_edition text, media jsonb, sha256 text, result jsonb, prompt_digest text,
    seed bigint, degraded boolean, adopted_from text, intent_at timestamptz, submitted_at timestamptz,
    done_at timestamptz, state text, error_kind text, error_detail text)
join productions p on p.production_id = r.production_id and p.user_id = %(user)s and p.metadata ? 'archived_ancestor'
on conflict do nothing;

-- name: production
-- What it may spend without asking is this place's word (terms.py).
insert into productions (production_id, user_id, graph, graph_version, title, novela_id, episode_number, brief,
    context, metadata, status, stage, values, interrupts, error, ceiling_micros, epoch, last_seq,
    parent_production_id, parent_checkpoint_id, created_at, updated_at, state_updated_at, replay)
select r.production_id, %(user)s, r.graph, r.graph_version, r.title, r.novela_id, r.episode_number, r.brief,
       r.context || %(terms)s::jsonb || jsonb_build_object('user_id', %(user)s::text), r.metadata, r.status, r.stage,
       r.values, r.interrupts, r.error, least(r.ceiling_micros, %(most)s), r.epoch, r.last_seq,
       (select p.production_id from productions p
        where p.production_id = r.parent_production_id and p.user_id = %(user)s),
       r.parent_checkpoint_id, r.created_at, r.updated_at, r.state_updated_at, r.replay
from jsonb_to_recordset(%(rows)s::jsonb) as r (production_id uuid, graph text, graph_version text, title text,
    novela_id uuid, episode_number int, brief jsonb, context jsonb, metadata jsonb, status text, stage text,
    values jsonb, interrupts jsonb, error jsonb, ceiling_micros bigint, epoch bigint, last_seq bigint,
    parent_production_id uuid, parent_checkpoint_id text, created_at timestamptz, updated_at timestamptz,
    state_updated_at timestamptz, replay boolean);

-- name: runs
-- Each remembers how it was reviewed: no run here goes by that, but a replay goes the way that they went.
insert into runs (run_id, production_id, user_id, kind, input, status, attempts, progress_mark, error,
    assistant_id, metadata, kwargs, options, multitask, created_at, started_at, ended_at, deleted_at)
select r.run_id, %(production)s, %(user)s, r.kind, r.input, r.status, r.attempts, r.progress_mark, r.error,
       r.assistant_id, r.metadata, r.kwargs,
       case when %(ran)s = '{}'::jsonb then r.options
            else r.options || jsonb_build_object('context', %(ran)s || coalesce(r.options->'context', '{}')) end,
       r.multitask, r.created_at, r.started_at, r.ended_at, r.deleted_at
from jsonb_to_recordset(%(rows)s::jsonb) as r (run_id uuid, kind text, input jsonb, status text, attempts int,
    progress_mark text, error jsonb, assistant_id uuid, metadata jsonb, kwargs jsonb, options jsonb,
    multitask text, created_at timestamptz, started_at timestamptz, ended_at timestamptz, deleted_at timestamptz);

-- name: checkpoints
insert into checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata)
select %(production)s::text, r.checkpoint_ns, r.checkpoint_id, r.parent_checkpoint_id, r.type, r.checkpoint, r.metadata
from jsonb_to_recordset(%(rows)s::jsonb) as r (checkpoint_ns text, checkpoint_id text, parent_checkpoint_id text,
    type text, checkpoint jsonb, metadata jsonb);

-- name: blobs
insert into checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
select %(production)s::text, r.checkpoint_ns, r.channel, r.version, r.type, decode(r.blob, 'base64')
from jsonb_to_recordset(%(rows)s::jsonb) as r (checkpoint_ns text, channel text, version text, type text, blob text);

-- name: writes
insert into checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, task_path, idx, channel, type, blob)
select %(production)s::text, r.checkpoint_ns, r.checkpoint_id, r.task_id, r.task_path, r.idx, r.channel, r.type,
       decode(r.blob, 'base64')
from jsonb_to_recordset(%(rows)s::jsonb) as r (checkpoint_ns text, checkpoint_id text, task_id text,
    task_path text, idx int, channel text, type text, blob text);

-- name: events
insert into events (production_id, seq, event_id, run_id, namespace, method, payload, at)
select %(production)s, r.seq, r.event_id, r.run_id, r.namespace, r.method, coalesce(r.payload, 'null'), r.at
from jsonb_to_recordset(%(rows)s::jsonb) as r (seq bigint, event_id text, run_id uuid, namespace text[],
    method text, payload jsonb, at timestamptz);

-- name: orders
-- A provider's id belongs to one order only: a copy beside its original goes without, and so does what names a job that was
-- ever another user's here. What it cost was paid elsewhere, and what is not done was not reserved here: it is claimed anew
-- before anything is sent.
insert into orders (production_id, user_id, call_key, run_id, kind, stage, item, cause, take_number, medium,
    provider, model, request, request_hash, state, owner_epoch, attempt, submit_deadline, external_id,
    webhook_token, price_edition, cost_quoted, cost_reserved, cost_actual, cost_refunded, cost_unknown, media,
    sha256, result, prompt_digest, seed, degraded, error_kind, error_detail, adopted_from, intent_at,
    submitted_at, done_at, provider_expires_at, spent_more_at, imported_micros, elsewhere)
select %(production)s, %(user)s, r.call_key, r.run_id, r.kind, r.stage, r.item, r.cause, r.take_number, r.medium,
       r.provider, r.model, r.request, r.request_hash, r.state, r.owner_epoch, r.attempt, r.submit_deadline,
       case when not exists (select 1 from orders o where o.provider = r.provider and o.external_id = r.external_id)
             and not exists (select 1 from order_attempts a where a.provider = r.provider
                             and a.external_id = r.external_id and a.user_id <> %(user)s)
            then r.external_id end,
       replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), r.price_edition, r.cost_quoted,
       r.cost_reserved, r.cost_actual, r.cost_refunded, r.cost_unknown, r.media, r.sha256, r.result,
       r.prompt_digest, r.seed, r.degraded, r.error_kind, r.error_detail, r.adopted_from, r.intent_at,
       r.submitted_at, r.done_at, r.provider_expires_at, r.spent_more_at,
       r.cost_reserved + r.cost_actual + r.cost_unknown, r.state <> 'done'
from jsonb_to_recordset(%(rows)s::jsonb) as r (call_key text, run_id uuid, kind text, stage text, item text,
    cause text, take_number int, medium text, provider text, model text, request jsonb, request_hash text,
    state text, owner_epoch bigint, attempt int, submit_deadline timestamptz, external_id text,
    price_edition text, cost_quoted bigint, cost_reserved bigint, cost_actual bigint, cost_refunded bigint,
    cost_unknown bigint, media jsonb, sha256 text, result jsonb, prompt_digest text, seed bigint,
    degraded boolean, error_kind text, error_detail text, adopted_from text, intent_at timestamptz,
    submitted_at timestamptz, done_at timestamptz, provider_expires_at timestamptz, spent_more_at timestamptz);

-- name: attempts
insert into order_attempts (call_key, number, epoch, provider, posted_at, ended_at, outcome, external_id, detail,
    model, reserved, cost, prompt_tokens, cached_tokens, completion_tokens, reasoning_tokens, estimated, imported)
select r.call_key, r.number, r.epoch, r.provider, r.posted_at, r.ended_at, r.outcome, r.external_id, r.detail,
       coalesce(r.model, ''), coalesce(r.reserved, 0), r.cost, r.prompt_tokens, r.cached_tokens, r.completion_tokens,
       r.reasoning_tokens, coalesce(r.estimated, false), true
from jsonb_to_recordset(%(rows)s::jsonb) as r (call_key text, number int, epoch bigint, provider text,
    posted_at timestamptz, ended_at timestamptz, outcome text, external_id text, detail text, model text,
    reserved bigint, cost bigint, prompt_tokens int, cached_tokens int, completion_tokens int, reasoning_tokens int,
    estimated boolean);

-- name: replay_calls
insert into replay_calls (production_id, call_key, source_key)
select %(production)s, r.call_key, r.source_key
from jsonb_to_recordset(%(rows)s::jsonb) as r (call_key text, source_key text);

-- name: cut
insert into cuts (production_id, user_id, head, newest, used_ids, created_at, changed_at)
select %(production)s, %(user)s, r.head, r.newest, r.used_ids, r.created_at, r.changed_at
from jsonb_to_recordset(%(rows)s::jsonb) as r (head int, newest int, used_ids int, created_at timestamptz,
    changed_at timestamptz);

-- name: cut_versions
insert into cut_versions (cut_id, version, parent, kind, operation, timeline, digest, made_of, by_user, at)
select c.cut_id, r.version, r.parent, r.kind, r.operation, r.timeline, r.digest, r.made_of, %(user)s, r.at
from jsonb_to_recordset(%(rows)s::jsonb) as r (version int, parent int, kind text, operation jsonb, timeline jsonb,
    digest text, made_of text, at timestamptz)
join cuts c on c.production_id = %(production)s;

-- name: spoken
-- Lines that were spoken in the editor: no event tells of them.
insert into media_library (user_id, s3_key, s3_url, media_type, file_name, file_size_bytes, duration_seconds, format,
    title, production_id, job_id, tags, created_at)
select o.user_id, o.media ->> 'key', '/media/' || (o.media ->> 'key'), 'audio',
       'voiceover-' || o.item || '.' || split_part(o.media ->> 'key', '.', 2), (o.media ->> 'size_bytes')::bigint,
       (o.media ->> 'duration_s')::float8, split_part(o.media ->> 'key', '.', 2), left(o.request ->> 'text', 80),
       o.production_id, o.call_key, array['voiceover'], o.done_at
from orders o
where o.production_id = %(production)s and o.user_id = %(user)s and o.stage = 'voiceover' and o.state = 'done'
  and o.media ->> 'key' like 'audio/%%'
on conflict (s3_key) do nothing;

-- name: library_before
select m.s3_key, m.title, m.novela_id, m.video_id, m.production_id, m.job_id, m.thumbnail_url, m.thumbnail_s3_key
from media_library m where m.user_id = %(user)s and m.s3_key = any(%(keys)s);

-- name: library_restore
-- The library has one row a file; what was there keeps its place, whatever a copy says of it.
update media_library m
set title = r.title, novela_id = r.novela_id, video_id = r.video_id, production_id = r.production_id,
    job_id = r.job_id, thumbnail_url = r.thumbnail_url, thumbnail_s3_key = r.thumbnail_s3_key
from jsonb_to_recordset(%(rows)s::jsonb) as r (s3_key text, title text, novela_id uuid, video_id uuid,
    production_id uuid, job_id text, thumbnail_url text, thumbnail_s3_key text)
where m.s3_key = r.s3_key and m.user_id = %(user)s;
