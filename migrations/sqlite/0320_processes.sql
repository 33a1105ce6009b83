-- The process model: what the landlord does, as a tree, with who answers for each process and which standards measure it.

CREATE TABLE processes (
    process_id INTEGER PRIMARY KEY,
    parent_id INTEGER CONSTRAINT processes_parent_fkey REFERENCES processes (process_id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    department TEXT NOT NULL,
    created_at TEXT NOT NULL,
    -- A process that is no longer done stays in the model, with the reason.
    archived_at TEXT,
    archived_reason TEXT NOT NULL,
    CONSTRAINT processes_not_under_itself CHECK (parent_id IS NULL OR parent_id <> process_id),
    CONSTRAINT processes_archived_has_reason CHECK ((archived_at IS NULL) = (archived_reason = ''))
) STRICT;
CREATE INDEX processes_by_parent ON processes (parent_id);

-- One row, changed by whoever moves or archives a process, so that two people never make a ring of the tree.
CREATE TABLE process_model (
    process_model_id INTEGER PRIMARY KEY,
    changes INTEGER NOT NULL,
    CONSTRAINT process_model_single CHECK (process_model_id = 1)
) STRICT;
INSERT INTO process_model (process_model_id, changes) VALUES (1, 0);

CREATE TABLE process_measures (
    process_id INTEGER NOT NULL CONSTRAINT process_measures_process_fkey REFERENCES processes (process_id),
    standard_id INTEGER NOT NULL CONSTRAINT process_measures_standard_fkey REFERENCES standards (standard_id),
    CONSTRAINT process_measures_pkey PRIMARY KEY (process_id, standard_id)
) STRICT;
