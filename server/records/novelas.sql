-- name: list
select n.id, n.title, n.description, n.genre, n.language, n.target_episodes, n.created_videos, n.total_cost,
       n.estimated_cost, n.default_model_id, n.default_duration, n.default_resolution,
       n.default_aspect_ratio, n.reference_character_images, n.master_seed, n.status, n.created_at,
       n.updated_at
from novelas n
where n.user_id = %(user)s and n.deleted_at is null
  and (%(status)s::text is null or n.status = %(status)s)
order by n.created_at desc, n.id
limit %(limit)s offset %(offset)s;

-- name: count
select count(*) as total from novelas n
where n.user_id = %(user)s and n.deleted_at is null
  and (%(status)s::text is null or n.status = %(status)s);

-- name: get
select n.* from novelas n where n.id = %(id)s and n.user_id = %(user)s and n.deleted_at is null;

-- name: lock
select n.* from novelas n where n.id = %(id)s and n.user_id = %(user)s and n.deleted_at is null for update;

-- name: create
insert into novelas (user_id, title, description, genre, language, target_episodes, default_model_id,
    default_duration, default_resolution, default_aspect_ratio, reference_character_images, master_seed,
    estimated_cost)
values (%(user)s, %(title)s, %(description)s, %(genre)s, %(language)s, %(target_episodes)s,
    %(default_model_id)s, %(default_duration)s, %(default_resolution)s, %(default_aspect_ratio)s,
    %(reference_character_images)s, %(master_seed)s, %(estimated_cost)s)
returning *;

-- name: update
update novelas n set
    title = coalesce(%(title)s, n.title),
    description = coalesce(%(description)s, n.description),
    genre = coalesce(%(genre)s, n.genre),
    language = coalesce(%(language)s, n.language),
    target_episodes = coalesce(%(target_episodes)s, n.target_episodes),
    default_model_id = coalesce(%(default_model_id)s, n.default_model_id),
    default_duration = coalesce(%(default_duration)s, n.default_duration),
    default_resolution = coalesce(%(default_resolution)s, n.default_resolution),
    default_aspect_ratio = coalesce(%(default_aspect_ratio)s, n.default_aspect_ratio),
    reference_character_images = coalesce(%(reference_character_images)s, n.reference_character_images),
    master_seed = coalesce(%(master_seed)s, n.master_seed),
    estimated_cost = coalesce(%(estimated_cost)s, n.estimated_cost),
    status = coalesce(%(status)s, n.status)
where n.id = %(id)s and n.user_id = %(user)s and n.deleted_at is null
returning *;

-- name: hide
update novelas n set deleted_at = now()
where n.id = %(id)s and n.user_id = %(user)s and n.deleted_at is null;

-- name: erase
delete from novelas n where n.id = %(id)s and n.user_id = %(user)s;

-- name: begin
update novelas n set status = 'in_progress'
where n.id = %(id)s and n.user_id = %(user)s and n.status = 'planning' and n.deleted_at is null
returning n.id;

-- name: remember_plan
update novelas n set plan = %(plan)s, estimated_cost = coalesce(%(estimated)s, n.estimated_cost)
where n.id = %(id)s and n.user_id = %(user)s;

-- name: add_up
update novelas n set created_videos = sums.made, total_cost = sums.cost
from (select count(distinct t.video_id) filter (where t.status = 'completed') as made,
             coalesce(sum(t.actual_cost), 0) as cost
      from novela_video_takes t where t.novela_id = %(id)s) sums
where n.id = %(id)s and n.user_id = %(user)s;

-- name: finish_episode
insert into novela_episodes (novela_id, episode_number, production_id, completed_at)
values (%(id)s, %(episode)s, %(production)s, %(at)s)
on conflict (novela_id, episode_number) do update
set production_id = excluded.production_id, completed_at = excluded.completed_at;

-- name: complete
update novelas n set status = 'completed'
where n.id = %(id)s and n.user_id = %(user)s and n.status = 'in_progress'
  and (select count(*) from novela_episodes e where e.novela_id = n.id) >= n.target_episodes
returning n.id;

-- name: next_seq
insert into novela_feeds as f (novela_id, last_seq) values (%(id)s, 1)
on conflict (novela_id) do update set last_seq = f.last_seq + 1
returning last_seq;

-- name: tell_status
insert into novela_events (novela_id, seq, type, payload)
select n.id, %(seq)s, 'novela:' || n.id || ':status:update',
       jsonb_build_object('novelaId', n.id, 'status', n.status, 'createdVideos', n.created_videos,
                          'targetEpisodes', n.target_episodes, 'totalCost', n.total_cost)
from novelas n where n.id = %(id)s;

-- name: ring
select pg_notify('greenlight_novela', %(id)s);

-- name: events_after
select e.seq, e.type, e.payload, e.at
from novela_events e join novelas n on n.id = e.novela_id
where e.novela_id = %(id)s and n.user_id = %(user)s and e.seq > %(after)s
order by e.seq
limit 200;
