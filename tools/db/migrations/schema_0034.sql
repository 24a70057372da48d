-- The cut of a production as a person edits it: its versions, each of which is one operation behind another one.

create table cuts (
    cut_id uuid primary key default gen_random_uuid(),
    production_id uuid not null unique references productions on delete cascade,
    user_id text not null references users,
    -- The version that is looked at: undo and redo move it, an edit adds one behind it.
    head int not null,
    newest int not null,
    -- The highest number that an id in any version has: none is given twice.
    used_ids int not null,
    created_at timestamptz not null default now(),
    changed_at timestamptz not null default now()
);
comment on table cuts is 'One for each production that was opened for editing.';

create table cut_versions (
    cut_id uuid not null references cuts on delete cascade,
    version int not null,
    -- What it was made of; none before the first.
    parent int,
    kind text not null check (kind in ('assembled', 'edit', 'restored')),
    operation jsonb,
    -- The whole cut after it: what an operation does may become another thing with a later release.
    timeline jsonb not null,
    digest text not null,
    -- Of an assembled one: the file that the graph stored.
    made_of text,
    by_user text not null,
    at timestamptz not null default now(),
    primary key (cut_id, version),
    check (parent < version),
    check ((operation is null) = (kind <> 'edit'))
);
create index cut_versions_parent on cut_versions (cut_id, parent);
