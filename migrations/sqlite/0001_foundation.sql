-- The ground every context stands on: people, sessions, the audit log, jobs, letters, files, settings.

CREATE TABLE accounts (
    account_id INTEGER PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    -- An account of the example landlord, whose password is printed: it works on loopback only.
    is_example INTEGER CHECK (is_example IN (0, 1)) NOT NULL,
    created_at TEXT NOT NULL,
    deactivated_at TEXT,
    CONSTRAINT accounts_email_key UNIQUE (email),
    CONSTRAINT accounts_email_lower CHECK (email = LOWER(email)),
    CONSTRAINT accounts_role_known CHECK (role IN ('resident', 'shopper', 'officer', 'manager', 'analyst', 'equality', 'board', 'auditor', 'administrator'))
) STRICT;

CREATE TABLE sessions (
    session_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL CONSTRAINT sessions_account_fkey REFERENCES accounts (account_id),
    token_hash TEXT NOT NULL,
    device TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    CONSTRAINT sessions_token_hash_key UNIQUE (token_hash)
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account_id);

-- Invitations and resets. account_id is empty for the first set-up of an installation.
CREATE TABLE one_time_links (
    one_time_link_id INTEGER PRIMARY KEY,
    account_id INTEGER CONSTRAINT one_time_links_account_fkey REFERENCES accounts (account_id),
    purpose TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    CONSTRAINT one_time_links_token_hash_key UNIQUE (token_hash),
    CONSTRAINT one_time_links_purpose_known CHECK (purpose IN ('invitation', 'reset', 'set_up'))
) STRICT;

-- Failed sign-ins, counted per e-mail address and per network address, shared by every node.
CREATE TABLE sign_in_failures (
    sign_in_failure_id INTEGER PRIMARY KEY,
    counter TEXT NOT NULL,
    failed_at TEXT NOT NULL
) STRICT;
CREATE INDEX sign_in_failures_by_counter ON sign_in_failures (counter, failed_at);

CREATE TABLE audit_head (
    audit_head_id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT audit_head_single CHECK (audit_head_id = 1)
) STRICT;
INSERT INTO audit_head (audit_head_id, number, hash) VALUES (1, 0, '');

CREATE TABLE audit_entries (
    number INTEGER PRIMARY KEY,
    recorded_at TEXT NOT NULL,
    account_id INTEGER CONSTRAINT audit_entries_account_fkey REFERENCES accounts (account_id),
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;

CREATE TABLE jobs (
    job_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- A waiting job with the same key stands for both; emptied when the job starts.
    waiting_key TEXT,
    run_at TEXT NOT NULL,
    leased_until TEXT,
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    created_at TEXT NOT NULL,
    failed_at TEXT,
    CONSTRAINT jobs_waiting_key_key UNIQUE (waiting_key)
) STRICT;
CREATE INDEX jobs_by_run_at ON jobs (failed_at, run_at);

CREATE TABLE letters (
    letter_id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    attachment_name TEXT,
    attachment_type TEXT,
    attachment TEXT,
    created_at TEXT NOT NULL,
    try_at TEXT NOT NULL,
    leased_until TEXT,
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    sent_at TEXT,
    failed_at TEXT
) STRICT;
CREATE INDEX letters_by_try_at ON letters (sent_at, failed_at, try_at);

CREATE TABLE files (
    file_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    account_id INTEGER CONSTRAINT files_account_fkey REFERENCES accounts (account_id),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
    settings_id INTEGER PRIMARY KEY,
    landlord TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT settings_single CHECK (settings_id = 1)
) STRICT;

CREATE TABLE publication (
    publication_id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL,
    CONSTRAINT publication_single CHECK (publication_id = 1)
) STRICT;
INSERT INTO publication (publication_id, number) VALUES (1, 1);

-- The thread from promise to evidence: which record led to which.
CREATE TABLE links (
    link_id INTEGER PRIMARY KEY,
    from_kind TEXT NOT NULL,
    from_id INTEGER NOT NULL,
    to_kind TEXT NOT NULL,
    to_id INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT links_from_kind_from_id_to_kind_to_id_key UNIQUE (from_kind, from_id, to_kind, to_id)
) STRICT;
CREATE INDEX links_by_target ON links (to_kind, to_id);
