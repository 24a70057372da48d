-- name: change
update productions p
set context = p.context || jsonb_build_object('locked', (
    select coalesce(jsonb_agg(distinct one order by one), '[]')
    from (select jsonb_array_elements_text(coalesce(p.context -> 'locked', '[]'))
          union all select unnest(%(add)s::text[])) as all_of_them (one)
    where one <> all(%(remove)s::text[])))
where p.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null
returning p.context -> 'locked' as locked;
