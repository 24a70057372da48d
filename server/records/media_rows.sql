-- name: keep
-- A branch that uses what its parent made does not take it over.
insert into media_library as m (user_id, s3_key, s3_url, media_type, file_name, file_size_bytes,
    duration_seconds, width, height, format, title, novela_id, video_id, production_id, job_id,
    thumbnail_url, thumbnail_s3_key, created_at, file_hash)
values (%(user)s, %(s3_key)s, %(s3_url)s, %(media_type)s, %(file_name)s, %(size)s, %(duration)s, %(width)s,
    %(height)s, %(format)s, %(title)s, %(novela)s,
    (select v.id from novela_videos v where v.novela_id = %(novela)s and v.user_id = %(user)s
        and v.episode_number = %(episode)s and v.scene_number = %(scene)s),
    %(production)s, %(job)s, %(thumbnail_url)s, %(thumbnail_key)s, %(at)s, %(file_hash)s)
on conflict (s3_key) do update
set title = excluded.title, novela_id = excluded.novela_id, video_id = excluded.video_id,
    production_id = excluded.production_id, job_id = excluded.job_id,
    thumbnail_url = excluded.thumbnail_url, thumbnail_s3_key = excluded.thumbnail_s3_key,
    file_hash = coalesce(excluded.file_hash, m.file_hash)
where m.user_id = excluded.user_id and (not %(branch)s::boolean or m.production_id = excluded.production_id);

-- name: sent_before
select s3_key, media_type, file_name, file_size_bytes, duration_seconds, width, height, format, file_hash
from media_library where user_id = %(user)s and file_hash = %(hash)s
order by created_at limit 1;

-- name: list_date
select m.*, case when n.deleted_at is null then m.novela_id end as shown_novela_id
from media_library m left join novelas n on n.id = m.novela_id
where m.user_id = %(user)s and (%(type)s::text is null or m.media_type = %(type)s)
  and (%(novela)s::uuid is null or (m.novela_id = %(novela)s and n.deleted_at is null))
order by m.created_at desc, m.id limit %(limit)s offset %(offset)s;

-- name: list_name
select m.*, case when n.deleted_at is null then m.novela_id end as shown_novela_id
from media_library m left join novelas n on n.id = m.novela_id
where m.user_id = %(user)s and (%(type)s::text is null or m.media_type = %(type)s)
  and (%(novela)s::uuid is null or (m.novela_id = %(novela)s and n.deleted_at is null))
order by lower(m.file_name), m.id limit %(limit)s offset %(offset)s;

-- name: list_size
select m.*, case when n.deleted_at is null then m.novela_id end as shown_novela_id
from media_library m left join novelas n on n.id = m.novela_id
where m.user_id = %(user)s and (%(type)s::text is null or m.media_type = %(type)s)
  and (%(novela)s::uuid is null or (m.novela_id = %(novela)s and n.deleted_at is null))
order by m.file_size_bytes desc, m.id limit %(limit)s offset %(offset)s;

-- name: count
select count(*) as total
from media_library m left join novelas n on n.id = m.novela_id
where m.user_id = %(user)s and (%(type)s::text is null or m.media_type = %(type)s)
  and (%(novela)s::uuid is null or (m.novela_id = %(novela)s and n.deleted_at is null));

-- name: get
select s3_key, media_type, title, created_at from media_library where id = %(id)s and user_id = %(user)s;

-- name: at_key
select id from media_library where s3_key = %(key)s and user_id = %(user)s;
