-- Whose stop and whose key: what a user may undo, and what only somebody else may.

-- A user's own stop and that of somebody else for them stand beside each other, each with its reason: whoever
-- releases one leaves the other. Everybody's stop is always somebody else's.
drop index spending_stops_in_force;
create unique index spending_stops_in_force
    on spending_stops (coalesce(user_id, ''), (stopped_by is not distinct from user_id)) where released_at is null;

-- The stop that holds this user's money: the whole place's, then somebody else's for them, then their own.
create or replace function greenlight_stop_of(who text) returns jsonb language sql stable as $$
    select jsonb_build_object(
        'reason', case when s.user_id is null then 'stopped_all' else 'stopped_user' end,
        'stop_id', s.stop_id, 'why', s.reason, 'since', s.stopped_at)
    from spending_stops s
    where s.released_at is null and (s.user_id is null or s.user_id = who)
    order by s.user_id nulls first, s.stopped_by is not distinct from s.user_id limit 1
$$;

-- Whose money a text request was: with a key of the user's own it is on the user's bill, else on the house's.
alter table order_attempts add column own_key boolean not null default false;
