-- Answers about special categories, sealed with a key that is not in the database: all of one response, one unfinished
-- survey or one keyed paper form together. NULL where the questions have none.

ALTER TABLE responses ADD COLUMN sealed BYTEA;
ALTER TABLE survey_drafts ADD COLUMN sealed BYTEA;
ALTER TABLE paper_forms ADD COLUMN sealed BYTEA;
-- Whether the bytes of a waiting file are sealed: it holds such answers.
ALTER TABLE answer_files ADD COLUMN is_sealed BOOLEAN NOT NULL DEFAULT FALSE;
