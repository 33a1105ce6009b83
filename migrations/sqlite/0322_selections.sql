-- Which processes the landlord works on in a year: five at the most, each with the reason and the objective it serves.

-- One row a year, changed by whoever selects, so that two people never take the last place.
CREATE TABLE improvement_years (
    year INTEGER PRIMARY KEY,
    changes INTEGER NOT NULL
) STRICT;

CREATE TABLE improvement_selections (
    selection_id INTEGER PRIMARY KEY,
    -- The year in which the landlord's year begins: 2026 for 2026/27.
    year INTEGER NOT NULL CONSTRAINT improvement_selections_year_fkey REFERENCES improvement_years (year),
    -- Which of the five places of the year it takes.
    place INTEGER NOT NULL,
    process_id INTEGER NOT NULL CONSTRAINT improvement_selections_process_fkey REFERENCES processes (process_id),
    rationale TEXT NOT NULL,
    objective TEXT NOT NULL,
    -- The day on which the management team decided.
    decided_on TEXT NOT NULL,
    approved_by INTEGER NOT NULL CONSTRAINT improvement_selections_approved_by_fkey REFERENCES accounts (account_id),
    recorded_by INTEGER NOT NULL CONSTRAINT improvement_selections_recorded_by_fkey REFERENCES accounts (account_id),
    recorded_at TEXT NOT NULL,
    withdrawn_at TEXT,
    withdrawn_reason TEXT NOT NULL,
    CONSTRAINT improvement_selections_five_at_most CHECK (place BETWEEN 1 AND 5),
    CONSTRAINT improvement_selections_serves_an_objective CHECK (objective <> '' AND rationale <> ''),
    CONSTRAINT improvement_selections_second_person CHECK (approved_by <> recorded_by),
    CONSTRAINT improvement_selections_withdrawn_has_reason CHECK ((withdrawn_at IS NULL) = (withdrawn_reason = ''))
) STRICT;
CREATE UNIQUE INDEX improvement_selections_year_place_key ON improvement_selections (year, place) WHERE withdrawn_at IS NULL;
CREATE UNIQUE INDEX improvement_selections_year_process_id_key ON improvement_selections (year, process_id) WHERE withdrawn_at IS NULL;
