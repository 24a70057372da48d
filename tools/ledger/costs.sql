-- What was spent, by whatever is asked for. `{columns}` and `{names}` come from the list in costs.py.

-- name: chosen
(%(user)s::text is null or l.user_id = %(user)s)
  and (%(production)s::uuid is null or l.production_id = %(production)s)
  and (%(novela)s::uuid is null or l.novela_id = %(novela)s)
  and (%(archives)s or l.origin = 'here')
  and (%(since)s::timestamptz is null or l.at >= %(since)s)
  and (%(until)s::timestamptz is null or l.at < %(until)s)

-- name: grouped
select {columns}, count(*) as lines,
       sum(l.quoted)::bigint as quoted, sum(l.reserved)::bigint as reserved, sum(l.billed)::bigint as billed,
       sum(l.refunded)::bigint as refunded, sum(l.unknown)::bigint as unknown
from spending_lines l {actions}
where {chosen}
group by {names}
order by {names}

-- name: each
-- Every line for itself, the newest first.
select {columns}, 1::bigint as lines, l.quoted, l.reserved, l.billed, l.refunded, l.unknown
from spending_lines l
where {chosen}
order by l.at desc, l.line

-- name: page_of_each
-- One snapshot: the sums are those of all lines, also of those on other pages.
with sums as (
    select count(*) as all_groups, count(*) as all_lines,
           coalesce(sum(l.quoted), 0)::bigint as all_quoted, coalesce(sum(l.reserved), 0)::bigint as all_reserved,
           coalesce(sum(l.billed), 0)::bigint as all_billed, coalesce(sum(l.refunded), 0)::bigint as all_refunded,
           coalesce(sum(l.unknown), 0)::bigint as all_unknown
    from spending_lines l where {chosen}
)
select * from sums left join ({grouped} limit %(limit)s offset %(offset)s) page on true;

-- name: page
-- One snapshot: the sums are those of all groups, also of those on other pages.
with found as materialized ({grouped}), sums as (
    select count(*) as all_groups, coalesce(sum(lines), 0)::bigint as all_lines,
           coalesce(sum(quoted), 0)::bigint as all_quoted, coalesce(sum(reserved), 0)::bigint as all_reserved,
           coalesce(sum(billed), 0)::bigint as all_billed, coalesce(sum(refunded), 0)::bigint as all_refunded,
           coalesce(sum(unknown), 0)::bigint as all_unknown
    from found
)
select * from sums left join (select * from found order by {order} limit %(limit)s offset %(offset)s) page on true;

-- name: actions
-- What a person's answer asked for: the run that took the answer ended the gate's task, whose id is the cause.
left join lateral (
    select case
        when split_part(l.cause, '~', 1) = 'first' or l.cause like 'start:%%' then 'GREEN'
        when l.cause like 'redo-%%' then 'redo'
        when l.cause like 'update:%%' then 'by_hand'
        else coalesce((
            select coalesce(
                jsonb_path_query_first(r.input, '$.**.items.keyvalue() ? (@.key == $item).value.light',
                                       jsonb_build_object('item', split_part(l.item, '/', 1))) #>> '{{}}',
                case when jsonb_path_exists(r.input, '$.**.light ? (@ == "RED")') then 'RED'
                     when jsonb_path_exists(r.input, '$.**.light ? (@ == "YELLOW")') then 'YELLOW' end)
            from runs r
            where r.production_id = l.production_id and r.kind = 'resume' and exists (
                select from events e where e.production_id = l.production_id
                    and e.event_id = 'tasks:' || r.run_id || ':' || split_part(l.cause, '~', 1) || ':end')
            order by r.ordinal limit 1), 'other')
        end as action
) a on true
