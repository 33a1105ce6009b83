-- How many forms of a batch turned out to have nothing written on them; known once it is closed. None could be closed
-- with such a form before.

ALTER TABLE paper_batches ADD COLUMN blank INTEGER NOT NULL DEFAULT 0
    CONSTRAINT paper_batches_blank_sensible CHECK (blank BETWEEN 0 AND 500);
