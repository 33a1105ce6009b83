-- What a questionnaire says in other languages, by place, each text with the English it was made from.

CREATE TABLE questionnaire_texts (
    version_id BIGINT NOT NULL CONSTRAINT questionnaire_texts_version_fkey
        REFERENCES questionnaire_versions (version_id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    texts JSONB NOT NULL,
    -- Whether staff offer it to people, once it is complete.
    offered BOOLEAN NOT NULL,
    revision BIGINT NOT NULL,
    CONSTRAINT questionnaire_texts_version_id_language_key UNIQUE (version_id, language)
);

-- What the program's own phrases are in other languages, in the landlord's words.
CREATE TABLE phrase_texts (
    language TEXT NOT NULL,
    texts JSONB NOT NULL,
    revision BIGINT NOT NULL,
    CONSTRAINT phrase_texts_language_key UNIQUE (language)
);
