-- The landlord's homes, each with the person whom the landlord writes to, and the lists from which they were read.
-- An empty text stands for what is not known.

CREATE TABLE households (
    household_id INTEGER PRIMARY KEY,
    -- The landlord's own name for the home: by it a later list finds the row again.
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    mobile TEXT NOT NULL,
    telephone TEXT NOT NULL,
    address TEXT NOT NULL,
    preferred TEXT NOT NULL,
    area TEXT NOT NULL,
    tenure TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Why nobody there may be contacted; empty where they may be.
    no_contact TEXT NOT NULL,
    -- Since when the landlord no longer lists it.
    ended_on TEXT,
    -- When the contact details were erased because somebody asked. No later list brings them back.
    erased_at TEXT,
    CONSTRAINT households_reference_key UNIQUE (reference),
    CONSTRAINT households_reference_given CHECK (reference <> ''),
    CONSTRAINT households_preferred_known CHECK (preferred IN ('', 'email', 'text', 'telephone', 'post')),
    CONSTRAINT households_erased_is_empty CHECK (erased_at IS NULL OR (name = '' AND email = '' AND mobile = '' AND telephone = '' AND address = ''))
) STRICT;
CREATE INDEX households_by_area ON households (area, tenure);

CREATE TABLE household_lists (
    list_id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,
    -- Gone once the list is decided on, since it says how to reach people.
    content BLOB,
    -- Which column holds what: pairs of a field and the column's place.
    columns TEXT NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT NOT NULL,
    uploaded_at TEXT NOT NULL,
    decided_at TEXT,
    account_id INTEGER CONSTRAINT household_lists_account_fkey REFERENCES accounts (account_id),
    CONSTRAINT household_lists_state_known CHECK (state IN ('waiting', 'applied', 'discarded')),
    CONSTRAINT household_lists_waiting_has_content CHECK ((state = 'waiting') = (content IS NOT NULL))
) STRICT;
