-- What was learnt, and what changed because of it: asked, said, did, with the decision and its reason.

CREATE TABLE findings (
    finding_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    asked TEXT NOT NULL,
    said TEXT NOT NULL,
    -- Who said it and how many, in words.
    heard_from TEXT NOT NULL,
    did TEXT NOT NULL,
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    -- Who wrote it last: somebody else publishes it.
    written_by INTEGER NOT NULL CONSTRAINT findings_written_by_fkey REFERENCES accounts (account_id),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    published_at TEXT,
    published_by INTEGER CONSTRAINT findings_published_by_fkey REFERENCES accounts (account_id),
    CONSTRAINT findings_slug_key UNIQUE (slug),
    CONSTRAINT findings_decision_known CHECK (decision IN ('accepted', 'partly', 'not_accepted')),
    CONSTRAINT findings_second_look CHECK ((published_at IS NULL) = (published_by IS NULL) AND (published_by IS NULL OR published_by <> written_by))
) STRICT;
CREATE INDEX findings_by_day ON findings (published_at, decided_on);
