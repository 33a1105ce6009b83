-- What a questionnaire says in other languages, by place, each text with the English it was made from.

CREATE TABLE questionnaire_texts (
    version_id INTEGER NOT NULL CONSTRAINT questionnaire_texts_version_fkey
        REFERENCES questionnaire_versions (version_id) ON DELETE CASCADE,
    language TEXT NOT NULL,
    texts TEXT NOT NULL,
    -- Whether staff offer it to people, once it is complete.
    offered INTEGER CHECK (offered IN (0, 1)) NOT NULL,
    revision INTEGER NOT NULL,
    CONSTRAINT questionnaire_texts_version_id_language_key UNIQUE (version_id, language)
) STRICT;

-- What the program's own phrases are in other languages, in the landlord's words.
CREATE TABLE phrase_texts (
    language TEXT NOT NULL,
    texts TEXT NOT NULL,
    revision INTEGER NOT NULL,
    CONSTRAINT phrase_texts_language_key UNIQUE (language)
) STRICT;
