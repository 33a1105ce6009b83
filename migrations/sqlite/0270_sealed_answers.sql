-- Answers about special categories, sealed with a key that is not in the database: all of one response, one unfinished
-- survey or one keyed paper form together. NULL where the questions have none.

ALTER TABLE responses ADD COLUMN sealed BLOB;
ALTER TABLE survey_drafts ADD COLUMN sealed BLOB;
ALTER TABLE paper_forms ADD COLUMN sealed BLOB;
-- Whether the bytes of a waiting file are sealed: it holds such answers.
ALTER TABLE answer_files ADD COLUMN is_sealed INTEGER NOT NULL DEFAULT 0 CHECK (is_sealed IN (0, 1));
