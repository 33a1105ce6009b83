-- The history of a plan says of what each change was, so that the plan can be read back as it stood, and no row of it is
-- changed or taken away, whoever asks.

-- `plan`, `theme 3`, `objective 7`, `action 12`; empty where an older row does not tell.
ALTER TABLE plan_changes ADD COLUMN object TEXT NOT NULL DEFAULT '';
UPDATE plan_changes SET object = 'action ' || action_id WHERE action_id IS NOT NULL;
UPDATE plan_changes SET object = 'plan' WHERE subject = 'The plan';
UPDATE plan_changes SET object = COALESCE((SELECT 'objective ' || o.objective_id FROM plan_objectives o
    WHERE o.plan_id = plan_changes.plan_id AND 'Objective ' || o.reference = plan_changes.subject), '')
    WHERE subject LIKE 'Objective %';
CREATE INDEX plan_changes_by_plan ON plan_changes (plan_id, recorded_at);

CREATE TRIGGER plan_changes_stay BEFORE UPDATE ON plan_changes BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
CREATE TRIGGER plan_changes_remain BEFORE DELETE ON plan_changes BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
CREATE TRIGGER plan_progress_stays BEFORE UPDATE ON plan_progress BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
CREATE TRIGGER plan_progress_remains BEFORE DELETE ON plan_progress BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
CREATE TRIGGER plan_deadlines_stay BEFORE UPDATE ON plan_deadlines BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
CREATE TRIGGER plan_deadlines_remain BEFORE DELETE ON plan_deadlines BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
-- Evidence may be withdrawn, once, and else stays as it was attached.
CREATE TRIGGER plan_evidence_stays BEFORE UPDATE OF action_id, kind, title, address, is_public, said_on, recorded_at, account_id ON plan_evidence
    BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
CREATE TRIGGER plan_evidence_withdrawn_once BEFORE UPDATE OF withdrawn_on, withdrawn_reason ON plan_evidence WHEN OLD.withdrawn_on IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
CREATE TRIGGER plan_evidence_remains BEFORE DELETE ON plan_evidence BEGIN SELECT RAISE(ABORT, 'the history of a plan is only added to'); END;
