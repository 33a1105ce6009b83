-- Photos that people sent with their answers. Which answer a photo belongs to is said by the answer, which holds its name;
-- nothing here says when it came, and nothing here names a response.

CREATE TABLE survey_photos (
    -- By chance.
    file_id TEXT NOT NULL PRIMARY KEY CONSTRAINT survey_photos_file_fkey REFERENCES files (file_id),
    version_id INTEGER NOT NULL CONSTRAINT survey_photos_version_fkey REFERENCES questionnaire_versions (version_id),
    question_key INTEGER NOT NULL,
    -- In pixels.
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    -- The draft that holds it; empty once its answers are sent, and when the draft is gone: then it is swept up.
    token_hash TEXT CONSTRAINT survey_photos_draft_fkey REFERENCES survey_drafts (token_hash) ON DELETE SET NULL,
    is_sent INTEGER CHECK (is_sent IN (0, 1)) NOT NULL,
    CONSTRAINT survey_photos_token_hash_question_key_key UNIQUE (token_hash, question_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX survey_photos_by_question ON survey_photos (version_id, question_key);
