-- The research library: what others, or we, found out, what it applies to, and with whom it was shared.

CREATE TABLE research (
    research_id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    -- Who found it out or published it.
    source TEXT NOT NULL,
    year INTEGER NOT NULL,
    -- In plain words.
    finding TEXT NOT NULL,
    area_id INTEGER CONSTRAINT research_area_fkey REFERENCES areas (area_id),
    standard_id INTEGER CONSTRAINT research_standard_fkey REFERENCES standards (standard_id),
    process_id INTEGER CONSTRAINT research_process_fkey REFERENCES processes (process_id),
    address TEXT NOT NULL,
    file_id TEXT CONSTRAINT research_file_fkey REFERENCES files (file_id),
    written_by INTEGER NOT NULL CONSTRAINT research_written_by_fkey REFERENCES accounts (account_id),
    created_at TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT research_year_known CHECK (year BETWEEN 1900 AND 2200),
    CONSTRAINT research_applies CHECK (area_id IS NOT NULL OR standard_id IS NOT NULL OR process_id IS NOT NULL),
    CONSTRAINT research_can_be_read CHECK (address <> '' OR file_id IS NOT NULL)
) STRICT;

-- With whom it was shared; only added to.
CREATE TABLE research_shares (
    research_share_id INTEGER PRIMARY KEY,
    research_id INTEGER NOT NULL CONSTRAINT research_shares_research_fkey REFERENCES research (research_id),
    -- A group or body, in words.
    shared_with TEXT NOT NULL,
    shared_on TEXT NOT NULL,
    recorded_by INTEGER NOT NULL CONSTRAINT research_shares_recorded_by_fkey REFERENCES accounts (account_id),
    recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX research_shares_by_research ON research_shares (research_id);
