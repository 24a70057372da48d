-- name: of_novela
select v.*, coalesce(t.cost, 0) as total_cost
from novela_videos v
join novelas n on n.id = v.novela_id
left join (select video_id, sum(actual_cost) as cost from novela_video_takes
           where novela_id = %(novela)s group by video_id) t on t.video_id = v.id
where v.novela_id = %(novela)s and v.user_id = %(user)s and n.deleted_at is null
order by v.episode_number, v.scene_number;

-- name: get
select v.*, coalesce((select sum(t.actual_cost) from novela_video_takes t where t.video_id = v.id), 0)
           as total_cost
from novela_videos v join novelas n on n.id = v.novela_id
where v.id = %(id)s and v.user_id = %(user)s and n.deleted_at is null;

-- name: takes
select t.take, t.job_id, t.status, t.model_id, t.model_parameters, t.s3_key, t.estimated_cost, t.actual_cost,
       t.created_at
from novela_video_takes t join novela_videos v on v.id = t.video_id
where t.video_id = %(id)s and v.user_id = %(user)s
order by t.created_at, t.take;

-- name: at_place
select v.* from novela_videos v
where v.novela_id = %(novela)s and v.user_id = %(user)s
  and v.episode_number = %(episode)s and v.scene_number = %(scene)s;

-- name: next_scene
select coalesce(min(missing.number), 1) as scene
from generate_series(1, (select coalesce(max(v.scene_number), 0) + 1 from novela_videos v
                         where v.novela_id = %(novela)s and v.episode_number = %(episode)s)) missing(number)
where not exists (select 1 from novela_videos v
                  where v.novela_id = %(novela)s and v.user_id = %(user)s
                    and v.episode_number = %(episode)s and v.scene_number = missing.number
                    and v.status = 'completed');

-- name: add
insert into novela_videos (user_id, novela_id, production_id, episode_number, scene_number, script_prompt,
    model_id, model_parameters, job_id, replicate_status, estimated_cost, created_by_agent,
    agent_conversation_id)
values (%(user)s, %(novela)s, %(production)s, %(episode)s, %(scene)s, %(prompt)s, %(model)s,
    %(parameters)s, %(job)s, 'starting', %(estimated)s, 'script_writer', %(conversation)s)
returning *;

-- name: ask_again
update novela_videos v set production_id = %(production)s, model_id = %(model)s,
    model_parameters = %(parameters)s, job_id = coalesce(v.job_id, %(job)s), estimated_cost = %(estimated)s,
    agent_conversation_id = coalesce(v.agent_conversation_id, %(conversation)s)
where v.id = %(id)s and v.user_id = %(user)s
returning *;

-- name: plan
insert into novela_videos as v (user_id, novela_id, production_id, episode_number, scene_number, title,
    script_prompt, model_id, model_parameters, replicate_status, estimated_cost, created_by_agent,
    validated_by_agent, agent_conversation_id, created_at)
values (%(user)s, %(novela)s, %(production)s, %(episode)s, %(scene)s, %(title)s, %(prompt)s, %(model)s,
    %(parameters)s, 'starting', %(estimated)s, %(created_by)s, %(validated_by)s, %(conversation)s, %(at)s)
on conflict (novela_id, episode_number, scene_number) do update
set production_id = excluded.production_id, title = excluded.title, script_prompt = excluded.script_prompt,
    model_id = excluded.model_id, model_parameters = excluded.model_parameters,
    estimated_cost = excluded.estimated_cost, created_by_agent = excluded.created_by_agent,
    validated_by_agent = excluded.validated_by_agent,
    agent_conversation_id = excluded.agent_conversation_id
returning v.id, (xmax = 0) as inserted;

-- name: start
insert into novela_videos as v (user_id, novela_id, production_id, episode_number, scene_number, model_id,
    model_parameters, job_id, status, replicate_status, started_at)
values (%(user)s, %(novela)s, %(production)s, %(episode)s, %(scene)s, %(model)s, %(parameters)s, %(job)s,
    'generating', 'processing', %(at)s)
on conflict (novela_id, episode_number, scene_number) do update
set production_id = excluded.production_id, job_id = excluded.job_id, status = 'generating',
    replicate_status = 'processing', started_at = excluded.started_at, progress = 0, error = null,
    completed_at = null,
    model_id = case when excluded.model_id = '' then v.model_id else excluded.model_id end,
    model_parameters = case when excluded.model_parameters = '{}' then v.model_parameters
                            else excluded.model_parameters end
