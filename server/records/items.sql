-- name: sweep
delete from store where expires_at < now();

-- name: forget
delete from store where prefix = %(shelf)s or prefix like %(below)s escape '\';
