-- The yearly audit of improvement: a sample of sign-off reports and of plans, drawn by a seed, and three tests of each. Not to be taken for the log of changes.

CREATE TABLE improvement_audits (
    audit_id INTEGER PRIMARY KEY,
    -- The year in which the audited year begins: 2025 for 2025/26.
    year INTEGER NOT NULL,
    scope TEXT NOT NULL,
    -- Within which groups the sample is drawn.
    strata TEXT NOT NULL,
    seed TEXT NOT NULL,
    opened_by INTEGER NOT NULL CONSTRAINT improvement_audits_opened_by_fkey REFERENCES accounts (account_id),
    opened_at TEXT NOT NULL,
    -- Raised by whoever changes something of an open audit, which gives them the turn.
    changes INTEGER NOT NULL,
    assurance TEXT,
    conclusion TEXT NOT NULL,
    finished_by INTEGER CONSTRAINT improvement_audits_finished_by_fkey REFERENCES accounts (account_id),
    finished_at TEXT,
    withdrawn_at TEXT,
    withdrawn_reason TEXT NOT NULL,
    CONSTRAINT improvement_audits_strata_known CHECK (strata IN ('none', 'owner', 'way')),
    CONSTRAINT improvement_audits_seed_given CHECK (seed <> ''),
    CONSTRAINT improvement_audits_assurance_known CHECK (assurance IN ('substantial', 'reasonable', 'limited', 'none')),
    CONSTRAINT improvement_audits_finished_whole CHECK ((finished_at IS NULL) = (finished_by IS NULL) AND (finished_at IS NULL) = (assurance IS NULL) AND (finished_at IS NULL) = (conclusion = '')),
    CONSTRAINT improvement_audits_withdrawn_has_reason CHECK ((withdrawn_at IS NULL) = (withdrawn_reason = '')),
    CONSTRAINT improvement_audits_one_end CHECK (withdrawn_at IS NULL OR finished_at IS NULL)
) STRICT;
CREATE UNIQUE INDEX improvement_audits_year_key ON improvement_audits (year) WHERE withdrawn_at IS NULL;

-- All that could be drawn, as it was on the day of the draw; those drawn have a place.
CREATE TABLE improvement_audit_items (
    item_id INTEGER PRIMARY KEY,
    audit_id INTEGER NOT NULL CONSTRAINT improvement_audit_items_audit_fkey REFERENCES improvement_audits (audit_id),
    kind TEXT NOT NULL,
    sign_off_id INTEGER CONSTRAINT improvement_audit_items_sign_off_fkey REFERENCES sign_offs (sign_off_id),
    plan_id INTEGER CONSTRAINT improvement_audit_items_plan_fkey REFERENCES improvement_plans (plan_id),
    -- The newest version of the plan in the year.
    plan_version INTEGER,
    -- What the draw goes by.
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    stratum TEXT NOT NULL,
    place INTEGER,
    CONSTRAINT improvement_audit_items_kind_whole CHECK ((kind = 'report' AND sign_off_id IS NOT NULL AND plan_id IS NULL AND plan_version IS NULL)
        OR (kind = 'plan' AND sign_off_id IS NULL AND plan_id IS NOT NULL AND plan_version IS NOT NULL)),
    CONSTRAINT improvement_audit_items_audit_id_reference_key UNIQUE (audit_id, reference),
    CONSTRAINT improvement_audit_items_audit_id_kind_place_key UNIQUE (audit_id, kind, place)
) STRICT;

-- What the auditor found in one of the three tests. A correction is a further row; the newest counts.
CREATE TABLE improvement_audit_tests (
    test_id INTEGER PRIMARY KEY,
    item_id INTEGER NOT NULL CONSTRAINT improvement_audit_tests_item_fkey REFERENCES improvement_audit_items (item_id),
    head TEXT NOT NULL,
    verdict TEXT NOT NULL,
    words TEXT NOT NULL,
    written_by INTEGER NOT NULL CONSTRAINT improvement_audit_tests_written_by_fkey REFERENCES accounts (account_id),
    written_at TEXT NOT NULL,
    CONSTRAINT improvement_audit_tests_head_known CHECK (head IN ('performance', 'standards', 'prospects')),
    CONSTRAINT improvement_audit_tests_verdict_known CHECK (verdict IN ('met', 'partly', 'not_met', 'not_shown')),
    CONSTRAINT improvement_audit_tests_has_words CHECK (words <> '')
) STRICT;
CREATE INDEX improvement_audit_tests_by_item ON improvement_audit_tests (item_id);

CREATE TRIGGER improvement_audits_end BEFORE UPDATE ON improvement_audits WHEN OLD.finished_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'an audit that is over is never changed'); END;
CREATE TRIGGER improvement_audits_draw_stays BEFORE UPDATE OF year, scope, strata, seed, opened_by, opened_at ON improvement_audits
    BEGIN SELECT RAISE(ABORT, 'the draw of an audit is never changed'); END;
CREATE TRIGGER improvement_audits_remain BEFORE DELETE ON improvement_audits BEGIN SELECT RAISE(ABORT, 'an audit is never removed'); END;
CREATE TRIGGER improvement_audit_items_stay BEFORE UPDATE ON improvement_audit_items BEGIN SELECT RAISE(ABORT, 'the draw of an audit is never changed'); END;
CREATE TRIGGER improvement_audit_items_remain BEFORE DELETE ON improvement_audit_items BEGIN SELECT RAISE(ABORT, 'the draw of an audit is never changed'); END;
CREATE TRIGGER improvement_audit_tests_stay BEFORE UPDATE ON improvement_audit_tests BEGIN SELECT RAISE(ABORT, 'a test of an audit is only added to'); END;
CREATE TRIGGER improvement_audit_tests_remain BEFORE DELETE ON improvement_audit_tests BEGIN SELECT RAISE(ABORT, 'a test of an audit is only added to'); END;
