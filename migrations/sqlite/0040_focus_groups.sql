-- Focus groups: sessions with a fixed number of places, the people who signed up, what they need to take part.

CREATE TABLE focus_groups (
    focus_group_id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    title TEXT NOT NULL,
    purpose TEXT NOT NULL,
    can_change TEXT NOT NULL,
    cannot_change TEXT NOT NULL,
    -- A word of the program: in_person, online, phone.
    format TEXT NOT NULL,
    place TEXT NOT NULL,
    starts_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    -- The kinds of support on offer.
    offers TEXT NOT NULL,
    capacity INTEGER NOT NULL,
    -- Places held: booked, or offered to somebody who has not answered yet.
    taken INTEGER NOT NULL,
    -- People on the waiting list.
    waiting INTEGER NOT NULL,
    -- Sign-ups accepted so far: the next one's number, which is the order of the waiting list.
    accepted INTEGER NOT NULL,
    -- How often the time or place changed, for calendars.
    revision INTEGER NOT NULL,
    information_given TEXT NOT NULL,
    notes TEXT NOT NULL,
    heard TEXT NOT NULL,
    next_steps TEXT NOT NULL,
    heard_published_at TEXT,
    published_at TEXT,
    cancelled_at TEXT,
    cancel_reason TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT focus_groups_slug_key UNIQUE (slug),
    CONSTRAINT focus_groups_never_overbooked CHECK (taken >= 0 AND taken <= capacity),
    CONSTRAINT focus_groups_waiting_not_negative CHECK (waiting >= 0),
    CONSTRAINT focus_groups_ends_after_start CHECK (ends_at > starts_at),
    CONSTRAINT focus_groups_format_known CHECK (format IN ('in_person', 'online', 'phone'))
) STRICT;
CREATE INDEX focus_groups_by_start ON focus_groups (starts_at);

CREATE TABLE places (
    place_id INTEGER PRIMARY KEY,
    focus_group_id INTEGER NOT NULL CONSTRAINT places_focus_group_fkey REFERENCES focus_groups (focus_group_id),
    -- The order in which sign-ups were accepted.
    number INTEGER NOT NULL,
    reference TEXT NOT NULL,
    -- A digest of name and address while the place stands, so that nobody is on the list twice.
    person_key TEXT,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    wishes TEXT NOT NULL,
    -- How the person reached us: web, phone, letter, visit.
    came_by TEXT NOT NULL,
    state TEXT NOT NULL,
    state_since TEXT NOT NULL,
    offer_until TEXT,
    attended INTEGER CHECK (attended IN (0, 1)),
    signed_up_at TEXT NOT NULL,
    erased_at TEXT,
    CONSTRAINT places_focus_group_id_number_key UNIQUE (focus_group_id, number),
    CONSTRAINT places_focus_group_id_person_key_key UNIQUE (focus_group_id, person_key),
    CONSTRAINT places_state_known CHECK (state IN ('booked', 'waiting', 'offered', 'withdrawn', 'lapsed')),
    CONSTRAINT places_offer_has_end CHECK ((state = 'offered') = (offer_until IS NOT NULL)),
    CONSTRAINT places_came_by_known CHECK (came_by IN ('web', 'phone', 'letter', 'visit'))
) STRICT;
CREATE INDEX places_by_offer ON places (state, offer_until);

-- Private links to a place. Each letter brings its own; only digests are kept.
CREATE TABLE place_links (
    place_link_id INTEGER PRIMARY KEY,
    place_id INTEGER NOT NULL CONSTRAINT place_links_place_fkey REFERENCES places (place_id),
    token_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT place_links_token_hash_key UNIQUE (token_hash)
) STRICT;
CREATE INDEX place_links_by_place ON place_links (place_id);

-- The letters about a place, which hold a name and an address, so that erasing a person takes them too.
CREATE TABLE place_letters (
    place_letter_id INTEGER PRIMARY KEY,
    place_id INTEGER NOT NULL CONSTRAINT place_letters_place_fkey REFERENCES places (place_id),
    letter_id INTEGER NOT NULL
) STRICT;
CREATE INDEX place_letters_by_place ON place_letters (place_id);

CREATE TABLE support_needs (
    support_need_id INTEGER PRIMARY KEY,
    place_id INTEGER NOT NULL CONSTRAINT support_needs_place_fkey REFERENCES places (place_id),
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- What was arranged, or why it is not possible; the person reads it.
    answer TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    CONSTRAINT support_needs_place_id_kind_key UNIQUE (place_id, kind),
    CONSTRAINT support_needs_state_known CHECK (state IN ('requested', 'arranged', 'not_possible'))
) STRICT;
