-- Cuts as they are edited. Every statement is by the user.

-- name: open
-- The first version; a second opener at the same time finds it.
with made as (
    insert into cuts (production_id, user_id, head, newest, used_ids)
    select p.production_id, p.user_id, 1, 1, %(used)s from productions p
    where p.production_id = %(production)s and p.user_id = %(user)s and p.deleted_at is null
    on conflict (production_id) do nothing
    returning cut_id
)
insert into cut_versions (cut_id, version, kind, timeline, digest, made_of, by_user)
select cut_id, 1, 'assembled', %(timeline)s, %(digest)s, %(made_of)s, %(by)s from made;

-- name: head
select c.cut_id::text, c.head, c.newest, c.used_ids, c.changed_at
from cuts c join productions p using (production_id)
where c.production_id = %(production)s and c.user_id = %(user)s and p.deleted_at is null;

-- name: lock
select c.cut_id::text, c.head, c.newest, c.used_ids, c.changed_at
from cuts c join productions p using (production_id)
where c.production_id = %(production)s and c.user_id = %(user)s and p.deleted_at is null
for update of c;

-- name: timeline
select timeline from cut_versions where cut_id = %(cut)s and version = %(version)s;

-- name: add
insert into cut_versions (cut_id, version, parent, kind, operation, timeline, digest, made_of, by_user)
values (%(cut)s, %(version)s, %(parent)s, %(kind)s, %(operation)s, %(timeline)s, %(digest)s, %(made_of)s, %(by)s);

-- name: move
update cuts set head = %(head)s, newest = greatest(newest, %(head)s), used_ids = greatest(used_ids, %(used)s),
    changed_at = now()
where cut_id = %(cut)s;

-- name: steps_back
-- So many edits back from here; fewer where there are no more. What was assembled is not undone.
with recursive line as (
    select version, parent, kind, 0 as steps from cut_versions where cut_id = %(cut)s and version = %(head)s
    union all
    select v.version, v.parent, v.kind, l.steps + 1 from cut_versions v join line l on v.version = l.parent
    where v.cut_id = %(cut)s and l.kind <> 'assembled' and l.steps < %(count)s
)
select version, steps from line order by steps desc limit 1;

-- name: steps_on
-- So many edits on from here, each time to what was made last.
with recursive line as (
    select %(head)s::int as version, 0 as steps
    union all
    select (select max(v.version) from cut_versions v
            where v.cut_id = %(cut)s and v.parent = l.version and v.kind <> 'assembled'), l.steps + 1
    from line l
    where l.steps < %(count)s and l.version is not null
)
select version, steps from line where version is not null order by steps desc limit 1;

-- name: versions
select version, parent, kind, operation, digest, by_user, at, count(*) over () as total
from cut_versions where cut_id = %(cut)s order by version desc limit %(limit)s offset %(offset)s;

-- name: assembled
-- What the graph stored when it was last taken over.
select made_of from cut_versions where cut_id = %(cut)s and made_of is not null order by version desc limit 1;
