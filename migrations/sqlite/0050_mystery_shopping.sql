-- Mystery shopping: scenarios, shoppers and their training, assignments, returns with photos, moderation.
-- standard_id points at a service standard without a constraint: a shop counts towards whichever version was in force on its day.

CREATE TABLE shop_scenarios (
    scenario_id INTEGER PRIMARY KEY,
    created_at TEXT NOT NULL,
    retired_at TEXT
) STRICT;

CREATE TABLE shop_scenario_versions (
    scenario_version_id INTEGER PRIMARY KEY,
    scenario_id INTEGER NOT NULL CONSTRAINT shop_scenario_versions_scenario_fkey REFERENCES shop_scenarios (scenario_id),
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    persona TEXT NOT NULL,
    channel TEXT NOT NULL,
    brief TEXT NOT NULL,
    opening_line TEXT NOT NULL,
    facts_allowed TEXT NOT NULL,
    stop_rule TEXT NOT NULL,
    answer_key TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT shop_scenario_versions_scenario_id_number_key UNIQUE (scenario_id, number),
    CONSTRAINT shop_scenario_versions_channel_known CHECK (channel IN ('phone', 'email', 'web_form', 'letter', 'visit', 'inspection', 'out_of_hours'))
) STRICT;

-- What a shopper scores, each citing the promise it tests. `measure` names a number to note, empty when there is none.
CREATE TABLE shop_items (
    item_id INTEGER PRIMARY KEY,
    scenario_version_id INTEGER NOT NULL CONSTRAINT shop_items_version_fkey REFERENCES shop_scenario_versions (scenario_version_id),
    position INTEGER NOT NULL,
    wording TEXT NOT NULL,
    standard_id INTEGER NOT NULL,
    measure TEXT NOT NULL,
    CONSTRAINT shop_items_scenario_version_id_position_key UNIQUE (scenario_version_id, position)
) STRICT;
CREATE INDEX shop_items_by_standard ON shop_items (standard_id);

-- How many shops a standard should have in twelve months.
CREATE TABLE shop_targets (
    standard_id INTEGER PRIMARY KEY,
    shops_a_year INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT shop_targets_shops_range CHECK (shops_a_year BETWEEN 0 AND 1000)
) STRICT;

