-- name: open
create temporary table listed (
    key text primary key, size_bytes bigint not null, stored_at timestamptz not null
);

-- name: open_pictures
create temporary table pictures_left (key text primary key);

-- name: began
select clock_timestamp() as at;

-- name: page
insert into listed (key, size_bytes, stored_at)
select * from unnest(%(keys)s::text[], %(sizes)s::bigint[], %(times)s::timestamptz[])
on conflict do nothing;

-- name: ready
analyze listed;

-- name: counts
select (select count(*) from listed) as there,
       exists (select from media_library where user_id = %(user)s and updated_at < %(began)s) as known;

-- name: add
-- The picture of a clip belongs to the clip.
insert into media_library (user_id, s3_key, s3_url, media_type, file_name, file_size_bytes, format, created_at)
select %(user)s, l.key, '/media/' || l.key,
       case split_part(l.key, '/', 1) when 'text' then 'font' else split_part(l.key, '/', 1) end, split_part(l.key, '/', 3), l.size_bytes,
       split_part(l.key, '.', 2), l.stored_at
from listed l
where not exists (
    select from media_library m where m.thumbnail_s3_key = l.key and m.user_id = %(user)s)
  and not exists (select from pictures_left p where p.key = l.key)
on conflict (s3_key) do nothing;

-- name: remove
-- Rows that were written since stay: their files may have come behind the page they belong on.
with gone as (
    delete from media_library m
    where m.user_id = %(user)s and m.updated_at < %(began)s
      and not exists (select from listed l where l.key = m.s3_key)
    returning thumbnail_s3_key
), left_behind as (
    insert into pictures_left (key)
    select distinct thumbnail_s3_key from gone
    where exists (select from listed l where l.key = thumbnail_s3_key)
      and not exists (select from media_library m where m.s3_key = thumbnail_s3_key)
    on conflict do nothing
)
select count(*) as removed from gone;

-- name: left_behind
-- Some pictures whose clips are gone.
delete from pictures_left where key in (select key from pictures_left limit 1000) returning key;

-- name: had_by_others
delete from pictures_left p where exists (select from media_library m where m.thumbnail_s3_key = p.key);
