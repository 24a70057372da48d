-- name: search
select a.*, count(*) over () as total
from assistants_seen(%(user)s, %(system)s) a,
     lateral (select case %(sort)s::text
         when 'name' then lower(a.name) when 'graph_id' then a.graph_id when 'assistant_id' then a.assistant_id::text
         else to_char(case %(sort)s::text when 'updated_at' then a.updated_at else a.created_at end
                      at time zone 'utc', 'YYYY-MM-DD HH24:MI:SS.US') end) as by (place)
where a.metadata @> %(metadata)s
  and (%(graph)s::text is null or a.graph_id = %(graph)s)
  and (%(name)s::text is null or position(lower(%(name)s) in lower(a.name)) > 0)
order by case when %(ascending)s then by.place end asc, case when not %(ascending)s then by.place end desc,
         a.assistant_id
limit %(limit)s offset %(offset)s;

-- name: count
select count(*) as total
from assistants_seen(%(user)s, %(system)s) a
where a.metadata @> %(metadata)s
  and (%(graph)s::text is null or a.graph_id = %(graph)s)
  and (%(name)s::text is null or position(lower(%(name)s) in lower(a.name)) > 0);

-- name: get
select a.* from assistants_seen(%(user)s, %(system)s) a where a.assistant_id = %(id)s;

-- name: create
with made as (
    insert into assistants (user_id, assistant_id, graph_id, name, description, config, context, metadata)
    values (%(user)s, %(id)s, %(graph_id)s, %(name)s, %(description)s, %(config)s, %(context)s, %(metadata)s)
    on conflict do nothing
    returning *
), kept as (
    insert into assistant_versions (user_id, assistant_id, version, graph_id, name, description, config,
                                    context, metadata)
    select user_id, assistant_id, version, graph_id, name, description, config, context, metadata from made
)
select * from made;

-- name: change
-- The counter is in the row that is locked: two changes at once get two versions.
with changed as (
    update assistants a set
        graph_id = coalesce(%(graph_id)s, a.graph_id), name = coalesce(%(name)s, a.name),
        description = coalesce(%(description)s, a.description), config = coalesce(%(config)s, a.config),
        context = coalesce(%(context)s, a.context),
        metadata = a.metadata || coalesce(%(metadata)s, '{}'::jsonb),
        version = a.last_version + 1, last_version = a.last_version + 1, updated_at = clock_timestamp()
    where a.user_id = %(user)s and a.assistant_id = %(id)s
    returning a.*
), kept as (
    insert into assistant_versions (user_id, assistant_id, version, graph_id, name, description, config,
                                    context, metadata)
    select user_id, assistant_id, version, graph_id, name, description, config, context, metadata from changed
)
select * from changed;

-- name: set_latest
update assistants a set
    graph_id = v.graph_id, name = v.name, description = v.description, config = v.config,
    context = v.context, metadata = v.metadata, version = v.version, updated_at = clock_timestamp()
from assistant_versions v
where v.user_id = a.user_id and v.assistant_id = a.assistant_id and v.version = %(version)s
  and a.user_id = %(user)s and a.assistant_id = %(id)s
returning a.*;

-- name: versions
select v.* from assistant_versions v
where v.user_id = %(user)s and v.assistant_id = %(id)s and v.metadata @> %(metadata)s
order by v.version desc
limit %(limit)s offset %(offset)s;

-- name: delete
delete from assistants where user_id = %(user)s and assistant_id = %(id)s;

-- name: threads
select p.production_id, p.status from productions p
where p.user_id = %(user)s and p.metadata ->> 'assistant_id' = %(id)s::text and p.metadata ? 'assistant_id'
  and p.deleted_at is null;

-- name: hide_threads
update productions p set deleted_at = now()
where p.user_id = %(user)s and p.metadata ->> 'assistant_id' = %(id)s::text and p.metadata ? 'assistant_id'
  and p.deleted_at is null;
