-- A node that runs again tells the same take under another event id; the job is what stays the same.
alter table novela_video_takes drop constraint novela_video_takes_pkey;
alter table novela_video_takes drop column event_id;
alter table novela_video_takes add primary key (video_id, job_id);
