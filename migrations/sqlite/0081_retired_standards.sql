-- The first day on which a standard is no longer promised, and why; is_retired once that day has come.

ALTER TABLE standards ADD COLUMN retired_from TEXT;
ALTER TABLE standards ADD COLUMN retired_why TEXT NOT NULL DEFAULT '';
ALTER TABLE standards ADD COLUMN is_retired INTEGER CHECK (is_retired IN (0, 1)) NOT NULL DEFAULT 0
    CONSTRAINT standards_retired_whole CHECK (retired_from IS NOT NULL OR NOT is_retired);
