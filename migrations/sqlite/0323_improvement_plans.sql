-- Improvement plans for twelve months: what an owner or lead manager will do to make something better. Never updated: each change is a new version.

CREATE TABLE improvement_plans (
    plan_id INTEGER PRIMARY KEY,
    -- Whose plan it is.
    account_id INTEGER NOT NULL CONSTRAINT improvement_plans_account_fkey REFERENCES accounts (account_id),
    starts_on TEXT NOT NULL,
    -- How many versions there are; whoever writes one takes the next number here.
    versions INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    closed_reason TEXT NOT NULL,
    CONSTRAINT improvement_plans_closed_has_reason CHECK ((closed_at IS NULL) = (closed_reason = ''))
) STRICT;
-- One live plan for each owner.
CREATE UNIQUE INDEX improvement_plans_account_id_key ON improvement_plans (account_id) WHERE closed_at IS NULL;

CREATE TABLE improvement_plan_versions (
    version_id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL CONSTRAINT improvement_plan_versions_plan_fkey REFERENCES improvement_plans (plan_id),
    number INTEGER NOT NULL,
    -- A review looks at the whole plan; any other version changes one activity.
    is_review INTEGER CHECK (is_review IN (0, 1)) NOT NULL,
    words TEXT NOT NULL,
    written_by INTEGER NOT NULL CONSTRAINT improvement_plan_versions_written_by_fkey REFERENCES accounts (account_id),
    written_at TEXT NOT NULL,
    CONSTRAINT improvement_plan_versions_plan_id_number_key UNIQUE (plan_id, number)
) STRICT;

CREATE TABLE improvement_activities (
    activity_id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL CONSTRAINT improvement_activities_plan_fkey REFERENCES improvement_plans (plan_id)
) STRICT;
CREATE INDEX improvement_activities_by_plan ON improvement_activities (plan_id);

-- An activity as a version of the plan worded it; the newest version up to a number is how it stood then.
CREATE TABLE improvement_activity_versions (
    activity_version_id INTEGER PRIMARY KEY,
    activity_id INTEGER NOT NULL CONSTRAINT improvement_activity_versions_activity_fkey REFERENCES improvement_activities (activity_id),
    version_id INTEGER NOT NULL CONSTRAINT improvement_activity_versions_version_fkey REFERENCES improvement_plan_versions (version_id),
    route TEXT NOT NULL,
    process_id INTEGER CONSTRAINT improvement_activity_versions_process_fkey REFERENCES processes (process_id),
    what TEXT NOT NULL,
    measure TEXT NOT NULL,
    standard_id INTEGER CONSTRAINT improvement_activity_versions_standard_fkey REFERENCES standards (standard_id),
    baseline TEXT NOT NULL,
    target TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    resources TEXT NOT NULL,
    lead_id INTEGER NOT NULL CONSTRAINT improvement_activity_versions_lead_fkey REFERENCES accounts (account_id),
    -- How residents take part, and how many; empty where that is not shown yet.
    design_how TEXT NOT NULL,
    design_count INTEGER,
    delivery_how TEXT NOT NULL,
    delivery_count INTEGER,
    outcome_how TEXT NOT NULL,
    outcome_count INTEGER,
    stopped_reason TEXT NOT NULL,
    CONSTRAINT improvement_activity_versions_activity_id_version_id_key UNIQUE (activity_id, version_id),
    CONSTRAINT improvement_activity_versions_route_known CHECK (route IN ('selected', 'line_management', 'project')),
    CONSTRAINT improvement_activity_versions_selected_has_process CHECK (route <> 'selected' OR process_id IS NOT NULL),
    CONSTRAINT improvement_activity_versions_days_in_order CHECK (due_on >= starts_on)
) STRICT;

CREATE TABLE improvement_evidence (
    evidence_id INTEGER PRIMARY KEY,
    activity_id INTEGER NOT NULL CONSTRAINT improvement_evidence_activity_fkey REFERENCES improvement_activities (activity_id),
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    address TEXT NOT NULL,
    file_id TEXT CONSTRAINT improvement_evidence_file_fkey REFERENCES files (file_id),
    attached_by INTEGER NOT NULL CONSTRAINT improvement_evidence_attached_by_fkey REFERENCES accounts (account_id),
    attached_at TEXT NOT NULL,
    CONSTRAINT improvement_evidence_kind_known CHECK (kind IN ('file', 'link', 'record')),
    CONSTRAINT improvement_evidence_points_somewhere CHECK (file_id IS NOT NULL OR address <> '')
) STRICT;
CREATE INDEX improvement_evidence_by_activity ON improvement_evidence (activity_id);
