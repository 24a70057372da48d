-- name: write
insert into user_chat_messages (id, user_id, session_id, role, content, agent_role, novela_id, error_context, created_at)
values (%(id)s, %(user)s, %(session)s, %(role)s, %(content)s, %(agent)s, %(novela)s, %(context)s, clock_timestamp())
returning created_at;

-- name: known
select 1 as known from user_chat_messages m where m.session_id = %(session)s and m.user_id = %(user)s limit 1;

-- name: sessions
select m.session_id, min(m.created_at) as begun_at, max(m.created_at) as last_at, count(*) as messages,
       (array_agg(m.content order by m.created_at) filter (where m.role = 'user'))[1] as first_message,
       (array_agg(m.novela_id order by m.created_at desc) filter (where m.novela_id is not null))[1] as novela_id,
       count(*) over () as total
from user_chat_messages m
where m.user_id = %(user)s
group by m.session_id
order by last_at desc, m.session_id
limit %(limit)s offset %(offset)s;

-- name: messages
-- The newest before the cursor, newest first; whoever asks turns them round.
select m.id, m.role, m.content, m.agent_role, m.error_context, m.created_at
from user_chat_messages m
where m.session_id = %(session)s and m.user_id = %(user)s
  and (%(before)s::uuid is null or (m.created_at, m.id) < (
      select c.created_at, c.id from user_chat_messages c
      where c.id = %(before)s and c.session_id = %(session)s and c.user_id = %(user)s))
order by m.created_at desc, m.id desc
limit %(limit)s;
