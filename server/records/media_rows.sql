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
    thumbnail_url = coalesce(excluded.thumbnail_url, m.thumbnail_url),
    thumbnail_s3_key = coalesce(excluded.thumbnail_s3_key, m.thumbnail_s3_key),
    file_hash = coalesce(excluded.file_hash, m.file_hash)
where m.user_id = excluded.user_id and (not %(branch)s::boolean or m.production_id = excluded.production_id);

-- name: sent_before
select s3_key, media_type, file_name, file_size_bytes, duration_seconds, width, height, format, file_hash
from media_library where user_id = %(user)s and file_hash = %(hash)s
order by created_at limit 1;

-- name: fits
-- Not asked for by itself: what the statements below have in common.
from media_library m left join novelas n on n.id = m.novela_id
where m.user_id = %(user)s and (%(type)s::text is null or m.media_type = %(type)s)
  and (%(novela)s::uuid is null or (m.novela_id = %(novela)s and n.deleted_at is null))
  and (%(production)s::uuid is null or m.production_id = %(production)s)
  and (%(tags)s::text[] is null or m.tags @> %(tags)s)
  and (%(words)s::text[] is null or (media_pairs(m.search_text) @> %(pairs)s::text[]
       and not exists (select from unnest(%(words)s::text[]) word where strpos(m.search_text, word) = 0)))

-- name: list_date
select m.*, case when n.deleted_at is null then m.novela_id end as shown_novela_id
{fits} order by m.created_at desc, m.id limit %(limit)s offset %(offset)s;

-- name: list_name
select m.*, case when n.deleted_at is null then m.novela_id end as shown_novela_id
{fits} order by lower(m.file_name), m.id limit %(limit)s offset %(offset)s;

-- name: list_size
select m.*, case when n.deleted_at is null then m.novela_id end as shown_novela_id
{fits} order by m.file_size_bytes desc, m.id limit %(limit)s offset %(offset)s;

-- name: count
select count(*) as total {fits};

-- name: fold
-- What is looked for as titles and tags are kept for it: parts of words, and every two letters of them.
with folded as (
    select media_folded(given) as word from unnest(%(given)s::text[]) given where media_folded(given) <> ''
)
select coalesce(array_agg(word), '{}') as words,
       coalesce((select array_agg(distinct pair) from folded, unnest(media_pairs(word)) pair), '{}') as pairs
from folded;

-- name: whole
select m.*, case when n.deleted_at is null then m.novela_id end as shown_novela_id
from media_library m left join novelas n on n.id = m.novela_id
where m.id = %(id)s and m.user_id = %(user)s;

-- name: get
select s3_key, media_type, title, created_at from media_library where id = %(id)s and user_id = %(user)s;

-- name: at_key
select id from media_library where s3_key = %(key)s and user_id = %(user)s;

-- name: describe
update media_library
set title = coalesce(%(title)s, title), description = coalesce(%(description)s, description)
where id = %(id)s and user_id = %(user)s;

-- name: tag
-- Those that have them already are not touched, and still counted.
with named as (
    select m.id, m.tags as before,
           (select coalesce(array_agg(distinct tag order by tag), '{}')
            from unnest(m.tags || %(add)s::text[]) tag where tag <> all(%(remove)s::text[])) as after
    from media_library m where m.user_id = %(user)s and m.id = any(%(ids)s::uuid[])
    order by m.id for update
), changed as (
    update media_library m set tags = named.after from named where m.id = named.id and named.after <> named.before
    returning m.id
)
select id, cardinality(after) as tags, exists (select from changed c where c.id = named.id) as changed from named;

-- name: tags
select tag, count(*) as items from media_library, unnest(tags) tag
where user_id = %(user)s group by tag order by count(*) desc, tag limit 1000;
