-- A letter that no mail server took: it was written to a file in the folder of letters, and nobody has got it.

ALTER TABLE letters ADD COLUMN is_in_folder BOOLEAN NOT NULL DEFAULT FALSE;
