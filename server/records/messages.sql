-- name: write
insert into agent_messages (id, user_id, message_key, conversation_id, from_agent, to_agent, message_type,
    action, content, metadata, novela_id, video_id, production_id, response_to, created_at)
values (%(id)s, %(user)s, %(key)s, %(conversation)s, %(from_agent)s, %(to_agent)s, %(type)s, %(action)s,
    %(content)s, %(metadata)s, %(novela)s,
    (select v.id from novela_videos v where v.novela_id = %(novela)s and v.user_id = %(user)s
        and v.episode_number = %(episode)s and v.scene_number = %(scene)s),
    %(production)s, (select m.id from agent_messages m where m.id = %(response_to)s and m.user_id = %(user)s),
    %(at)s)
on conflict (id) do nothing;

-- name: mark_answered
update agent_messages m set response_received = true
where m.id = %(response_to)s and m.user_id = %(user)s and not m.response_received;

-- name: link_scene
update agent_messages m set video_id = v.id
from novela_videos v
where v.novela_id = %(novela)s and v.user_id = %(user)s and v.episode_number = %(episode)s
  and v.scene_number = %(scene)s and m.production_id = %(production)s and m.user_id = %(user)s
  and m.video_id is null and m.metadata ->> 'sceneNumber' = %(scene)s::text;

-- name: of_conversation
select m.id, m.message_key, m.conversation_id, m.from_agent, m.to_agent, m.message_type, m.action, m.content,
       m.metadata, m.response_to, m.response_received, m.created_at, m.ordinal,
       case when n.deleted_at is null then m.novela_id end as novela_id,
       case when n.deleted_at is null then m.video_id end as video_id, m.production_id
from agent_messages m left join novelas n on n.id = m.novela_id
where m.conversation_id = %(conversation)s and m.user_id = %(user)s
order by m.ordinal;

-- name: of_novela
select m.id, m.message_key, m.conversation_id, m.from_agent, m.to_agent, m.message_type, m.action, m.content,
       m.metadata, m.response_to, m.response_received, m.created_at, m.ordinal, m.novela_id, m.video_id,
       m.production_id, count(*) over () as total
from agent_messages m
where m.novela_id = %(novela)s and m.user_id = %(user)s
  and (%(agent)s::text is null or m.from_agent = %(agent)s or m.to_agent = %(agent)s)
order by m.ordinal
limit %(limit)s offset %(offset)s;
