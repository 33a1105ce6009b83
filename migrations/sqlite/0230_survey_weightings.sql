-- By what the answers of a survey are weighed: the method, with the numbers of everybody it rests on, who chose it and when.

CREATE TABLE survey_weightings (
    survey_id INTEGER PRIMARY KEY CONSTRAINT survey_weightings_survey_fkey REFERENCES surveys (survey_id) ON DELETE CASCADE,
    way TEXT NOT NULL,
    -- The key of each question that takes part, with pairs of category and number.
    margins TEXT NOT NULL,
    -- The most that one answer may count, in tenths of the mean; empty where there is no limit.
    cap INTEGER,
    account_id INTEGER NOT NULL CONSTRAINT survey_weightings_account_fkey REFERENCES accounts (account_id),
    saved_at TEXT NOT NULL,
    CONSTRAINT survey_weightings_way_known CHECK (way IN ('none', 'cells', 'raking')),
    CONSTRAINT survey_weightings_cap_sensible CHECK (cap BETWEEN 11 AND 100)
) STRICT;
