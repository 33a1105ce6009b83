-- Sign-off reports: what was done and what shows that it is better. A report sent back is answered by a new one; only a decision is ever added to a row.

CREATE TABLE sign_offs (
    sign_off_id INTEGER PRIMARY KEY,
    activity_id INTEGER NOT NULL CONSTRAINT sign_offs_activity_fkey REFERENCES improvement_activities (activity_id),
    number INTEGER NOT NULL,
    -- The activity as it was worded then.
    activity_version_id INTEGER NOT NULL CONSTRAINT sign_offs_activity_version_fkey REFERENCES improvement_activity_versions (activity_version_id),
    action_taken TEXT NOT NULL,
    is_improved INTEGER CHECK (is_improved IN (0, 1)) NOT NULL,
    no_improvement_reason TEXT NOT NULL,
    -- The measure before and after, in words, as it was when the report was written.
    before_words TEXT NOT NULL,
    after_words TEXT NOT NULL,
    moved TEXT NOT NULL,
    resident_view TEXT NOT NULL,
    cost_pounds INTEGER,
    savings_pounds INTEGER,
    lessons TEXT NOT NULL,
    is_public INTEGER CHECK (is_public IN (0, 1)) NOT NULL,
    public_title TEXT NOT NULL,
    public_asked TEXT NOT NULL,
    public_said TEXT NOT NULL,
    public_heard_from TEXT NOT NULL,
    public_reason TEXT NOT NULL,
    public_did TEXT NOT NULL,
    written_by INTEGER NOT NULL CONSTRAINT sign_offs_written_by_fkey REFERENCES accounts (account_id),
    written_at TEXT NOT NULL,
    decision TEXT,
    decision_words TEXT NOT NULL,
    decided_by INTEGER CONSTRAINT sign_offs_decided_by_fkey REFERENCES accounts (account_id),
    decided_at TEXT,
    CONSTRAINT sign_offs_activity_id_number_key UNIQUE (activity_id, number),
    CONSTRAINT sign_offs_decision_known CHECK (decision IN ('approved', 'sent_back')),
    CONSTRAINT sign_offs_decision_whole CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL)),
    CONSTRAINT sign_offs_second_person CHECK (decided_by IS NULL OR decided_by <> written_by),
    CONSTRAINT sign_offs_sent_back_has_reason CHECK (decision IS NULL OR decision <> 'sent_back' OR decision_words <> ''),
    CONSTRAINT sign_offs_no_improvement_has_reason CHECK (is_improved = 1 OR no_improvement_reason <> ''),
    CONSTRAINT sign_offs_public_is_told CHECK (is_public = 0 OR (public_title <> '' AND public_said <> '' AND public_did <> ''))
) STRICT;
-- Of the reports of an activity one waits or is approved; all others were sent back.
CREATE UNIQUE INDEX sign_offs_activity_id_key ON sign_offs (activity_id) WHERE decision IS NULL OR decision = 'approved';
