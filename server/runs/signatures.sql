-- name: signatures
-- A value that several states share is one row; those of subgraphs are the same ones.
select distinct type, blob from checkpoint_blobs
where thread_id = %(production)s::text and channel = 'signature' and type = 'msgpack';
