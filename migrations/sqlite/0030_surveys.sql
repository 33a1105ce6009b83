-- Questionnaires and what people answered; surveys, their links and half-finished answers.

CREATE TABLE questionnaire_versions (
    version_id INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL,
    questions TEXT NOT NULL,
    locked_at TEXT,
    created_at TEXT NOT NULL
) STRICT;

-- Which question measures which standard. The standard belongs to another context, so nothing refers to it.
CREATE TABLE question_measures (
    version_id INTEGER NOT NULL CONSTRAINT question_measures_version_fkey REFERENCES questionnaire_versions (version_id),
    question_key INTEGER NOT NULL,
    standard_id INTEGER NOT NULL,
    CONSTRAINT question_measures_version_id_question_key_key UNIQUE (version_id, question_key)
) STRICT;
CREATE INDEX question_measures_by_standard ON question_measures (standard_id);

-- How many responses a version has; its row lock numbers them in the order in which they are kept.
CREATE TABLE tallies (
    version_id INTEGER PRIMARY KEY CONSTRAINT tallies_version_fkey REFERENCES questionnaire_versions (version_id),
    responses INTEGER NOT NULL
) STRICT;

-- One row for each person's answers: no person, no address, no time of day.
CREATE TABLE responses (
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
    CONSTRAINT responses_channel_known CHECK (channel IN ('open_link', 'personal_link'))
) STRICT;

CREATE TABLE answers (
    response_id INTEGER NOT NULL CONSTRAINT answers_response_fkey REFERENCES responses (response_id),
    question_key INTEGER NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT answers_response_id_question_key_key UNIQUE (response_id, question_key)
) STRICT;

CREATE TABLE surveys (
    survey_id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL CONSTRAINT surveys_version_fkey REFERENCES questionnaire_versions (version_id),
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    introduction TEXT NOT NULL,
    next_steps TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    access TEXT NOT NULL,
    one_page INTEGER CHECK (one_page IN (0, 1)) NOT NULL,
    opens_at TEXT NOT NULL,
    closes_at TEXT NOT NULL,
    -- Signs the moment at which a page was opened, which a form carries to the moment it is sent.
    seal_key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    published_at TEXT,
    results_published_at TEXT,
    CONSTRAINT surveys_slug_key UNIQUE (slug),
    CONSTRAINT surveys_version_id_key UNIQUE (version_id),
    CONSTRAINT surveys_access_known CHECK (access IN ('open', 'personal')),
    CONSTRAINT surveys_minutes_sensible CHECK (minutes BETWEEN 1 AND 120),
    CONSTRAINT surveys_opens_before_it_closes CHECK (opens_at < closes_at)
) STRICT;

-- A personal link knows who was asked and whether they answered, never what.
CREATE TABLE survey_invitations (
    invitation_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL CONSTRAINT survey_invitations_survey_fkey REFERENCES surveys (survey_id),
    email TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    sent_on TEXT NOT NULL,
    spent_on TEXT,
    CONSTRAINT survey_invitations_survey_id_email_key UNIQUE (survey_id, email),
    CONSTRAINT survey_invitations_token_hash_key UNIQUE (token_hash)
) STRICT;

-- Answers on the way: known by a token in the person's browser, never by an invitation.
CREATE TABLE survey_drafts (
    draft_id INTEGER PRIMARY KEY,
    survey_id INTEGER NOT NULL CONSTRAINT survey_drafts_survey_fkey REFERENCES surveys (survey_id),
    token_hash TEXT NOT NULL,
    submission_key TEXT NOT NULL,
    answers TEXT NOT NULL,
    revision INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    CONSTRAINT survey_drafts_token_hash_key UNIQUE (token_hash)
) STRICT;
CREATE INDEX survey_drafts_by_saved_at ON survey_drafts (saved_at);
