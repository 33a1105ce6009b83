-- Several plans may be open beside one another. One of them is the main plan: what residents read at /plan.
DROP INDEX plans_is_open_key;
ALTER TABLE plans ADD COLUMN is_main INTEGER CHECK (is_main IN (0, 1)) NOT NULL DEFAULT 0;
UPDATE plans SET is_main = is_open;
CREATE UNIQUE INDEX plans_is_main_key ON plans (is_main) WHERE is_main = 1;
