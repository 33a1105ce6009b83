-- How far a recommendation of an audit was on a later day, with the evidence. Each look is a further row; the newest counts.

CREATE TABLE improvement_audit_follow_ups (
    follow_up_id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL CONSTRAINT improvement_audit_follow_ups_finding_fkey REFERENCES improvement_audit_findings (finding_id),
    standing TEXT NOT NULL,
    words TEXT NOT NULL,
    address TEXT NOT NULL,
    file_id TEXT CONSTRAINT improvement_audit_follow_ups_file_fkey REFERENCES files (file_id),
    written_by INTEGER NOT NULL CONSTRAINT improvement_audit_follow_ups_written_by_fkey REFERENCES accounts (account_id),
    written_at TEXT NOT NULL,
    CONSTRAINT improvement_audit_follow_ups_standing_known CHECK (standing IN ('done', 'partly', 'not_done')),
    CONSTRAINT improvement_audit_follow_ups_has_words CHECK (words <> ''),
    CONSTRAINT improvement_audit_follow_ups_has_evidence CHECK (standing = 'not_done' OR address <> '' OR file_id IS NOT NULL)
) STRICT;
CREATE INDEX improvement_audit_follow_ups_by_finding ON improvement_audit_follow_ups (finding_id);

CREATE TRIGGER improvement_audit_follow_ups_stay BEFORE UPDATE ON improvement_audit_follow_ups BEGIN SELECT RAISE(ABORT, 'a look back at an audit is only added to'); END;
CREATE TRIGGER improvement_audit_follow_ups_remain BEFORE DELETE ON improvement_audit_follow_ups BEGIN SELECT RAISE(ABORT, 'a look back at an audit is only added to'); END;
