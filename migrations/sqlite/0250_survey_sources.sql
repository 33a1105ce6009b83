-- The file that a survey's questions came from, and what of it could not be taken over.

CREATE TABLE survey_sources (
    survey_id INTEGER PRIMARY KEY CONSTRAINT survey_sources_survey_fkey REFERENCES surveys (survey_id) ON DELETE CASCADE,
    file_name TEXT NOT NULL,
    -- A list of pairs: the place in the file, and what happened to it.
    left_out TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT;
