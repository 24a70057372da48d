-- name: hold
-- Shown for as long as this connection lives: shared, so that everybody who has the same shows it too.
select pg_advisory_lock_shared(%(kind)s, %(mark)s);

-- name: shown
-- What the processes on this database show of these kinds, and where they are.
select l.classid::bigint as kind, l.objid::bigint as mark, coalesce(host(a.client_addr), 'this machine') as address
from pg_locks l
left join pg_stat_activity a on a.pid = l.pid
where l.locktype = 'advisory' and l.objsubid = 2 and l.granted
  and l.database = (select oid from pg_database where datname = current_database())
  and l.classid::bigint = any(%(kinds)s::bigint[]);
