-- The assurance map: evidence for requirements, whose words stand in files of the program, and who answers for each.

-- The latest row of a requirement holds; an empty account says that nobody answers for it.
CREATE TABLE assurance_owners (
    owner_id INTEGER PRIMARY KEY,
    requirement TEXT NOT NULL,
    account_id INTEGER CONSTRAINT assurance_owners_account_fkey REFERENCES accounts (account_id),
    appointed_by INTEGER NOT NULL CONSTRAINT assurance_owners_appointed_by_fkey REFERENCES accounts (account_id),
    appointed_at TEXT NOT NULL
) STRICT;

-- Never changed; only withdrawn, once, with the reason.
CREATE TABLE assurance_evidence (
    evidence_id INTEGER PRIMARY KEY,
    requirement TEXT NOT NULL,
    -- The version of the set of requirements under which it was attached.
    set_version INTEGER NOT NULL,
    -- What it shows.
    title TEXT NOT NULL,
    -- One of the three: the code of a record, a web address, a kept file.
    record TEXT NOT NULL,
    address TEXT NOT NULL,
    file_id TEXT CONSTRAINT assurance_evidence_file_fkey REFERENCES files (file_id),
    strength TEXT NOT NULL,
    -- The day that it is evidence of.
    dated_on TEXT NOT NULL,
    attached_by INTEGER NOT NULL CONSTRAINT assurance_evidence_attached_by_fkey REFERENCES accounts (account_id),
    attached_at TEXT NOT NULL,
    withdrawn_by INTEGER CONSTRAINT assurance_evidence_withdrawn_by_fkey REFERENCES accounts (account_id),
    withdrawn_at TEXT,
    withdrawn_reason TEXT NOT NULL,
    CONSTRAINT assurance_evidence_strength_known CHECK (strength IN ('strong', 'partial', 'weak')),
    CONSTRAINT assurance_evidence_one_of_three CHECK (
        (CASE WHEN record <> '' THEN 1 ELSE 0 END) + (CASE WHEN address <> '' THEN 1 ELSE 0 END) + (CASE WHEN file_id IS NOT NULL THEN 1 ELSE 0 END) = 1),
    CONSTRAINT assurance_evidence_withdrawn_whole CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_reason = ''))
) STRICT;
CREATE INDEX assurance_evidence_by_requirement ON assurance_evidence (requirement);
