-- Assistants and the store.

create table assistants (
    user_id text not null references users on delete cascade,
    assistant_id uuid not null,
    graph_id text not null,
    name text not null,
    description text,
    config jsonb not null default '{}',
    context jsonb not null default '{}',
    metadata jsonb not null default '{}',
    version integer not null default 1,
    last_version integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    -- A client may choose the id: per user, so that taking one tells nothing of anybody else's.
    primary key (user_id, assistant_id)
);

create table assistant_versions (
    user_id text not null,
    assistant_id uuid not null,
    version integer not null,
    graph_id text not null,
    name text not null,
    description text,
    config jsonb not null,
    context jsonb not null,
    metadata jsonb not null,
    created_at timestamptz not null default clock_timestamp(),
    primary key (user_id, assistant_id, version),
    foreign key (user_id, assistant_id) references assistants on delete cascade
);

create index productions_assistant on productions (user_id, (metadata ->> 'assistant_id'))
    where metadata ? 'assistant_id';

-- What a user may see: their own, and one of the system's for each graph that the asking process knows.
create function assistants_seen(owner text, system jsonb) returns table (
    assistant_id uuid, graph_id text, name text, description text, config jsonb, context jsonb,
    metadata jsonb, version integer, created_at timestamptz, updated_at timestamptz
) language sql stable as $$
    select s.assistant_id, s.graph_id, s.graph_id, null, '{}'::jsonb, '{}'::jsonb,
           '{"created_by": "system"}'::jsonb, 1, house.since, house.since
    from jsonb_to_recordset(system) as s (assistant_id uuid, graph_id text),
         (select coalesce(min(p.applied_at), now()) from schema_parts p) as house (since)
    union all
    select a.assistant_id, a.graph_id, a.name, a.description, a.config, a.context,
           a.metadata, a.version, a.created_at, a.updated_at
    from assistants a where a.user_id = owner
$$;
