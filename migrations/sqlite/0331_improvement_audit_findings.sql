-- What an audit found, what management answered, and which action of a plan a recommendation became.

CREATE TABLE improvement_audit_findings (
    finding_id INTEGER PRIMARY KEY,
    audit_id INTEGER NOT NULL CONSTRAINT improvement_audit_findings_audit_fkey REFERENCES improvement_audits (audit_id),
    -- Counts the findings of the audit from 1.
    number INTEGER NOT NULL,
    weight TEXT NOT NULL,
    -- The report or plan it was found in; none where it is about all of them.
    item_id INTEGER CONSTRAINT improvement_audit_findings_item_fkey REFERENCES improvement_audit_items (item_id),
    found TEXT NOT NULL,
    recommendation TEXT NOT NULL,
    written_by INTEGER NOT NULL CONSTRAINT improvement_audit_findings_written_by_fkey REFERENCES accounts (account_id),
    written_at TEXT NOT NULL,
    -- Struck out while the audit was open.
    struck_at TEXT,
    struck_reason TEXT NOT NULL,
    CONSTRAINT improvement_audit_findings_audit_id_number_key UNIQUE (audit_id, number),
    CONSTRAINT improvement_audit_findings_weight_known CHECK (weight IN ('high', 'medium', 'low')),
    CONSTRAINT improvement_audit_findings_has_words CHECK (found <> '' AND recommendation <> ''),
    CONSTRAINT improvement_audit_findings_struck_has_reason CHECK ((struck_at IS NULL) = (struck_reason = ''))
) STRICT;

-- What management answers to a finding, once.
CREATE TABLE improvement_audit_responses (
    response_id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL CONSTRAINT improvement_audit_responses_finding_fkey REFERENCES improvement_audit_findings (finding_id),
    is_agreed INTEGER CHECK (is_agreed IN (0, 1)) NOT NULL,
    -- What will be done, or why it is not agreed.
    words TEXT NOT NULL,
    owner_id INTEGER CONSTRAINT improvement_audit_responses_owner_fkey REFERENCES accounts (account_id),
    due_on TEXT,
    written_by INTEGER NOT NULL CONSTRAINT improvement_audit_responses_written_by_fkey REFERENCES accounts (account_id),
    written_at TEXT NOT NULL,
    CONSTRAINT improvement_audit_responses_finding_id_key UNIQUE (finding_id),
    CONSTRAINT improvement_audit_responses_has_words CHECK (words <> ''),
    CONSTRAINT improvement_audit_responses_agreed_has_owner CHECK (is_agreed = 0 OR (owner_id IS NOT NULL AND due_on IS NOT NULL))
) STRICT;

-- The action that a recommendation became; the thread joins the two as well.
CREATE TABLE improvement_audit_actions (
    audit_action_id INTEGER PRIMARY KEY,
    finding_id INTEGER NOT NULL CONSTRAINT improvement_audit_actions_finding_fkey REFERENCES improvement_audit_findings (finding_id),
    action_id INTEGER NOT NULL CONSTRAINT improvement_audit_actions_action_fkey REFERENCES plan_actions (action_id),
    made_by INTEGER NOT NULL CONSTRAINT improvement_audit_actions_made_by_fkey REFERENCES accounts (account_id),
    made_at TEXT NOT NULL,
    CONSTRAINT improvement_audit_actions_finding_id_key UNIQUE (finding_id)
) STRICT;

CREATE TRIGGER improvement_audit_findings_stay BEFORE UPDATE OF audit_id, number, weight, item_id, found, recommendation, written_by, written_at ON improvement_audit_findings
    BEGIN SELECT RAISE(ABORT, 'a finding of an audit is never changed'); END;
CREATE TRIGGER improvement_audit_findings_struck_once BEFORE UPDATE OF struck_at, struck_reason ON improvement_audit_findings WHEN OLD.struck_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a finding of an audit is never changed'); END;
CREATE TRIGGER improvement_audit_findings_remain BEFORE DELETE ON improvement_audit_findings BEGIN SELECT RAISE(ABORT, 'a finding of an audit is never changed'); END;
CREATE TRIGGER improvement_audit_responses_stay BEFORE UPDATE ON improvement_audit_responses BEGIN SELECT RAISE(ABORT, 'a response to an audit is never changed'); END;
CREATE TRIGGER improvement_audit_responses_remain BEFORE DELETE ON improvement_audit_responses BEGIN SELECT RAISE(ABORT, 'a response to an audit is never changed'); END;
