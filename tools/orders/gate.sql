-- name: enter
select greenlight_enter(%(asked)s) as told;

-- name: close
select greenlight_close_bucket(%(bucket)s, %(for_s)s);

-- name: read
select greenlight_take_token(%(bucket)s, %(burst)s, %(a_second)s, %(most_wait_s)s, null) as told;

-- name: own_jobs
-- Jobs of one production that count, so that whoever waits for a place looks after what is its own.
select o.call_key
from order_slots s join orders o using (call_key)
where s.bucket = %(bucket)s and o.production_id = %(production_id)s and o.state = 'submitted'
    and s.over_at is null and o.external_id is not null
order by o.submitted_at limit 20;

-- name: over
select greenlight_job_over(%(key)s);
