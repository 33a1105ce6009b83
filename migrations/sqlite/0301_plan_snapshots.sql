-- Plans as they were frozen, each holding the hash of the one before, so that an altered or missing one shows.

CREATE TABLE plan_snapshots (
    snapshot_id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL CONSTRAINT plan_snapshots_plan_fkey REFERENCES plans (plan_id),
    -- The first of a plan is 1.
    number INTEGER NOT NULL,
    -- The day the plan is frozen as at.
    as_of TEXT NOT NULL,
    -- What it was frozen for, such as a meeting.
    title TEXT NOT NULL,
    -- The pack of that day, byte for byte.
    content TEXT NOT NULL,
    frozen_at TEXT NOT NULL,
    account_id INTEGER CONSTRAINT plan_snapshots_account_fkey REFERENCES accounts (account_id),
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT plan_snapshots_plan_id_number_key UNIQUE (plan_id, number)
) STRICT;
-- The end of each chain: how many there are, and the hash of the last.
ALTER TABLE plans ADD COLUMN snapshots INTEGER NOT NULL DEFAULT 0;
ALTER TABLE plans ADD COLUMN snapshot_hash TEXT NOT NULL DEFAULT '';

CREATE TRIGGER plan_snapshots_stay BEFORE UPDATE ON plan_snapshots BEGIN SELECT RAISE(ABORT, 'a frozen plan is never changed'); END;
CREATE TRIGGER plan_snapshots_remain BEFORE DELETE ON plan_snapshots BEGIN SELECT RAISE(ABORT, 'a frozen plan is never changed'); END;
