-- name: seen
update media_library
set looked_at = now(), duration_seconds = coalesce(%(duration)s, duration_seconds),
    width = coalesce(%(width)s, width), height = coalesce(%(height)s, height),
    thumbnail_s3_key = coalesce(thumbnail_s3_key, %(picture)s),
    thumbnail_url = case when thumbnail_s3_key is null and %(picture)s::text is not null
                         then '/media/' || %(picture)s else thumbnail_url end
where id = %(id)s and user_id = %(user)s;

-- name: unseen
select * from media_library m
where m.user_id = %(user)s and m.looked_at is null and (
    (m.media_type = 'video' and (m.thumbnail_s3_key is null or m.width is null))
    or (m.media_type = 'image' and m.width is null) or (m.media_type = 'audio' and m.duration_seconds is null))
order by m.created_at desc, m.id limit %(limit)s;
