-- Decisions: what was to be decided, what residents had said, what was decided and why. A published version is never
-- changed; a correction is a new version.

CREATE TABLE decisions (
    decision_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT decisions_slug_key UNIQUE (slug)
) STRICT;

CREATE TABLE decision_versions (
    decision_version_id INTEGER PRIMARY KEY,
    decision_id INTEGER NOT NULL CONSTRAINT decision_versions_decision_fkey REFERENCES decisions (decision_id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    question TEXT NOT NULL,
    -- JSON: each option with what residents said of it and what became of it.
    choices TEXT NOT NULL,
    views TEXT NOT NULL,
    heard_from TEXT NOT NULL,
    -- Codes of the records in which residents said it, parted by spaces.
    sources TEXT NOT NULL,
    decided TEXT NOT NULL,
    reasons TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    -- Who decided: a body, never a person.
    body TEXT NOT NULL,
    alignment TEXT NOT NULL,
    differs_why TEXT NOT NULL,
    -- What is put right, from the second version on.
    correction TEXT NOT NULL,
    written_by INTEGER NOT NULL CONSTRAINT decision_versions_written_by_fkey REFERENCES accounts (account_id),
    written_at TEXT NOT NULL,
    approved_by INTEGER CONSTRAINT decision_versions_approved_by_fkey REFERENCES accounts (account_id),
    approved_at TEXT,
    published_by INTEGER CONSTRAINT decision_versions_published_by_fkey REFERENCES accounts (account_id),
    published_at TEXT,
    CONSTRAINT decision_versions_decision_id_number_key UNIQUE (decision_id, number),
    CONSTRAINT decision_versions_alignment_known CHECK (alignment IN ('as_said', 'partly', 'differs')),
    CONSTRAINT decision_versions_differing_has_reason CHECK (alignment = 'as_said' OR differs_why <> ''),
    CONSTRAINT decision_versions_correction_is_told CHECK ((number = 1) = (correction = '')),
    CONSTRAINT decision_versions_second_person CHECK (approved_by IS NULL OR approved_by <> written_by),
    CONSTRAINT decision_versions_approved_whole CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CONSTRAINT decision_versions_published_whole CHECK ((published_by IS NULL) = (published_at IS NULL)),
    CONSTRAINT decision_versions_approved_first CHECK (published_at IS NULL OR approved_at IS NOT NULL)
) STRICT;
-- One version of a decision is being written at a time.
CREATE UNIQUE INDEX decision_versions_decision_id_key ON decision_versions (decision_id) WHERE published_at IS NULL;

CREATE TRIGGER decision_versions_stay BEFORE UPDATE ON decision_versions WHEN OLD.published_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a published decision is never changed'); END;
CREATE TRIGGER decision_versions_remain BEFORE DELETE ON decision_versions WHEN OLD.published_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a published decision is never changed'); END;
