-- name: begin
insert into uploads (user_id, file_name, mime, title, size_bytes, sha256, expires_at)
select %(user)s, %(name)s, %(mime)s, %(title)s, %(size)s, %(sha256)s, %(expires)s
where (select count(*) from uploads where user_id = %(user)s and state = 'receiving'
       and expires_at > %(now)s) < %(most)s
returning *;

-- name: read
select * from uploads where upload_id = %(upload)s and expires_at > %(now)s;

-- name: receive
-- Only what goes on where the last piece ended: of two who send the same bytes one is told to look again.
update uploads set received_bytes = received_bytes + %(bytes)s, pieces = pieces || %(piece)s::text
where upload_id = %(upload)s and received_bytes = %(offset)s and state = 'receiving'
returning *;

-- name: store
update uploads set state = 'stored', media_id = %(media)s, pieces = '{}'
where upload_id = %(upload)s and state = 'receiving' returning *;

-- name: refuse
update uploads set state = 'refused', problem = %(problem)s, suggestion = %(suggestion)s, pieces = '{}'
where upload_id = %(upload)s and state = 'receiving' returning *;

-- name: drop
delete from uploads where upload_id = %(upload)s;

-- name: over
select upload_id, user_id from uploads where expires_at <= %(now)s order by expires_at limit %(most)s;
