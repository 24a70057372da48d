-- Orders of text: found, begun and ended in one statement each. The functions are in schema 0014 and later ones.

-- name: find
select p.epoch, p.parent_production_id is not null as branched, to_jsonb(o) as placed
from productions p
left join orders o on o.call_key = %(call_key)s
where p.production_id = %(production_id)s;

-- name: begin
select greenlight_begin_keyed_text(%(call)s) as told;

-- name: finish
select greenlight_finish_text(%(call)s) as told;

-- name: leave
-- What was asked by then is booked; the order itself stays as it is, for whoever asks again.
select greenlight_end_text(%(call_key)s, %(last)s)
from (select from productions where production_id = %(production_id)s and epoch = %(epoch)s for no key update) mine;
