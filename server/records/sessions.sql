-- name: open
insert into sessions (user_id) values (%(user)s)
on conflict (user_id) do update set last_activity = greatest(sessions.last_activity, clock_timestamp())
returning session_id, user_id, created_at, last_activity;

-- name: touch
update sessions set last_activity = greatest(last_activity, %(at)s) where user_id = %(user)s;
