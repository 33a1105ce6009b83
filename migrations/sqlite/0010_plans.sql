-- The improvement plan: themes, objectives, actions with their parts, and everything said about them, dated.

CREATE TABLE plans (
    plan_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    introduction TEXT NOT NULL,
    is_open INTEGER CHECK (is_open IN (0, 1)) NOT NULL,
    opened_on TEXT NOT NULL,
    closed_on TEXT,
    created_at TEXT NOT NULL,
    CONSTRAINT plans_slug_key UNIQUE (slug),
    CONSTRAINT plans_closed_has_day CHECK (is_open = 1 OR closed_on IS NOT NULL)
) STRICT;
-- One plan is current; earlier ones are kept.
CREATE UNIQUE INDEX plans_is_open_key ON plans (is_open) WHERE is_open = 1;

CREATE TABLE plan_themes (
    theme_id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL CONSTRAINT plan_themes_plan_fkey REFERENCES plans (plan_id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL
) STRICT;
CREATE INDEX plan_themes_by_plan ON plan_themes (plan_id, position);

CREATE TABLE plan_objectives (
    objective_id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL CONSTRAINT plan_objectives_plan_fkey REFERENCES plans (plan_id),
    theme_id INTEGER NOT NULL CONSTRAINT plan_objectives_theme_fkey REFERENCES plan_themes (theme_id),
    position INTEGER NOT NULL,
    reference TEXT NOT NULL,
    title TEXT NOT NULL,
    target_month TEXT,
    -- The document's own cells as JSON, where the row came from a file.
    document TEXT,
    CONSTRAINT plan_objectives_plan_id_reference_key UNIQUE (plan_id, reference)
) STRICT;

CREATE TABLE plan_actions (
    action_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    plan_id INTEGER NOT NULL CONSTRAINT plan_actions_plan_fkey REFERENCES plans (plan_id),
    objective_id INTEGER NOT NULL CONSTRAINT plan_actions_objective_fkey REFERENCES plan_objectives (objective_id),
    -- A sub-row belongs to an action and has no reference of its own.
    parent_id INTEGER CONSTRAINT plan_actions_parent_fkey REFERENCES plan_actions (action_id),
    position INTEGER NOT NULL,
    reference TEXT,
    title TEXT NOT NULL,
    measure TEXT NOT NULL,
    outcome TEXT NOT NULL,
    resources TEXT NOT NULL,
    resources_kind TEXT NOT NULL,
    resources_pence INTEGER,
    merged_into_id INTEGER CONSTRAINT plan_actions_merged_into_fkey REFERENCES plan_actions (action_id),
    document TEXT,
    -- What the reading of the document left for a person, one to a line.
    warnings TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT plan_actions_slug_key UNIQUE (slug),
    CONSTRAINT plan_actions_plan_id_reference_key UNIQUE (plan_id, reference),
    CONSTRAINT plan_actions_part_or_reference CHECK ((parent_id IS NULL) <> (reference IS NULL)),
    CONSTRAINT plan_actions_not_into_itself CHECK (merged_into_id IS NULL OR merged_into_id <> action_id)
) STRICT;
CREATE INDEX plan_actions_by_objective ON plan_actions (objective_id, position);

CREATE TABLE plan_leads (
    lead_id INTEGER PRIMARY KEY,
    initials TEXT NOT NULL,
    name TEXT NOT NULL,
    is_group INTEGER CHECK (is_group IN (0, 1)) NOT NULL,
    account_id INTEGER CONSTRAINT plan_leads_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT plan_leads_initials_key UNIQUE (initials)
) STRICT;

CREATE TABLE plan_lead_members (
    group_id INTEGER NOT NULL CONSTRAINT plan_lead_members_group_fkey REFERENCES plan_leads (lead_id),
    member_id INTEGER NOT NULL CONSTRAINT plan_lead_members_member_fkey REFERENCES plan_leads (lead_id),
    CONSTRAINT plan_lead_members_pkey PRIMARY KEY (group_id, member_id)
) STRICT;

CREATE TABLE plan_action_leads (
    action_id INTEGER NOT NULL CONSTRAINT plan_action_leads_action_fkey REFERENCES plan_actions (action_id),
    position INTEGER NOT NULL,
    lead_id INTEGER NOT NULL CONSTRAINT plan_action_leads_lead_fkey REFERENCES plan_leads (lead_id),
    note TEXT NOT NULL,
    CONSTRAINT plan_action_leads_pkey PRIMARY KEY (action_id, position)
) STRICT;
CREATE INDEX plan_action_leads_by_lead ON plan_action_leads (lead_id);

-- Deadlines as they were stated: the original one, and each that took its place. Never updated.
CREATE TABLE plan_deadlines (
    deadline_id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL CONSTRAINT plan_deadlines_action_fkey REFERENCES plan_actions (action_id),
    kind TEXT NOT NULL,
    -- One span to a line: "2009-04/2009-06", or "-" where the words name no month.
    spans TEXT NOT NULL,
    words TEXT NOT NULL,
    reason TEXT NOT NULL,
    said_on TEXT NOT NULL,
    source TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account_id INTEGER CONSTRAINT plan_deadlines_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT plan_deadlines_kind_known CHECK (kind IN ('original', 'revised')),
    CONSTRAINT plan_deadlines_source_known CHECK (source IN ('document', 'staff')),
    CONSTRAINT plan_deadlines_revised_has_reason CHECK (kind = 'original' OR reason <> '')
) STRICT;
CREATE INDEX plan_deadlines_by_action ON plan_deadlines (action_id, said_on);

CREATE TABLE plan_evidence (
    evidence_id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL CONSTRAINT plan_evidence_action_fkey REFERENCES plan_actions (action_id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    file_id TEXT CONSTRAINT plan_evidence_file_fkey REFERENCES files (file_id),
    -- Residents see the title only where this is set.
    is_public INTEGER CHECK (is_public IN (0, 1)) NOT NULL,
    said_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account_id INTEGER CONSTRAINT plan_evidence_account_fkey REFERENCES accounts (account_id),
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL,
    CONSTRAINT plan_evidence_kind_known CHECK (kind IN ('file', 'link', 'record')),
    CONSTRAINT plan_evidence_points_somewhere CHECK (file_id IS NOT NULL OR address <> '')
) STRICT;
CREATE INDEX plan_evidence_by_action ON plan_evidence (action_id);

-- What was said about an action, dated. Never updated: a correction is a later row.
CREATE TABLE plan_progress (
    progress_id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL CONSTRAINT plan_progress_action_fkey REFERENCES plan_actions (action_id),
    said_on TEXT NOT NULL,
    status TEXT NOT NULL,
    -- The state of each line of the deadline, where the plan states them one by one: "done,on_track".
    parts TEXT NOT NULL,
    per_cent INTEGER,
    words TEXT NOT NULL,
    source TEXT NOT NULL,
    evidence_id INTEGER CONSTRAINT plan_progress_evidence_fkey REFERENCES plan_evidence (evidence_id),
    waiver TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account_id INTEGER CONSTRAINT plan_progress_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT plan_progress_status_known CHECK (status IN ('done', 'on_track', 'not_started', 'stopped', 'merged', 'unclassified')),
    CONSTRAINT plan_progress_source_known CHECK (source IN ('document', 'staff')),
    CONSTRAINT plan_progress_done_is_shown CHECK (status <> 'done' OR evidence_id IS NOT NULL OR waiver <> ''),
    CONSTRAINT plan_progress_per_cent_range CHECK (per_cent IS NULL OR per_cent BETWEEN 0 AND 100)
) STRICT;
CREATE INDEX plan_progress_by_action ON plan_progress (action_id, said_on);

-- Every change of words, field by field. Never updated.
CREATE TABLE plan_changes (
    change_id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL CONSTRAINT plan_changes_plan_fkey REFERENCES plans (plan_id),
    action_id INTEGER CONSTRAINT plan_changes_action_fkey REFERENCES plan_actions (action_id),
    subject TEXT NOT NULL,
    field TEXT NOT NULL,
    old_value TEXT NOT NULL,
    new_value TEXT NOT NULL,
    reason TEXT NOT NULL,
    source TEXT NOT NULL,
    said_on TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account_id INTEGER CONSTRAINT plan_changes_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT plan_changes_source_known CHECK (source IN ('document', 'staff'))
) STRICT;
CREATE INDEX plan_changes_by_action ON plan_changes (action_id, change_id);

-- Files sent for import: the bytes wait here between preview and decision, then go.
CREATE TABLE plan_imports (
    import_id INTEGER PRIMARY KEY,
    plan_id INTEGER CONSTRAINT plan_imports_plan_fkey REFERENCES plans (plan_id),
    file_name TEXT NOT NULL,
    content BLOB,
    leads_name TEXT NOT NULL,
    leads_content BLOB,
    state TEXT NOT NULL,
    said_on TEXT,
    outcome TEXT NOT NULL,
    uploaded_at TEXT NOT NULL,
    decided_at TEXT,
    account_id INTEGER CONSTRAINT plan_imports_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT plan_imports_state_known CHECK (state IN ('waiting', 'applied', 'discarded')),
    CONSTRAINT plan_imports_waiting_has_content CHECK (state <> 'waiting' OR content IS NOT NULL)
) STRICT;
