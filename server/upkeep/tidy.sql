-- name: begin
insert into tidyings (asked_by) values (%(asked_by)s) returning tidying_id;

-- name: end
update tidyings set ended_at = clock_timestamp(), told = %(told)s where tidying_id = %(id)s;

-- name: latest
select tidying_id, begun_at, ended_at, asked_by, told from tidyings order by tidying_id desc limit %(limit)s;

-- name: rested
-- Whether the last time was long enough ago.
select not exists (
    select 1 from tidyings where begun_at > now() - make_interval(secs => %(every)s)) as yes;
