-- What an auditor said of a file of evidence after reading it: whether it names a member of the public. The newest counts.

CREATE TABLE improvement_audit_files (
    said_id INTEGER PRIMARY KEY,
    audit_id INTEGER NOT NULL CONSTRAINT improvement_audit_files_audit_fkey REFERENCES improvement_audits (audit_id),
    file_id TEXT NOT NULL CONSTRAINT improvement_audit_files_file_fkey REFERENCES files (file_id),
    names_nobody INTEGER CHECK (names_nobody IN (0, 1)) NOT NULL,
    said_by INTEGER NOT NULL CONSTRAINT improvement_audit_files_said_by_fkey REFERENCES accounts (account_id),
    said_at TEXT NOT NULL
) STRICT;
CREATE INDEX improvement_audit_files_by_audit ON improvement_audit_files (audit_id);

CREATE TRIGGER improvement_audit_files_stay BEFORE UPDATE ON improvement_audit_files BEGIN SELECT RAISE(ABORT, 'what was said of a file is only added to'); END;
CREATE TRIGGER improvement_audit_files_remain BEFORE DELETE ON improvement_audit_files BEGIN SELECT RAISE(ABORT, 'what was said of a file is only added to'); END;
