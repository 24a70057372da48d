-- Answers that are files: where they lie, beside the request that they answer.

-- {"media", "extra", "problem"}: the key of the file in the media store, and what its engine says of it. It is there while
-- the order may need it, and names the file for as long: what is named is not swept.
alter table order_attempts add column answer jsonb;

-- Delivered, failed, given up or sent again: what came before is needed no more. What was delivered is named by the order.
create function greenlight_answers_over() returns trigger language plpgsql as $$
begin
    update order_attempts set answer = null where call_key = new.call_key and answer is not null;
    return null;
end $$;
create trigger orders_answers_over after update of state on orders for each row
    when (new.state is distinct from old.state
          and (new.state in ('done', 'failed') or (new.state = 'intent' and old.state = 'submitted')))
    execute function greenlight_answers_over();
