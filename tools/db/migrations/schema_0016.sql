-- A text request whose sender has gone is of unknown price at once, and not only when somebody asks the same again:
-- a production that ended meanwhile asks nothing any more, and what nobody lists nobody can settle.

-- Every successor, and every end from outside, raises the epoch: whoever sent under an earlier one books nothing.
create function greenlight_close_text() returns trigger language plpgsql as $$
begin
    perform greenlight_end_text(o.call_key, null)
    from orders o
    -- A talk goes on beside whoever drives the production.
    where o.production_id = new.production_id and o.kind = 'text' and o.stage <> 'talk' and o.cost_reserved > 0;
    return null;
end $$;
create trigger productions_text after update of epoch on productions for each row
    when (new.epoch > old.epoch) execute function greenlight_close_text();
