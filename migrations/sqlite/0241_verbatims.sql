-- What residents wrote: themes, who found which in which answer, and what of it may be shown.
-- Nothing refers to the answers themselves, whose rows are written anew when they are mixed: the random key of an answer stays.

CREATE TABLE word_frames (
    version_id INTEGER NOT NULL CONSTRAINT word_frames_version_fkey REFERENCES questionnaire_versions (version_id),
    question_key INTEGER NOT NULL,
    -- Moves with every change of themes and codings, which so come one after the other, and none after publishing.
    revision INTEGER NOT NULL,
    -- Draws the answers that a second person codes: empty until they are drawn, with the share that was asked for.
    seed TEXT NOT NULL,
    share INTEGER NOT NULL,
    published_at TEXT,
    -- How many answers in people's own words the public reads at most.
    most_shown INTEGER NOT NULL,
    CONSTRAINT word_frames_version_id_question_key_key UNIQUE (version_id, question_key),
    CONSTRAINT word_frames_share_sensible CHECK (share BETWEEN 0 AND 100),
    CONSTRAINT word_frames_most_shown_sensible CHECK (most_shown BETWEEN 0 AND 100)
) STRICT;

CREATE TABLE word_themes (
    theme_id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL CONSTRAINT word_themes_version_fkey REFERENCES questionnaire_versions (version_id),
    question_key INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    place INTEGER NOT NULL,
    merged_into INTEGER CONSTRAINT word_themes_merged_into_fkey REFERENCES word_themes (theme_id),
    CONSTRAINT word_themes_version_id_question_key_name_key UNIQUE (version_id, question_key, name)
) STRICT;

-- What one person found in one answer: at the first, the blind second and the settling third look.
CREATE TABLE word_codings (
    coding_id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL CONSTRAINT word_codings_version_fkey REFERENCES questionnaire_versions (version_id),
    question_key INTEGER NOT NULL,
    word_key TEXT NOT NULL,
    turn INTEGER NOT NULL,
    account_id INTEGER NOT NULL CONSTRAINT word_codings_account_fkey REFERENCES accounts (account_id),
    note TEXT NOT NULL,
    revision INTEGER NOT NULL,
    CONSTRAINT word_codings_word_key_turn_key UNIQUE (word_key, turn),
    CONSTRAINT word_codings_turn_known CHECK (turn IN (1, 2, 3))
) STRICT;
CREATE INDEX word_codings_by_question ON word_codings (version_id, question_key);

CREATE TABLE word_coding_themes (
    coding_id INTEGER NOT NULL CONSTRAINT word_coding_themes_coding_fkey REFERENCES word_codings (coding_id),
    theme_id INTEGER NOT NULL CONSTRAINT word_coding_themes_theme_fkey REFERENCES word_themes (theme_id),
    CONSTRAINT word_coding_themes_coding_id_theme_id_key UNIQUE (coding_id, theme_id)
) STRICT;

-- The answers that a second person codes, as they were drawn.
CREATE TABLE word_samples (
    version_id INTEGER NOT NULL CONSTRAINT word_samples_version_fkey REFERENCES questionnaire_versions (version_id),
    question_key INTEGER NOT NULL,
    word_key TEXT NOT NULL,
    CONSTRAINT word_samples_word_key_key UNIQUE (word_key)
) STRICT;
CREATE INDEX word_samples_by_question ON word_samples (version_id, question_key);

-- Whether an answer may be shown to the public. The answer itself is never changed.
CREATE TABLE word_reviews (
    version_id INTEGER NOT NULL CONSTRAINT word_reviews_version_fkey REFERENCES questionnaire_versions (version_id),
    question_key INTEGER NOT NULL,
    word_key TEXT NOT NULL,
    decision TEXT NOT NULL,
    account_id INTEGER NOT NULL CONSTRAINT word_reviews_account_fkey REFERENCES accounts (account_id),
    revision INTEGER NOT NULL,
    CONSTRAINT word_reviews_word_key_key UNIQUE (word_key),
    CONSTRAINT word_reviews_decision_known CHECK (decision IN ('open', 'show', 'withhold'))
) STRICT;
CREATE INDEX word_reviews_by_question ON word_reviews (version_id, question_key);

-- A passage that is taken out where the answer is shown, in characters from its beginning.
CREATE TABLE word_marks (
    word_key TEXT NOT NULL CONSTRAINT word_marks_review_fkey REFERENCES word_reviews (word_key),
    begins INTEGER NOT NULL,
    letters INTEGER NOT NULL,
    kind TEXT NOT NULL,
    CONSTRAINT word_marks_word_key_begins_key UNIQUE (word_key, begins),
    CONSTRAINT word_marks_passage_sensible CHECK (begins >= 0 AND letters > 0),
    CONSTRAINT word_marks_kind_known CHECK (kind IN ('name', 'address', 'contact', 'health', 'staff', 'other'))
) STRICT;
