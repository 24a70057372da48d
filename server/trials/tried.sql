-- name: all_tried
select provider, model, tried_at from tried_models;

-- name: is_there
select to_regclass('tried_models') is not null as there;
