-- What the landlord promises, by version, with approvals; residents' comments; the site's own pages.

CREATE TABLE areas (
    area_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    position INTEGER NOT NULL,
    CONSTRAINT areas_slug_key UNIQUE (slug),
    CONSTRAINT areas_name_key UNIQUE (name)
) STRICT;

INSERT INTO areas (slug, name, description, position) VALUES
    ('response-repairs', 'Response repairs', 'Putting right what breaks in your home.', 1),
    ('customer-care', 'Customer care', 'Answering when you phone, write or visit.', 2),
    ('anti-social-behaviour', 'Anti-social behaviour', 'Acting when somebody makes life hard for you or your neighbours.', 3),
    ('aids-and-adaptations', 'Aids and adaptations', 'Changing your home so that you can live in it well.', 4),
    ('rehousing', 'Rehousing', 'Applying for a home, and moving to another one.', 5),
    ('relet-standard', 'Relet standard', 'How a home should be on the day you get the keys.', 6),
    ('communal-cleaning', 'Communal cleaning', 'Keeping shared halls, stairs and landings clean.', 7),
    ('window-cleaning', 'Window cleaning', 'Cleaning the windows of shared parts.', 8),
    ('grounds-maintenance', 'Grounds maintenance', 'Looking after grass, trees and shared gardens.', 9),
    ('resident-involvement', 'Resident involvement', 'Asking what you think, and telling you what came of it.', 10);

CREATE TABLE standards (
    standard_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    area_id INTEGER NOT NULL CONSTRAINT standards_area_fkey REFERENCES areas (area_id),
    -- The role that answers for it.
    owner_role TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT standards_slug_key UNIQUE (slug)
) STRICT;
CREATE INDEX standards_by_area ON standards (area_id);

