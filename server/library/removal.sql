-- name: remove
delete from media_library where id = %(id)s and user_id = %(user)s;

-- name: productions
-- A version of a cut names its cut; what was deleted is still kept.
select production_id::text as id, title from productions
where production_id::text = any(%(ids)s)
   or production_id in (select production_id from cuts where cut_id::text = any(%(ids)s))
order by created_at;

-- name: alone
select pg_advisory_lock(%(turn)s);
