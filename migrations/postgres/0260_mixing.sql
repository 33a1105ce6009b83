-- How many of a version's responses were there when they were last put in an order of chance: whatever came since still
-- lies in the order in which it came.

ALTER TABLE tallies ADD COLUMN mixed BIGINT NOT NULL DEFAULT 0;
