-- A series of surveys that ask other homes month after month: set up once, each month drawn, sent and closed by the program.

-- By which ways homes of a sample are asked; a home that cannot be reached by any of them is left out.
ALTER TABLE survey_samples ADD COLUMN ways TEXT NOT NULL DEFAULT 'email,text,post,telephone';

CREATE TABLE rolling_series (
    series_id INTEGER PRIMARY KEY,
    -- The survey whose questions and texts every month asks.
    pattern_id INTEGER NOT NULL CONSTRAINT rolling_series_pattern_fkey REFERENCES surveys (survey_id),
    title TEXT NOT NULL,
    -- The seed of a month's draw is this one, a space, and the year and month.
    seed TEXT NOT NULL,
    strata TEXT NOT NULL,
    -- How many homes a month, or which part of the homes on the list, in tenths of a per cent; or homes are asked as things
    -- happen there, so many days after each.
    wanted INTEGER,
    share INTEGER,
    days INTEGER,
    ways TEXT NOT NULL,
    -- Homes drawn for another survey within so many months are left out.
    months_apart INTEGER NOT NULL,
    most_reminders INTEGER NOT NULL,
    -- So many days lie between an e-mail and the next.
    remind_after INTEGER NOT NULL,
    most_calls INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT rolling_series_strata_known CHECK (strata IN ('none', 'area', 'tenure', 'both')),
    CONSTRAINT rolling_series_one_size CHECK (CASE WHEN days IS NULL
        THEN (wanted IS NULL) <> (share IS NULL) ELSE wanted IS NULL AND share IS NULL END),
    CONSTRAINT rolling_series_days_sensible CHECK (days BETWEEN 0 AND 90),
    CONSTRAINT rolling_series_wanted_sensible CHECK (wanted BETWEEN 1 AND 100000),
    CONSTRAINT rolling_series_share_sensible CHECK (share BETWEEN 1 AND 1000),
    CONSTRAINT rolling_series_months_apart_sensible CHECK (months_apart BETWEEN 12 AND 36),
    CONSTRAINT rolling_series_most_reminders_sensible CHECK (most_reminders BETWEEN 0 AND 5),
    CONSTRAINT rolling_series_remind_after_sensible CHECK (remind_after BETWEEN 1 AND 27),
    CONSTRAINT rolling_series_most_calls_sensible CHECK (most_calls BETWEEN 1 AND 12)
) STRICT;

CREATE TABLE rolling_months (
    month_id INTEGER PRIMARY KEY,
    series_id INTEGER NOT NULL CONSTRAINT rolling_months_series_fkey REFERENCES rolling_series (series_id) ON DELETE CASCADE,
    -- From one, in the order of time.
    number INTEGER NOT NULL,
    opens_at TEXT NOT NULL,
    closes_at TEXT NOT NULL,
    -- A month leaves "planned" once, by whichever node comes first.
    state TEXT NOT NULL,
    -- Why it was not asked, in words.
    why TEXT NOT NULL,
    -- The survey of the month, once it is open, and how many homes were wanted, drawn and on the list then.
    survey_id INTEGER CONSTRAINT rolling_months_survey_fkey REFERENCES surveys (survey_id),
    wanted INTEGER,
    drawn INTEGER,
    listed INTEGER,
    CONSTRAINT rolling_months_series_id_number_key UNIQUE (series_id, number),
    CONSTRAINT rolling_months_survey_id_key UNIQUE (survey_id),
    CONSTRAINT rolling_months_state_known CHECK (state IN ('planned', 'opened', 'failed', 'missed', 'stopped')),
    CONSTRAINT rolling_months_times_in_order CHECK (opens_at < closes_at)
) STRICT;
CREATE INDEX rolling_months_by_state ON rolling_months (state, opens_at);
