-- Which survey asked the same before: together they are the waves of a series.

CREATE TABLE survey_waves (
    survey_id BIGINT PRIMARY KEY CONSTRAINT survey_waves_survey_fkey REFERENCES surveys (survey_id) ON DELETE CASCADE,
    before_id BIGINT NOT NULL CONSTRAINT survey_waves_before_fkey REFERENCES surveys (survey_id) ON DELETE CASCADE,
    -- A survey has one wave after it, so that waves are a line.
    CONSTRAINT survey_waves_before_id_key UNIQUE (before_id),
    CONSTRAINT survey_waves_not_itself CHECK (survey_id <> before_id)
);
