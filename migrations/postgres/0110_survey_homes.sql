-- How many homes could answer a survey, where staff have said so: for the response rate and the margin of error.

ALTER TABLE surveys ADD COLUMN homes BIGINT
    CONSTRAINT surveys_homes_sensible CHECK (homes BETWEEN 1 AND 1000000);
