-- name: drop
-- Novelas that their owners deleted, once nothing is left of their productions but books.
delete from novelas where id in (
    select n.id from novelas n
    where n.deleted_at < now() - make_interval(days => %(days)s)
      and not exists (select 1 from productions p where p.novela_id = n.id and p.cleared_at is null)
    for update of n skip locked limit 100)
returning id;

-- name: count
select count(*) as many from novelas n
where n.deleted_at < now() - make_interval(days => %(days)s)
  and not exists (select 1 from productions p where p.novela_id = n.id and p.cleared_at is null
                  and p.production_id <> all(%(without)s::uuid[]));
