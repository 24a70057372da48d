-- name: still
-- When a production was last changed is its own affair, and not of whoever carries it.
alter table productions disable trigger productions_touch;

-- name: stirring
alter table productions enable trigger productions_touch;

-- name: hold
-- Under a lease that nobody's clock outlives: whatever claims leases (a worker, Studio, a script) finds it held.
-- The numbers leap: the place it was taken from has given out higher ones than the backup knows, and who still
-- holds one of those writes nothing here, and who follows a log misses nothing.
update productions
set lease_owner = %(owner)s, lease_until = '9000-01-01', epoch = epoch + %(leap)s, last_seq = last_seq + %(leap)s,
    restored_from = coalesce(restored_from, %(taken_at)s);

-- name: feeds
update novela_feeds set last_seq = last_seq + %(leap)s;

-- name: doubt
update orders set ask_since = coalesce(ask_since, %(taken_at)s) where state = 'intent' and kind = 'engine';

-- name: fresh_attempts
update runs set attempts = 0 where status in ('queued', 'running');

-- name: let_go
update productions set lease_owner = null, lease_until = null where lease_owner = %(owner)s;

-- name: believe
-- Somebody knows that nothing was bought since: productions of this backup are as if they had never left.
update productions set restored_from = null where restored_from = %(taken_at)s;

-- name: believe_orders
update orders set ask_since = null where ask_since = %(taken_at)s;

-- name: carried
-- The same productions, elsewhere: who held one, or thinks so, holds it no more.
update productions set lease_owner = null, lease_until = null, epoch = epoch + %(leap)s;

-- name: held
select count(*) as count, max(lease_until) as until from productions where lease_until > now();

-- name: facts
select (select count(*) from productions) as productions,
       (select count(*) from productions where status in ('queued', 'running')) as running,
       (select count(*) from productions where status = 'paused') as waiting,
       (select count(*) from orders where state in ('intent', 'submitted') and kind = 'engine') as open_orders;
