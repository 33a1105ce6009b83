-- A survey of events asks homes as things happen there, such as a repair: so many days after each.

ALTER TABLE survey_samples ADD COLUMN days INTEGER
    CONSTRAINT survey_samples_days_sensible CHECK (days BETWEEN 0 AND 90);

CREATE TABLE sample_events (
    event_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL CONSTRAINT sample_events_survey_fkey REFERENCES survey_samples (survey_id) ON DELETE CASCADE,
    household_id INTEGER NOT NULL CONSTRAINT sample_events_household_fkey REFERENCES households (household_id),
    happened_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    -- What became of it: the home is asked, or why it is not.
    state TEXT NOT NULL,
    CONSTRAINT sample_events_survey_id_household_id_happened_on_key UNIQUE (survey_id, household_id, happened_on),
    CONSTRAINT sample_events_state_known CHECK (state IN ('waiting', 'asked', 'asked_lately', 'no_contact', 'unreachable', 'closed'))
) STRICT;
CREATE INDEX sample_events_by_due_on ON sample_events (state, due_on);
