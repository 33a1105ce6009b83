-- Who owns a process and who works on it, with everybody before them.

-- A hand-over ends one row and begins the next. An ended row is never changed.
CREATE TABLE process_owners (
    owner_id INTEGER PRIMARY KEY,
    process_id INTEGER NOT NULL CONSTRAINT process_owners_process_fkey REFERENCES processes (process_id),
    account_id INTEGER NOT NULL CONSTRAINT process_owners_account_fkey REFERENCES accounts (account_id),
    in_management_team INTEGER CHECK (in_management_team IN (0, 1)) NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT,
    -- What the owner handed over when they stopped.
    hand_over TEXT NOT NULL,
    appointed_by INTEGER NOT NULL CONSTRAINT process_owners_appointed_by_fkey REFERENCES accounts (account_id),
    recorded_at TEXT NOT NULL,
    CONSTRAINT process_owners_hand_over_recorded CHECK ((until_on IS NULL) = (hand_over = '')),
    CONSTRAINT process_owners_days_in_order CHECK (until_on IS NULL OR until_on >= from_on)
) STRICT;
-- A process has one owner at a time.
CREATE UNIQUE INDEX process_owners_process_id_key ON process_owners (process_id) WHERE until_on IS NULL;
CREATE INDEX process_owners_by_account ON process_owners (account_id);

CREATE TABLE improvement_groups (
    process_id INTEGER PRIMARY KEY CONSTRAINT improvement_groups_process_fkey REFERENCES processes (process_id),
    basis TEXT NOT NULL,
    -- Residents are counted, never named.
    residents INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT improvement_groups_basis_known CHECK (basis IN ('volunteers', 'functional_team')),
    CONSTRAINT improvement_groups_residents_range CHECK (residents BETWEEN 0 AND 500)
) STRICT;

CREATE TABLE improvement_group_members (
    member_id INTEGER PRIMARY KEY,
    process_id INTEGER NOT NULL CONSTRAINT improvement_group_members_group_fkey REFERENCES improvement_groups (process_id),
    name TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT
) STRICT;
CREATE UNIQUE INDEX improvement_group_members_process_id_name_key ON improvement_group_members (process_id, name) WHERE until_on IS NULL;

CREATE TABLE improvement_group_meetings (
    meeting_id INTEGER PRIMARY KEY,
    process_id INTEGER NOT NULL CONSTRAINT improvement_group_meetings_group_fkey REFERENCES improvement_groups (process_id),
    held_on TEXT NOT NULL,
    residents INTEGER NOT NULL,
    notes TEXT NOT NULL,
    recorded_by INTEGER NOT NULL CONSTRAINT improvement_group_meetings_recorded_by_fkey REFERENCES accounts (account_id),
    recorded_at TEXT NOT NULL,
    CONSTRAINT improvement_group_meetings_residents_range CHECK (residents BETWEEN 0 AND 500)
) STRICT;
CREATE INDEX improvement_group_meetings_by_process ON improvement_group_meetings (process_id, held_on);
