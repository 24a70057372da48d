-- name: going_on
select production_id::text, status in ('queued', 'running', 'paused') as live, coalesce(lease_until > now(), false) as held
from productions
where user_id = %(user)s and (status in ('queued', 'running', 'paused') or lease_until > now());

-- name: lock
select user_id from users where user_id = %(user)s for update;

-- name: held
select 1 as held from productions where user_id = %(user)s and lease_until > now() limit 1;

-- name: checkpoints
delete from checkpoints where thread_id in (select production_id::text from productions where user_id = %(user)s);

-- name: blobs
delete from checkpoint_blobs where thread_id in (select production_id::text from productions where user_id = %(user)s);

-- name: writes
delete from checkpoint_writes where thread_id in (select production_id::text from productions where user_id = %(user)s);

-- name: jobs
delete from procrastinate_jobs
where args ->> 'production_id' in (select production_id::text from productions where user_id = %(user)s);

-- name: owning
-- Every table that says whose its rows are, those that come with a later schema too.
select format('delete from %%I where user_id = $1', c.table_name) as statement
from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
where c.table_schema = current_schema() and c.column_name = 'user_id' and t.table_type = 'BASE TABLE'
  and c.table_name not in ('users', 'audit_logs')
order by c.table_name;

-- name: counted
-- The windows of the rate limits.
select format('delete from %%I where identifier = ''user:'' || $1', table_name) as statement
from information_schema.columns where table_schema = current_schema() and column_name = 'identifier';

-- name: unname
-- What was done stays on record; by whom and to whom does not.
update audit_logs set
    user_id = nullif(user_id, %(user)s), details = '{}', ip_address = '', user_agent = '', entity_id = ''
where user_id = %(user)s or entity_id = %(user)s;

-- name: forget
delete from users where user_id = %(user)s;