CREATE TABLE shoppers (
    account_id INTEGER PRIMARY KEY CONSTRAINT shoppers_account_fkey REFERENCES accounts (account_id),
    agreed_on TEXT,
    paused_at TEXT,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE shopper_trainings (
    training_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL CONSTRAINT shopper_trainings_account_fkey REFERENCES shoppers (account_id),
    trained_on TEXT NOT NULL,
    trained_by TEXT NOT NULL,
    expires_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    CONSTRAINT shopper_trainings_order CHECK (trained_on < expires_on)
) STRICT;
CREATE INDEX shopper_trainings_by_account ON shopper_trainings (account_id, expires_on);

CREATE TABLE shop_assignments (
    assignment_id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL CONSTRAINT shop_assignments_account_fkey REFERENCES shoppers (account_id),
    scenario_version_id INTEGER NOT NULL CONSTRAINT shop_assignments_version_fkey REFERENCES shop_scenario_versions (scenario_version_id),
    opens_on TEXT NOT NULL,
    closes_on TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at TEXT NOT NULL,
    accepted_at TEXT,
    declined_at TEXT,
    decline_reason TEXT NOT NULL,
    cancelled_at TEXT,
    reminded_at TEXT,
    sent_at TEXT,
    CONSTRAINT shop_assignments_window CHECK (opens_on <= closes_on)
) STRICT;
CREATE INDEX shop_assignments_by_account ON shop_assignments (account_id);

-- What a shopper has typed so far, so that a refused form, a lost connection or a flat battery loses nothing.
CREATE TABLE shop_drafts (
    assignment_id INTEGER PRIMARY KEY CONSTRAINT shop_drafts_assignment_fkey REFERENCES shop_assignments (assignment_id),
    fields TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;

CREATE TABLE shop_returns (
    return_id INTEGER PRIMARY KEY,
    assignment_id INTEGER NOT NULL CONSTRAINT shop_returns_assignment_fkey REFERENCES shop_assignments (assignment_id),
    reference TEXT NOT NULL,
    submission_key TEXT NOT NULL,
    -- The day of the shop in London, which decides the period it counts in.
    shopped_on TEXT NOT NULL,
    began_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    facts TEXT NOT NULL,
    recognised INTEGER CHECK (recognised IN (0, 1)) NOT NULL,
    felt_unsafe INTEGER CHECK (felt_unsafe IN (0, 1)) NOT NULL,
    unsafe_words TEXT NOT NULL,
    filed_at TEXT NOT NULL,
    -- When a question to the shopper is open, since when.
    queried_at TEXT,
    accepted_at TEXT,
    voided_at TEXT,
    -- The shopper's facts without names, written by the moderator at acceptance.
    facts_for_managers TEXT NOT NULL,
    CONSTRAINT shop_returns_assignment_id_key UNIQUE (assignment_id),
    CONSTRAINT shop_returns_reference_key UNIQUE (reference),
    CONSTRAINT shop_returns_submission_key_key UNIQUE (submission_key),
    CONSTRAINT shop_returns_times CHECK (began_at <= ended_at)
) STRICT;
CREATE INDEX shop_returns_by_day ON shop_returns (shopped_on);

-- The score as the shopper gave it. Rows here are never changed.
CREATE TABLE shop_return_items (
    return_item_id INTEGER PRIMARY KEY,
    return_id INTEGER NOT NULL CONSTRAINT shop_return_items_return_fkey REFERENCES shop_returns (return_id),
    item_id INTEGER NOT NULL CONSTRAINT shop_return_items_item_fkey REFERENCES shop_items (item_id),
    raw_outcome TEXT NOT NULL,
    raw_value REAL,
    CONSTRAINT shop_return_items_return_id_item_id_key UNIQUE (return_id, item_id),
    CONSTRAINT shop_return_items_outcome_known CHECK (raw_outcome IN ('met', 'not_met', 'not_applicable'))
) STRICT;

-- A moderator's correction with its reason; the newest one of an item counts.
CREATE TABLE shop_amendments (
    amendment_id INTEGER PRIMARY KEY,
    return_item_id INTEGER NOT NULL CONSTRAINT shop_amendments_item_fkey REFERENCES shop_return_items (return_item_id),
    outcome TEXT NOT NULL,
    value REAL,
    reason TEXT NOT NULL,
    account_id INTEGER CONSTRAINT shop_amendments_account_fkey REFERENCES accounts (account_id),
    amended_at TEXT NOT NULL,
    CONSTRAINT shop_amendments_outcome_known CHECK (outcome IN ('met', 'not_met', 'not_applicable')),
    CONSTRAINT shop_amendments_reason_given CHECK (reason <> '')
) STRICT;
CREATE INDEX shop_amendments_by_item ON shop_amendments (return_item_id);

-- Every step of a moderation with its words: who accepted, asked, answered, voided, and why.
CREATE TABLE shop_decisions (
    decision_id INTEGER PRIMARY KEY,
    return_id INTEGER NOT NULL CONSTRAINT shop_decisions_return_fkey REFERENCES shop_returns (return_id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    account_id INTEGER CONSTRAINT shop_decisions_account_fkey REFERENCES accounts (account_id),
    decided_at TEXT NOT NULL,
    CONSTRAINT shop_decisions_kind_known CHECK (kind IN ('accepted', 'queried', 'answered', 'voided'))
) STRICT;
CREATE INDEX shop_decisions_by_return ON shop_decisions (return_id);

-- Photos belong to the assignment from the moment they arrive, so that none is lost when the form is refused.
CREATE TABLE shop_photos (
    photo_id INTEGER PRIMARY KEY,
    assignment_id INTEGER NOT NULL CONSTRAINT shop_photos_assignment_fkey REFERENCES shop_assignments (assignment_id),
    file_id TEXT NOT NULL CONSTRAINT shop_photos_file_fkey REFERENCES files (file_id),
    words TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    CONSTRAINT shop_photos_file_id_key UNIQUE (file_id)
) STRICT;
CREATE INDEX shop_photos_by_assignment ON shop_photos (assignment_id);
