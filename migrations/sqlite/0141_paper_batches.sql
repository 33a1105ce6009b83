-- Paper forms that wait, keyed, until their batch is closed and they become responses. Then they are gone from here.

CREATE TABLE paper_batches (
    batch_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL CONSTRAINT paper_batches_survey_fkey REFERENCES surveys (survey_id),
    name TEXT NOT NULL,
    -- How many forms there are, numbered from one.
    received INTEGER NOT NULL,
    received_on TEXT NOT NULL,
    -- Decides by chance which forms are keyed a second time.
    seed TEXT NOT NULL,
    closed_at TEXT,
    -- Of the answers keyed twice, how many were compared and how many differed; known once it is closed.
    compared INTEGER NOT NULL,
    differed INTEGER NOT NULL,
    CONSTRAINT paper_batches_survey_id_name_key UNIQUE (survey_id, name),
    CONSTRAINT paper_batches_received_sensible CHECK (received BETWEEN 1 AND 500),
    CONSTRAINT paper_batches_differed_of_compared CHECK (differed BETWEEN 0 AND compared)
) STRICT;

-- A form as one person keyed it.
CREATE TABLE paper_forms (
    batch_id INTEGER NOT NULL CONSTRAINT paper_forms_batch_fkey REFERENCES paper_batches (batch_id),
    number INTEGER NOT NULL,
    keying INTEGER NOT NULL,
    answers TEXT NOT NULL,
    account_id INTEGER NOT NULL CONSTRAINT paper_forms_account_fkey REFERENCES accounts (account_id),
    -- Under which its answers become a response, once.
    submission_key TEXT NOT NULL,
    -- Whether this keying was chosen where two differ.
    is_chosen INTEGER CHECK (is_chosen IN (0, 1)) NOT NULL,
    CONSTRAINT paper_forms_batch_id_number_keying_key UNIQUE (batch_id, number, keying),
    CONSTRAINT paper_forms_number_sensible CHECK (number BETWEEN 1 AND 500),
    CONSTRAINT paper_forms_keyed_once_or_twice CHECK (keying IN (1, 2))
) STRICT;
