-- Answers that are files: where they lie, and what their engine says of them, beside the request that they answer.

-- name: note
-- With the id that it gets, before the order has it: who takes the order over finds both. Not fenced, as an id is not.
-- An order that is over, or was sent again since, needs none of it.
update order_attempts a
set external_id = %(external_id)s, answer = %(answer)s
from orders o
where a.call_key = %(call_key)s and a.number = %(attempt)s and o.call_key = a.call_key
    and o.attempt = a.number and o.state in ('intent', 'submitted', 'unknown')
returning a.call_key;

-- name: found
select a.answer from order_attempts a join orders o using (call_key)
where a.provider = %(provider)s and a.external_id = %(external_id)s and a.answer is not null
    and o.user_id = %(user_id)s;
