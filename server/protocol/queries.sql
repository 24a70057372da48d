-- name: resume_from
-- The first row that somebody who has seen everything up to this row and part still needs: the state and the
-- messages that were open there. When the run was over, nothing of it is needed.
with begun as (
    select run_id, seq, payload ->> 'event' as event from events
    where production_id = %(production)s and seq <= %(row)s and method = 'lifecycle' and namespace = '{}'
    order by seq desc limit 1
), open_run as (
    select e.* from events e, begun
    where e.production_id = %(production)s and e.run_id = begun.run_id and e.seq <= %(row)s
      and (begun.event = 'running' or (begun.seq = %(row)s and %(unfinished)s))
), states as (
    select max(seq) as seq from open_run
    where method = 'values' and (%(tasks)s or namespace = '{}') group by namespace
), messages as (
    select min(seq) as seq from open_run where method = 'messages' and %(messages)s
    group by payload #>> '{message,id}' having not bool_or((payload ->> 'last')::boolean)
)
select least(%(row)s::bigint - 1, (select min(seq) from states), (select min(seq) from messages)) as first;
