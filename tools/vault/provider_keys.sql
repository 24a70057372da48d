-- name: lock
-- One user's keys are changed by one at a time: their order has no gaps. Erasing waits here, too.
select user_id from users where user_id = %(user)s and deleted_at is null for no key update;

-- name: count
select count(*) as kept from provider_keys where user_id = %(user)s;

-- name: add
insert into provider_keys (key_id, user_id, provider, label, position, last_four, master_key_id, iv, ciphertext, created_at)
select %(id)s, %(user)s, %(provider)s, %(label)s, count(*) + 1, %(last_four)s, %(master_key_id)s, %(iv)s,
       %(ciphertext)s, %(now)s
from provider_keys where user_id = %(user)s and provider = %(provider)s
on conflict (user_id, provider, label) do nothing
returning key_id;

-- name: list
select key_id::text as id, provider, label, position, status, rests_until, error_count, last_four,
       created_at, replaced_at, last_used_at
from provider_keys
where user_id = %(user)s and (%(provider)s::text is null or provider = %(provider)s)
order by provider, position;

-- name: one
select key_id::text as id, provider, label, position, status, rests_until, error_count, last_four,
       created_at, replaced_at, last_used_at
from provider_keys where user_id = %(user)s and key_id = %(id)s;

-- name: change
update provider_keys
set label = coalesce(%(label)s, label), status = coalesce(%(status)s, status),
    rests_until = case when %(status)s::text is null then rests_until end,
    error_count = case when %(status)s = 'active' then 0 else error_count end
where user_id = %(user)s and key_id = %(id)s;

-- name: move
-- The others keep their order around it; a place beyond the last is the last.
with others as (
    select o.key_id, row_number() over (order by o.position) as place
    from provider_keys o join provider_keys m using (user_id, provider)
    where m.key_id = %(id)s and m.user_id = %(user)s and o.key_id <> m.key_id
), placed as (
    select key_id, place + (place >= %(position)s)::int as place from others
    union all
    select %(id)s::uuid, least(%(position)s, (select count(*) + 1 from others))
)
update provider_keys k set position = p.place
from placed p where p.key_id = k.key_id and k.user_id = %(user)s and k.position <> p.place;

-- name: replace
-- A new key is a new chance; one that its owner switched off stays off.
update provider_keys
set last_four = %(last_four)s, master_key_id = %(master_key_id)s, iv = %(iv)s, ciphertext = %(ciphertext)s,
    version = version + 1, replaced_at = %(now)s, last_used_at = null, rests_until = null, error_count = 0,
    status = case status when 'disabled' then 'disabled' else 'active' end
where user_id = %(user)s and key_id = %(id)s;

-- name: remove
with gone as (
    delete from provider_keys where user_id = %(user)s and key_id = %(id)s returning provider, position
), closed_up as (
    update provider_keys k set position = k.position - 1 from gone
    where k.user_id = %(user)s and k.provider = gone.provider and k.position > gone.position
)
select provider from gone;

-- name: first_active
select key_id, label, version, status, master_key_id, iv, ciphertext, last_used_at
from provider_keys
where user_id = %(user)s and provider = %(provider)s
  and (status = 'active' or (status = 'rate_limited' and rests_until <= %(now)s)) and not key_id = any(%(but)s::uuid[])
order by position limit 1;

-- name: kept
select key_id, label, version, master_key_id, iv, ciphertext
from provider_keys where user_id = %(user)s and provider = %(provider)s and key_id = %(id)s;

-- name: all_kept
select key_id, label, version, master_key_id, iv, ciphertext
from provider_keys where user_id = %(user)s and provider = %(provider)s
order by position;

-- name: note_use
-- One that has rested is active again.
update provider_keys
set last_used_at = greatest(last_used_at, %(now)s),
    status = case when rests_until <= %(now)s then 'active' else status end,
    rests_until = case when rests_until <= %(now)s then null else rests_until end
where user_id = %(user)s and key_id = %(id)s and version = %(version)s;

-- name: note_trouble
update provider_keys
set status = %(status)s, rests_until = %(rests_until)s, error_count = error_count + 1
where user_id = %(user)s and key_id = %(id)s and version = %(version)s and status in ('active', 'rate_limited')
returning key_id;
