-- The library is searched by title, description and tags, in any script, whatever the locale of the database is.

do $$
declare
    bare text := 'regexp_replace(normalize(%s, nfkd), ''[\u0300-\u036f]'', '''', ''g'')';
    folding text := case
        when exists (select from pg_proc where proname = 'casefold' and pronamespace = 'pg_catalog'::regnamespace)
            then 'select casefold(' || bare || ' collate pg_catalog.pg_unicode_fast)'
        when exists (select from pg_collation where collname = 'und-x-icu' and collnamespace = 'pg_catalog'::regnamespace)
            then 'select lower(' || bare || ' collate pg_catalog."und-x-icu")'
        else 'select lower(' || bare || ')' end;
begin
    execute format('create function media_folded(given text) returns text'
        ' language sql immutable strict parallel safe as %L', format(folding, 'given'));
    -- Names no function of ours: pg_restore fills tables while it looks for nothing but its own.
    execute format('create function media_searched(title text, description text, tags text[]) returns text'
        ' language sql immutable parallel safe as %L',
        format(folding, 'concat_ws(chr(10), title, description, array_to_string(tags, chr(10)))'));
end
$$;
comment on function media_folded is 'Without accents and without capitals, so that lucia finds LUCÍA.';

create function media_pairs(given text) returns text[] language sql immutable strict parallel safe as $$
    select coalesce(array_agg(distinct one || next), '{}')
    from (select one, lead(one) over (order by at) as next
          from unnest(string_to_array(given, null)) with ordinality letters (one, at)) neighbours
    where next is not null
$$;
comment on function media_pairs is 'Every two letters that follow each other: an index of them finds any part of any word.';

alter table media_library
    add column search_text text generated always as (media_searched(title, description, tags)) stored,
    -- When its length, its size and its picture were found out; what a listing brought in is not looked at yet.
    add column looked_at timestamptz;
create index media_library_found on media_library using gin (media_pairs(search_text)) with (fastupdate = off);
create index media_library_tags on media_library using gin (tags) with (fastupdate = off);
create index media_library_newest on media_library (user_id, created_at desc, id);
create index media_library_thumbnail on media_library (thumbnail_s3_key) where thumbnail_s3_key is not null;
