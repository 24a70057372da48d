-- name: forget
-- Of the library what a cleared production leaves: the rows go before their files.
delete from media_library m
where m.s3_key = any(%(keys)s) and m.video_id is null and exists (
    select 1 from productions p where p.production_id = m.production_id and p.cleared_at is not null);
