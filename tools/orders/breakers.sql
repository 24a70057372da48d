-- name: failed
select greenlight_service_failed(%(service)s, %(key)s, %(of_job)s, %(failures)s, %(within_s)s) as open;

-- name: over
select greenlight_trial_over(%(service)s, %(key)s, %(verdict)s, %(job_s)s);

-- name: states
select b.service, b.opened_at, cardinality(b.failed_at) as failures, case
    when b.opened_at is null then 'CLOSED'
    when b.trial is not null and b.trial_until > clock_timestamp() then 'HALF_OPEN'
    else 'OPEN' end as state
from breakers b order by b.service;
