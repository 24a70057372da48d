-- name: copy_row
-- The copy names its parent, so that its ledger finds what the parent bought.
insert into productions
    (production_id, user_id, graph, graph_version, title, novela_id, episode_number, brief, context, metadata,
     status, stage, ceiling_micros, parent_production_id, parent_checkpoint_id)
select %(copy)s, p.user_id, p.graph, p.graph_version, p.title, p.novela_id, p.episode_number, p.brief, p.context,
       p.metadata, 'draft', p.stage, p.ceiling_micros, p.production_id,
       (select max(c.checkpoint_id) from checkpoints c where c.thread_id = p.production_id::text and c.checkpoint_ns = '')
from productions p
where p.production_id = %(thread)s and p.user_id = %(user)s and p.deleted_at is null
for key share of p
returning graph;

-- name: copy_checkpoints
insert into checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata)
select %(copy)s::text, checkpoint_ns, checkpoint_id, parent_checkpoint_id, type, checkpoint, metadata
from checkpoints where thread_id = %(thread)s::text;

-- name: copy_blobs
insert into checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
select %(copy)s::text, checkpoint_ns, channel, version, type, blob
from checkpoint_blobs where thread_id = %(thread)s::text;

-- name: copy_writes
insert into checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, task_path, idx, channel, type, blob)
select %(copy)s::text, checkpoint_ns, checkpoint_id, task_id, task_path, idx, channel, type, blob
from checkpoint_writes where thread_id = %(thread)s::text;

-- name: drop_old_checkpoints
-- All but the newest of every namespace, fenced by the lease.
delete from checkpoints c using productions p
where p.production_id = %(thread)s and p.epoch = %(epoch)s and c.thread_id = %(thread)s::text
  and c.checkpoint_id < (select max(n.checkpoint_id) from checkpoints n
                         where n.thread_id = c.thread_id and n.checkpoint_ns = c.checkpoint_ns);

-- name: drop_old_writes
delete from checkpoint_writes w using productions p
where p.production_id = %(thread)s and p.epoch = %(epoch)s and w.thread_id = %(thread)s::text
  and not exists (select 1 from checkpoints c where c.thread_id = w.thread_id
                  and c.checkpoint_ns = w.checkpoint_ns and c.checkpoint_id = w.checkpoint_id);

-- name: drop_old_blobs
delete from checkpoint_blobs b using productions p
where p.production_id = %(thread)s and p.epoch = %(epoch)s and b.thread_id = %(thread)s::text
  and not exists (select 1 from checkpoints c where c.thread_id = b.thread_id and c.checkpoint_ns = b.checkpoint_ns
                  and c.checkpoint -> 'channel_versions' ->> b.channel = b.version);
