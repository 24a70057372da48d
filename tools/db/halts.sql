-- name: halts
select reason, told, since from halts;

-- name: halt
insert into halts (reason, told) values (%(reason)s, %(told)s)
on conflict (reason) do update set told = excluded.told, since = clock_timestamp();

-- name: lift
delete from halts where reason = %(reason)s returning told;

-- name: others
-- Whoever else is connected to this database: every process of ours keeps at least one connection open.
select coalesce(nullif(application_name, ''), 'a program without a name') as name, count(*) as connections
from pg_stat_activity
where datname = current_database() and coalesce(backend_type, 'client backend') = 'client backend' and pid <> pg_backend_pid()
group by 1 order by 1;
