-- name: accept
-- The run that shoots again, where nobody works and no question is open; the same run once.
with production as (
    update productions set status = 'queued', interrupts = '[]', error = null
    where production_id = %(production)s::uuid and user_id = %(user)s and deleted_at is null and not replay
      and (status = 'completed' or (status = 'paused' and interrupts = '[]'))
      and not exists (select from runs r where r.run_id = %(run)s::uuid)
    returning production_id, user_id
), run as (
    insert into runs (run_id, production_id, user_id, kind, options)
    select %(run)s::uuid, production_id, user_id, 'continue', %(options)s::jsonb from production
    returning run_id, production_id
)
select run.run_id::text, procrastinate_defer_jobs_v1(array[row(
    'productions', 'advance', 0, null, null,
    jsonb_build_object('production_id', production_id), null)::procrastinate_job_to_defer_v1]) as job
from run;

-- name: accepted
select run_id::text from runs where run_id = %(run)s::uuid and production_id = %(production)s::uuid;

-- name: ceiling
select ceiling_micros, replay from productions where production_id = %(production)s and user_id = %(user)s;
