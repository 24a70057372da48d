-- name: count
select
    (select count(*) from productions p where p.user_id = %(user)s and p.deleted_at is null) as productions,
    (select count(*) from productions p
        where p.user_id = %(user)s and p.deleted_at is null and p.status in ('queued', 'running')) as working,
    (select count(*) from productions p
        where p.user_id = %(user)s and p.deleted_at is null and p.status = 'paused') as waiting,
    (select count(*) from productions p
        where p.user_id = %(user)s and p.deleted_at is null and p.status = 'completed') as completed,
    (select count(*) from productions p
        where p.user_id = %(user)s and p.deleted_at is null and p.status = 'failed') as failed,
    -- Work alone: what a production waits for a person is nobody's time of making.
    (select avg(made.seconds)::float8 from (
        select sum(extract(epoch from r.ended_at - r.started_at)) as seconds
        from runs r join productions p using (production_id)
        where p.user_id = %(user)s and p.deleted_at is null and p.status = 'completed'
          and r.started_at is not null and r.ended_at is not null
        group by r.production_id) made) as average_work_s,
    (select count(*) filter (where p.status = 'completed')::float8 / nullif(count(*), 0) from productions p
        where p.user_id = %(user)s and p.deleted_at is null and p.status in ('completed', 'failed')) as success_rate,
    (select count(*) from novelas n where n.user_id = %(user)s and n.deleted_at is null) as novelas,
    (select count(*) from novelas n
        where n.user_id = %(user)s and n.deleted_at is null and n.status = 'in_progress') as novelas_in_progress,
    (select count(*) from novela_videos v join novelas n on n.id = v.novela_id
        where n.user_id = %(user)s and n.deleted_at is null and v.status = 'completed') as videos,
    (select count(*) from media_library m where m.user_id = %(user)s) as media,
    (select coalesce(sum((f.media ->> 'duration_s')::numeric), 0)
        from production_files f join productions p using (production_id)
        where p.user_id = %(user)s and p.deleted_at is null and f.name = 'master.mp4') as delivered_seconds,
    (select coalesce(sum(o.cost_actual), 0)::bigint from orders o
        where o.user_id = %(user)s
          and coalesce(o.cost_reserved + o.cost_actual + o.cost_unknown > o.imported_micros, true)) as billed;
