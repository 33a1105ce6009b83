-- What a moderator has typed for a step not taken yet, so that another step taken first loses nothing.
CREATE TABLE shop_moderation_drafts (
    return_id BIGINT PRIMARY KEY CONSTRAINT shop_moderation_drafts_return_fkey REFERENCES shop_returns (return_id),
    fields JSONB NOT NULL,
    saved_at TIMESTAMPTZ NOT NULL
);
