-- The last number a survey was given. One that is thrown away leaves a number that no other survey gets, since the log of
-- changes and pages that are still open name surveys by it.

CREATE TABLE survey_numbers (
    survey_number_id INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
INSERT INTO survey_numbers (survey_number_id, last) SELECT 1, COALESCE(MAX(survey_id), 0) FROM surveys;
