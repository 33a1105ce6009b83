-- Moves whenever stored responses are put in another order, amended or erased: what was counted from them is then read anew.

ALTER TABLE tallies ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
