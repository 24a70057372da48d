-- What providers rang, and for which order. The body of a delivery is a hint, so nothing here changes an order.

-- name: order_of
select * from orders where webhook_token = %(token)s and provider = %(provider)s and kind = 'engine';

-- name: ring
-- One effect for each delivery: it is written down, and whoever waits for the order is woken. It has none where the order
-- is over, where the delivery is about another job, or where it came before.
with meant as (
    select o.call_key, o.provider, o.external_id is null as hinted
    from orders o
    where o.call_key = %(call_key)s and o.state in ('intent', 'submitted', 'unknown')
        and case when o.external_id is not null
            then greenlight_job_id(o.external_id) = %(job_id)s
            -- What another order has, or this one had before, is no hint.
            else not exists (
                select from order_attempts a where a.provider = o.provider and a.external_id is not null
                    and greenlight_job_id(a.external_id) = %(job_id)s
            ) and not exists (
                select from orders other where other.provider = o.provider and other.external_id is not null
                    and greenlight_job_id(other.external_id) = %(job_id)s
            )
        end
), written as (
    insert into provider_rings (call_key, provider, webhook_id, status, job_id, hinted)
    select call_key, provider, %(webhook_id)s, %(status)s, %(job_id)s, hinted from meant
    on conflict (provider, webhook_id, status) do nothing
    returning call_key
)
select pg_notify('greenlight_rings', call_key) from written;

-- name: hinted_ids
-- Jobs that a provider rang with while the order had none, the oldest first; not those that an order has had since.
select r.job_id from provider_rings r
where r.call_key = %(call_key)s and r.hinted and not exists (
    select from order_attempts a where a.provider = r.provider and a.external_id is not null
        and greenlight_job_id(a.external_id) = r.job_id
)
group by r.job_id
order by min(r.ring_id);
