-- What staff say of a survey of the tenant satisfaction measures: the homes behind it, and how it was done.

CREATE TABLE survey_stocks (
    survey_id INTEGER PRIMARY KEY CONSTRAINT survey_stocks_survey_fkey REFERENCES surveys (survey_id) ON DELETE CASCADE,
    lcra_homes INTEGER NOT NULL,
    lcho_homes INTEGER NOT NULL,
    -- Both tenures are reported as one.
    combined INTEGER CHECK (combined IN (0, 1)) NOT NULL,
    CONSTRAINT survey_stocks_homes_sensible CHECK (lcra_homes BETWEEN 0 AND 1000000 AND lcho_homes BETWEEN 0 AND 1000000)
) STRICT;

CREATE TABLE survey_approaches (
    survey_id INTEGER PRIMARY KEY CONSTRAINT survey_approaches_survey_fkey REFERENCES surveys (survey_id) ON DELETE CASCADE,
    sampling TEXT NOT NULL,
    representativeness TEXT NOT NULL,
    characteristics TEXT NOT NULL,
    contractors TEXT NOT NULL,
    excluded_homes INTEGER NOT NULL,
    excluded_reason TEXT NOT NULL,
    shortfall TEXT NOT NULL,
    incentives TEXT NOT NULL,
    issues TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT survey_approaches_sampling_known CHECK (sampling IN ('census', 'random', 'stratified', 'quota')),
    CONSTRAINT survey_approaches_excluded_explained CHECK (excluded_homes = 0 OR (excluded_homes > 0 AND excluded_reason <> ''))
) STRICT;
