-- What a survey is for. Surveys made before this are consultations: nothing may be reported to a regulator from them.

ALTER TABLE surveys ADD COLUMN kind TEXT NOT NULL DEFAULT 'consultation'
    CONSTRAINT surveys_kind_known CHECK (kind IN ('tsm_perception', 'perception', 'transactional', 'consultation', 'pulse'));
