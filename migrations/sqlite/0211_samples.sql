-- The sample of a survey: which homes were drawn and how, how often each was written to and rung, and whether somebody there
-- answered. What they answered, when and by which way is nowhere here.

CREATE TABLE survey_samples (
    survey_id INTEGER PRIMARY KEY CONSTRAINT survey_samples_survey_fkey REFERENCES surveys (survey_id) ON DELETE CASCADE,
    -- Whoever has the seed and the frame can draw the sample again.
    seed TEXT NOT NULL,
    strata TEXT NOT NULL,
    -- How many homes were asked for; none for all of them.
    wanted INTEGER,
    -- Homes drawn for another survey within so many months were left out.
    months INTEGER NOT NULL,
    most_reminders INTEGER NOT NULL,
    most_calls INTEGER NOT NULL,
    -- Every home as the list stood: its reference, its group, and what became of it.
    frame TEXT NOT NULL,
    drawn_at TEXT NOT NULL,
    -- Since when homes are asked. From then on the sample stays as it is.
    begun_at TEXT,
    -- How many times e-mails were ordered, and the day of the last.
    mailings INTEGER NOT NULL,
    mailed_on TEXT,
    CONSTRAINT survey_samples_strata_known CHECK (strata IN ('none', 'area', 'tenure', 'both')),
    CONSTRAINT survey_samples_wanted_sensible CHECK (wanted BETWEEN 1 AND 100000),
    CONSTRAINT survey_samples_months_sensible CHECK (months BETWEEN 0 AND 36),
    CONSTRAINT survey_samples_reminders_sensible CHECK (most_reminders BETWEEN 0 AND 5),
    CONSTRAINT survey_samples_calls_sensible CHECK (most_calls BETWEEN 1 AND 12),
    CONSTRAINT survey_samples_mailings_within CHECK (mailings BETWEEN 0 AND most_reminders + 1)
) STRICT;

CREATE TABLE sample_homes (
    home_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL CONSTRAINT sample_homes_survey_fkey REFERENCES survey_samples (survey_id) ON DELETE CASCADE,
    household_id INTEGER NOT NULL CONSTRAINT sample_homes_household_fkey REFERENCES households (household_id),
    -- Its place in the order of the draw.
    place INTEGER NOT NULL,
    stratum TEXT NOT NULL,
    way TEXT NOT NULL,
    has_number INTEGER CHECK (has_number IN (0, 1)) NOT NULL,
    -- The one invitation of the home, whichever way it comes: answers were kept with it.
    is_spent INTEGER CHECK (is_spent IN (0, 1)) NOT NULL,
    wants_no_more INTEGER CHECK (wants_no_more IN (0, 1)) NOT NULL,
    -- The last mailing that came to it, how often it was written to, and the last day.
    mailing INTEGER NOT NULL,
    written INTEGER NOT NULL,
    written_on TEXT,
    calls INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    -- Not to be rung before.
    call_at TEXT,
    -- Who rings it now.
    claimed_by INTEGER CONSTRAINT sample_homes_account_fkey REFERENCES accounts (account_id),
    claimed_until TEXT,
    CONSTRAINT sample_homes_survey_id_household_id_key UNIQUE (survey_id, household_id),
    CONSTRAINT sample_homes_survey_id_place_key UNIQUE (survey_id, place),
    CONSTRAINT sample_homes_way_known CHECK (way IN ('email', 'text', 'telephone', 'post')),
    CONSTRAINT sample_homes_outcome_known CHECK (outcome IN ('', 'no_answer', 'engaged', 'call_back', 'wrong_number', 'refused', 'language', 'gone')),
    CONSTRAINT sample_homes_claim_whole CHECK ((claimed_by IS NULL) = (claimed_until IS NULL))
) STRICT;
CREATE INDEX sample_homes_by_household ON sample_homes (household_id);

-- The links and codes of a home, of which only the hash is kept. All of them are its one invitation.
CREATE TABLE sample_keys (
    token_hash TEXT NOT NULL,
    home_id INTEGER NOT NULL CONSTRAINT sample_keys_home_fkey REFERENCES sample_homes (home_id) ON DELETE CASCADE,
    CONSTRAINT sample_keys_token_hash_key UNIQUE (token_hash)
) STRICT;
CREATE INDEX sample_keys_by_home ON sample_keys (home_id);

-- E-mails that were written to a home.
CREATE TABLE sample_letters (
    letter_id INTEGER NOT NULL,
    home_id INTEGER NOT NULL CONSTRAINT sample_letters_home_fkey REFERENCES sample_homes (home_id) ON DELETE CASCADE,
    CONSTRAINT sample_letters_letter_id_key UNIQUE (letter_id)
) STRICT;
CREATE INDEX sample_letters_by_home ON sample_letters (home_id);

-- Calls that did not end with answers. One that did leaves no row: its moment would say whose answers they are.
CREATE TABLE sample_calls (
    call_id INTEGER PRIMARY KEY,
    home_id INTEGER NOT NULL CONSTRAINT sample_calls_home_fkey REFERENCES sample_homes (home_id) ON DELETE CASCADE,
    outcome TEXT NOT NULL,
    called_at TEXT NOT NULL,
    account_id INTEGER NOT NULL CONSTRAINT sample_calls_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT sample_calls_outcome_known CHECK (outcome IN ('no_answer', 'engaged', 'call_back', 'wrong_number', 'refused', 'language', 'gone'))
) STRICT;
CREATE INDEX sample_calls_by_home ON sample_calls (home_id);
