-- A random key for each answer in words, so that what staff make of it hangs on the words and on nobody's response.

ALTER TABLE answers ADD COLUMN word_key TEXT NOT NULL DEFAULT '';
UPDATE answers SET word_key = replace(CAST(gen_random_uuid() AS TEXT), '-', '');
CREATE UNIQUE INDEX answers_word_key_key ON answers (word_key);
