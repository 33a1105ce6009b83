-- Results as they were frozen by one person and, once another has approved them, are public. Nothing here is changed but
-- who approved it or sent it back.

CREATE TABLE result_snapshots (
    snapshot_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL CONSTRAINT result_snapshots_survey_fkey REFERENCES surveys (survey_id),
    -- The first version of a survey's results is 1; a correction is the next.
    number INTEGER NOT NULL,
    -- Why there is a correction; empty for the first version.
    reason TEXT NOT NULL,
    -- How many answers there were: if it is no longer so many, it is not approved.
    answers INTEGER NOT NULL,
    content TEXT NOT NULL,
    -- Empty where the program froze results that were published before there were two persons to it.
    prepared_by INTEGER CONSTRAINT result_snapshots_preparer_fkey REFERENCES accounts (account_id),
    prepared_at TEXT NOT NULL,
    approved_by INTEGER CONSTRAINT result_snapshots_approver_fkey REFERENCES accounts (account_id),
    approved_at TEXT,
    returned_at TEXT,
    returned_reason TEXT NOT NULL,
    CONSTRAINT result_snapshots_not_ones_own_work CHECK (approved_by IS NULL OR (approved_by <> prepared_by)),
    CONSTRAINT result_snapshots_approved_or_returned CHECK (approved_at IS NULL OR returned_at IS NULL),
    CONSTRAINT result_snapshots_correction_explained CHECK (number = 1 OR reason <> '')
) STRICT;
CREATE UNIQUE INDEX result_snapshots_survey_id_number_key ON result_snapshots (survey_id, number) WHERE returned_at IS NULL;
