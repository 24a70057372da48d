-- What was sent before is found by its bytes (S3-43): what is kept of it is made anew, and has another digest.

alter table media_library add column file_hash text check (file_hash ~ '^[0-9a-f]{64}$');
create index media_library_file_hash on media_library (user_id, file_hash) where file_hash is not null;
