-- An order that was sent with a key of the process is asked about with that key, too: a job belongs to one account.

-- A mark of that key, made for this order alone (tools/vault/key_marks.py): it tells another key, and nothing of this one.
-- Null: it was sent with a user's own key, or with none, or before this schema.
alter table orders add column key_mark text;
