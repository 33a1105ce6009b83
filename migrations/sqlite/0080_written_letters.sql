-- A letter that no mail server took: it was written to a file in the folder of letters, and nobody has got it.

ALTER TABLE letters ADD COLUMN is_in_folder INTEGER CHECK (is_in_folder IN (0, 1)) NOT NULL DEFAULT 0;
