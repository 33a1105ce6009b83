-- What a moderator has typed for a step not taken yet, so that another step taken first loses nothing.
CREATE TABLE shop_moderation_drafts (
    return_id INTEGER PRIMARY KEY CONSTRAINT shop_moderation_drafts_return_fkey REFERENCES shop_returns (return_id),
    fields TEXT NOT NULL,
    saved_at TEXT NOT NULL
) STRICT;
