-- An order is looked at and fetched with the key that it was sent with: a job belongs to one account.

-- Null: it was sent with the key of the process, or has not been sent, or its engine needs no key. No reference: a user
-- may delete a key at any time, and the order stays.
alter table orders add column key_id uuid;
-- What lies under the same id now may be the key of another account.
alter table orders add column key_version integer;
