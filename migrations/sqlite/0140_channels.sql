-- Answers that staff enter keep how the person gave them.
-- A check is changed here by making its table anew, and with it the one that refers to it.

CREATE TABLE responses_anew (
    response_id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL CONSTRAINT responses_version_fkey REFERENCES questionnaire_versions (version_id),
    number INTEGER NOT NULL,
    codes BLOB NOT NULL,
    channel TEXT NOT NULL,
    received_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    submission_key TEXT NOT NULL,
    digest TEXT NOT NULL,
    CONSTRAINT responses_version_id_number_key UNIQUE (version_id, number),
    CONSTRAINT responses_version_id_submission_key_key UNIQUE (version_id, submission_key),
    CONSTRAINT responses_reference_key UNIQUE (reference),
    CONSTRAINT responses_channel_known CHECK (channel IN ('open_link', 'personal_link', 'telephone', 'home_visit', 'front_desk', 'post', 'event'))
) STRICT;
INSERT INTO responses_anew (response_id, version_id, number, codes, channel, received_on, reference, submission_key, digest)
    SELECT response_id, version_id, number, codes, channel, received_on, reference, submission_key, digest FROM responses;

CREATE TABLE answers_anew (
    response_id INTEGER NOT NULL CONSTRAINT answers_response_fkey REFERENCES responses_anew (response_id),
    question_key INTEGER NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT answers_response_id_question_key_key UNIQUE (response_id, question_key)
) STRICT;
INSERT INTO answers_anew (response_id, question_key, value) SELECT response_id, question_key, value FROM answers;

DROP TABLE answers;
DROP TABLE responses;
ALTER TABLE responses_anew RENAME TO responses;
ALTER TABLE answers_anew RENAME TO answers;
