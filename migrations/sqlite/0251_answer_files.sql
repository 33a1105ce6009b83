-- Files of answers that staff bring into a survey, between their preview and the decision.

CREATE TABLE answer_files (
    file_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL CONSTRAINT answer_files_survey_fkey REFERENCES surveys (survey_id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    content BLOB,
    -- How the answers were given, on which day, and what each column holds.
    reading TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL,
    account_id INTEGER NOT NULL CONSTRAINT answer_files_account_fkey REFERENCES accounts (account_id),
    sent_at TEXT NOT NULL,
    decided_at TEXT,
    CONSTRAINT answer_files_state_known CHECK (state IN ('waiting', 'applied', 'discarded')),
    CONSTRAINT answer_files_waiting_has_content CHECK ((state = 'waiting') = (content IS NOT NULL))
) STRICT;

CREATE INDEX answer_files_survey ON answer_files (survey_id);
