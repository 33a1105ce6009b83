-- Training for those who lead improvement: courses, and who attended which, until when it holds.

CREATE TABLE training_courses (
    course_id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    audience TEXT NOT NULL,
    -- How many months it holds; empty where it does not run out.
    lasts_months INTEGER,
    created_at TEXT NOT NULL,
    CONSTRAINT training_courses_title_key UNIQUE (title),
    CONSTRAINT training_courses_audience_known CHECK (audience IN ('owners', 'leads', 'everyone')),
    CONSTRAINT training_courses_lasts_range CHECK (lasts_months IS NULL OR lasts_months BETWEEN 1 AND 120)
) STRICT;

-- Never updated: going again is another row.
CREATE TABLE trainings (
    training_id INTEGER PRIMARY KEY,
    course_id INTEGER NOT NULL CONSTRAINT trainings_course_fkey REFERENCES training_courses (course_id),
    account_id INTEGER NOT NULL CONSTRAINT trainings_account_fkey REFERENCES accounts (account_id),
    held_on TEXT NOT NULL,
    expires_on TEXT,
    recorded_by INTEGER NOT NULL CONSTRAINT trainings_recorded_by_fkey REFERENCES accounts (account_id),
    recorded_at TEXT NOT NULL,
    CONSTRAINT trainings_course_id_account_id_held_on_key UNIQUE (course_id, account_id, held_on),
    CONSTRAINT trainings_expires_after CHECK (expires_on IS NULL OR expires_on > held_on)
) STRICT;
CREATE INDEX trainings_by_account ON trainings (account_id);
