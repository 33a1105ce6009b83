-- Tenures of which every home that may be asked is drawn, because a share of them would be too few to report.

ALTER TABLE survey_samples ADD COLUMN whole_tenures TEXT NOT NULL DEFAULT '[]';