-- A draft until published_at is set; after that its wording never changes. in_force is the version that residents are promised today.
CREATE TABLE standard_versions (
    standard_version_id INTEGER PRIMARY KEY,
    standard_id INTEGER NOT NULL CONSTRAINT standard_versions_standard_fkey REFERENCES standards (standard_id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    promise TEXT NOT NULL,
    numerator TEXT NOT NULL,
    denominator TEXT NOT NULL,
    exclusions TEXT NOT NULL,
    clock TEXT NOT NULL,
    unit TEXT NOT NULL,
    direction TEXT NOT NULL,
    target REAL NOT NULL,
    legal_floor REAL,
    legal_source TEXT NOT NULL,
    -- Where its results come from: survey, shop, figure.
    sources TEXT NOT NULL,
    source_note TEXT NOT NULL,
    if_missed TEXT NOT NULL,
    what_changed TEXT NOT NULL,
    drafted_at TEXT NOT NULL,
    published_at TEXT,
    published_by INTEGER CONSTRAINT standard_versions_publisher_fkey REFERENCES accounts (account_id),
    effective_from TEXT,
    in_force INTEGER CHECK (in_force IN (0, 1)) NOT NULL,
    CONSTRAINT standard_versions_standard_id_number_key UNIQUE (standard_id, number),
    CONSTRAINT standard_versions_standard_id_effective_from_key UNIQUE (standard_id, effective_from),
    CONSTRAINT standard_versions_unit_known CHECK (unit IN ('per_cent', 'days', 'working_days', 'hours', 'minutes', 'seconds', 'number', 'score', 'pounds')),
    CONSTRAINT standard_versions_direction_known CHECK (direction IN ('higher', 'lower')),
    CONSTRAINT standard_versions_published_whole CHECK ((published_at IS NULL) = (effective_from IS NULL)),
    CONSTRAINT standard_versions_in_force_published CHECK (published_at IS NOT NULL OR NOT in_force)
) STRICT;
CREATE UNIQUE INDEX standard_versions_standard_id_key ON standard_versions (standard_id) WHERE published_at IS NULL;
CREATE UNIQUE INDEX standard_versions_in_force_key ON standard_versions (standard_id) WHERE in_force;

-- Everybody who wrote in a version: none of them may approve it.
CREATE TABLE standard_authors (
    standard_author_id INTEGER PRIMARY KEY,
    standard_version_id INTEGER NOT NULL CONSTRAINT standard_authors_version_fkey REFERENCES standard_versions (standard_version_id),
    account_id INTEGER NOT NULL CONSTRAINT standard_authors_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT standard_authors_standard_version_id_account_id_key UNIQUE (standard_version_id, account_id)
) STRICT;

-- An approval by a body, or the recorded reason for doing without one. A change of the wording ends both.
CREATE TABLE standard_approvals (
    standard_approval_id INTEGER PRIMARY KEY,
    standard_version_id INTEGER NOT NULL CONSTRAINT standard_approvals_version_fkey REFERENCES standard_versions (standard_version_id),
    account_id INTEGER NOT NULL CONSTRAINT standard_approvals_account_fkey REFERENCES accounts (account_id),
    is_waiver INTEGER CHECK (is_waiver IN (0, 1)) NOT NULL,
    body TEXT NOT NULL,
    approved_on TEXT NOT NULL,
    note TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    ended_at TEXT
) STRICT;
CREATE INDEX standard_approvals_by_version ON standard_approvals (standard_version_id);

CREATE TABLE comments (
    comment_id INTEGER PRIMARY KEY,
    standard_id INTEGER NOT NULL CONSTRAINT comments_standard_fkey REFERENCES standards (standard_id),
    -- Drawn when the form was shown, so that a form sent twice is one comment.
    submission_key TEXT NOT NULL,
    words TEXT NOT NULL,
    may_publish INTEGER CHECK (may_publish IN (0, 1)) NOT NULL,
    may_pass_on INTEGER CHECK (may_pass_on IN (0, 1)) NOT NULL,
    name TEXT,
    email TEXT,
    phone TEXT,
    sent_at TEXT NOT NULL,
    read_at TEXT,
    -- The words as the public sees them, after redaction; the resident's own stay in words.
    published_words TEXT,
    published_at TEXT,
    withheld_at TEXT,
    withheld_reason TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered_at TEXT,
    passed_to TEXT NOT NULL,
    passed_reference TEXT NOT NULL,
    passed_consent TEXT NOT NULL,
    passed_at TEXT,
    erased_at TEXT,
    CONSTRAINT comments_submission_key_key UNIQUE (submission_key),
    CONSTRAINT comments_published_with_leave CHECK (published_at IS NULL OR may_publish),
    CONSTRAINT comments_published_words_whole CHECK ((published_at IS NULL) = (published_words IS NULL)),
    CONSTRAINT comments_published_or_withheld CHECK (published_at IS NULL OR withheld_at IS NULL)
) STRICT;
CREATE INDEX comments_by_standard ON comments (standard_id, published_at);

-- The letters that took answers, so that an erasure reaches them.
CREATE TABLE comment_letters (
    comment_letter_id INTEGER PRIMARY KEY,
    comment_id INTEGER NOT NULL CONSTRAINT comment_letters_comment_fkey REFERENCES comments (comment_id),
    letter_id INTEGER NOT NULL
) STRICT;
CREATE INDEX comment_letters_by_comment ON comment_letters (comment_id);

-- How many comments came from one place in the last hour; forgotten after that.
CREATE TABLE comment_senders (
    comment_sender_id INTEGER PRIMARY KEY,
    counter TEXT NOT NULL,
    sent_at TEXT NOT NULL
) STRICT;
CREATE INDEX comment_senders_by_counter ON comment_senders (counter, sent_at);

-- The site's own pages as the landlord changed them; a page without a row shows the text it is shipped with.
CREATE TABLE site_pages (
    site_page_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    review_on TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by INTEGER CONSTRAINT site_pages_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT site_pages_slug_key UNIQUE (slug)
) STRICT;
