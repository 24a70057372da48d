-- name: admit
-- One statement: whoever comes second waits for the row, and then sees what the first one left in it.
-- A hit counts from its own moment until one span later, that moment excluded. The time is the database's, which
-- all servers share, and it is read after the row was had.
with taken as (
    insert into rate_limit_buckets as bucket
        (identifier, endpoint, request_count, window_start, window_end, hits)
    select %(identifier)s, %(endpoint)s, 1, at, at + %(span)s, array[at]
    from (select coalesce(%(now)s::timestamptz, clock_timestamp()) as at) as moment
    on conflict (identifier, endpoint) do update
    set (request_count, refused_count, window_start, window_end, hits) = (
        select cardinality(hits), case when fits then 0 else bucket.refused_count + 1 end,
               hits[1], hits[cardinality(hits)] + %(span)s, hits
        from (
            select fits, case when fits then kept || at else kept end as hits
            from (
                select at, kept, cardinality(kept) < %(allowed)s as fits
                from (
                    select at, array(select hit from unnest(bucket.hits) as hit
                                     where hit > at - %(span)s order by hit) as kept
                    from (select coalesce(%(now)s::timestamptz, clock_timestamp()) as at) as moment
                ) as still
            ) as judged
        ) as after
    )
    returning refused_count = 0 as admitted, request_count as used,
        -- until fewer than the allowed number count: the limit may have been lowered meanwhile
        hits[greatest(1, request_count - %(allowed)s + 1)] + %(span)s
            - coalesce(%(now)s::timestamptz, clock_timestamp()) as free_in
), swept as (
    -- After the own row was had, and never waiting for another's: so nobody can wait in a circle. The own row may
    -- be over as well; a row that this statement wrote is not locked again, and stays.
    delete from rate_limit_buckets where ctid in (
        select ctid from rate_limit_buckets
        where %(sweep)s and exists (select from taken)
          and window_end < coalesce(%(now)s::timestamptz, clock_timestamp())
        limit 500 for update skip locked)
)
select admitted, used, free_in from taken;
