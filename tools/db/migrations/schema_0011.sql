-- Where a database came from and where it went, and what another place may have bought meanwhile.

-- While a row stands here the database is not to be worked on; `told` says for whom and why.
create table halts (
    reason text primary key check (reason in ('filling', 'restored', 'moving', 'moved')),
    told jsonb not null default '{}',
    since timestamptz not null default clock_timestamp()
);

-- Set for good in a production that came out of a backup: the place it was taken from may have gone on with it.
alter table productions add column restored_from timestamptz;
-- Another place may have sent this order since then: the provider is asked before anything is sent.
alter table orders add column ask_since timestamptz;
