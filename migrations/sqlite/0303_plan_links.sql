-- How actions hang together, and what was spent on them.

-- A link that is taken away goes from here; the history of the plan keeps that it was there.
CREATE TABLE plan_links (
    link_id INTEGER PRIMARY KEY,
    from_id INTEGER NOT NULL CONSTRAINT plan_links_from_fkey REFERENCES plan_actions (action_id),
    to_id INTEGER NOT NULL CONSTRAINT plan_links_to_fkey REFERENCES plan_actions (action_id),
    kind TEXT NOT NULL,
    CONSTRAINT plan_links_from_id_to_id_kind_key UNIQUE (from_id, to_id, kind),
    CONSTRAINT plan_links_kind_known CHECK (kind IN ('depends_on', 'replaces', 'see_also')),
    CONSTRAINT plan_links_not_to_itself CHECK (from_id <> to_id)
) STRICT;
CREATE INDEX plan_links_by_to ON plan_links (to_id);

-- Money spent on an action, as it was entered. A correction is a further row, below zero where too much was entered.
CREATE TABLE plan_spending (
    spending_id INTEGER PRIMARY KEY,
    action_id INTEGER NOT NULL CONSTRAINT plan_spending_action_fkey REFERENCES plan_actions (action_id),
    pence INTEGER NOT NULL,
    spent_on TEXT NOT NULL,
    words TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    account_id INTEGER CONSTRAINT plan_spending_account_fkey REFERENCES accounts (account_id)
) STRICT;
CREATE INDEX plan_spending_by_action ON plan_spending (action_id);

CREATE TRIGGER plan_spending_stays BEFORE UPDATE ON plan_spending BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
CREATE TRIGGER plan_spending_remains BEFORE DELETE ON plan_spending BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
