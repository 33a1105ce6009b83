-- Answers that staff enter keep how the person gave them.
ALTER TABLE responses DROP CONSTRAINT responses_channel_known;
ALTER TABLE responses ADD CONSTRAINT responses_channel_known
    CHECK (channel IN ('open_link', 'personal_link', 'telephone', 'home_visit', 'front_desk', 'post', 'event'));
