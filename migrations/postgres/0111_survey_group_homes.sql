-- How many homes each group of a survey's dividing question has, in the order of the groups: pairs of name and number.

ALTER TABLE surveys ADD COLUMN group_homes JSONB NOT NULL DEFAULT '[]';