returning v.id;

-- name: move_on
update novela_videos v set progress = greatest(v.progress, %(progress)s)
where v.novela_id = %(novela)s and v.user_id = %(user)s and v.episode_number = %(episode)s
  and v.scene_number = %(scene)s and v.status = 'generating';

-- name: finish
insert into novela_videos as v (user_id, novela_id, production_id, episode_number, scene_number, title,
    script_prompt, model_id, model_parameters, job_id, status, replicate_status, output_url, s3_key,
    thumbnail_url, duration_seconds, file_size_bytes, estimated_cost, actual_cost, created_by_agent,
    validated_by_agent, agent_conversation_id, progress, started_at, completed_at)
values (%(user)s, %(novela)s, %(production)s, %(episode)s, %(scene)s, %(title)s, %(prompt)s, %(model)s,
    %(parameters)s, %(job)s, 'completed', 'succeeded', %(output_url)s, %(s3_key)s, %(thumbnail_url)s,
    %(duration)s, %(size)s, %(estimated)s, %(actual)s, %(created_by)s, %(validated_by)s, %(conversation)s,
    100, %(at)s, %(at)s)
on conflict (novela_id, episode_number, scene_number) do update
set production_id = excluded.production_id, title = excluded.title, script_prompt = excluded.script_prompt,
    model_id = excluded.model_id, model_parameters = excluded.model_parameters, job_id = excluded.job_id,
    status = 'completed', replicate_status = 'succeeded', output_url = excluded.output_url,
    s3_key = excluded.s3_key, thumbnail_url = excluded.thumbnail_url,
    duration_seconds = excluded.duration_seconds, file_size_bytes = excluded.file_size_bytes,
    estimated_cost = excluded.estimated_cost, actual_cost = excluded.actual_cost,
    created_by_agent = excluded.created_by_agent, validated_by_agent = excluded.validated_by_agent,
    agent_conversation_id = excluded.agent_conversation_id, progress = 100,
    error = null, started_at = coalesce(v.started_at, excluded.started_at),
    completed_at = excluded.completed_at
returning v.id;

-- name: fail
insert into novela_videos as v (user_id, novela_id, production_id, episode_number, scene_number, job_id,
    status, replicate_status, error, completed_at)
values (%(user)s, %(novela)s, %(production)s, %(episode)s, %(scene)s, %(job)s, 'failed', 'failed', %(error)s,
    %(at)s)
on conflict (novela_id, episode_number, scene_number) do update
set status = 'failed', replicate_status = 'failed', error = excluded.error,
    job_id = coalesce(excluded.job_id, v.job_id), completed_at = excluded.completed_at
returning v.id;

-- name: fail_open
update novela_videos v set status = 'failed', replicate_status = 'failed', error = %(error)s,
    completed_at = %(at)s
where v.production_id = %(production)s and v.user_id = %(user)s and v.status = 'generating'
returning v.id;

-- name: keep_take
insert into novela_video_takes as t (video_id, novela_id, take, job_id, status, model_id, model_parameters,
    s3_key, estimated_cost, actual_cost, created_at)
values (%(video)s, %(novela)s,
    (select count(*) + 1 from novela_video_takes before where before.video_id = %(video)s),
    %(job)s, %(status)s, %(model)s, %(parameters)s, %(s3_key)s, %(estimated)s, %(actual)s, %(at)s)
on conflict (video_id, job_id) do update
set status = excluded.status, model_id = excluded.model_id, model_parameters = excluded.model_parameters,
    s3_key = excluded.s3_key, estimated_cost = excluded.estimated_cost, actual_cost = excluded.actual_cost;

-- name: count_takes
update novela_videos v
set takes = (select count(*) from novela_video_takes t where t.video_id = v.id and t.status = 'completed')
where v.id = %(video)s and v.user_id = %(user)s;

-- name: tell
insert into novela_events (novela_id, seq, type, payload)
select v.novela_id, %(seq)s, 'novela:' || v.novela_id || ':video:update',
       to_jsonb(v) || jsonb_build_object('total_cost', coalesce(
           (select sum(t.actual_cost) from novela_video_takes t where t.video_id = v.id), 0))
from novela_videos v where v.id = %(video)s;
