-- What became of each promise: figures typed or imported, values worked out of every source, and what is said of a promise missed.

-- The landlord's own figures. A correction is a new row; the one it replaces says when.
CREATE TABLE figures (
    figure_id INTEGER PRIMARY KEY,
    standard_id INTEGER NOT NULL CONSTRAINT figures_standard_fkey REFERENCES standards (standard_id),
    -- The first day of the month.
    month TEXT NOT NULL,
    -- How many were kept, or the total of what was measured in the standard's unit.
    numerator REAL NOT NULL,
    -- Out of how many.
    denominator INTEGER NOT NULL,
    account_id INTEGER CONSTRAINT figures_account_fkey REFERENCES accounts (account_id),
    entered_at TEXT NOT NULL,
    replaced_at TEXT,
    CONSTRAINT figures_denominator_positive CHECK (denominator > 0),
    CONSTRAINT figures_numerator_not_negative CHECK (numerator >= 0)
) STRICT;
CREATE UNIQUE INDEX figures_standard_id_month_key ON figures (standard_id, month) WHERE replaced_at IS NULL;

-- Values of a standard for the months that end with one, worked out again whenever what they rest on changes.
CREATE TABLE measure_values (
    measure_value_id INTEGER PRIMARY KEY,
    standard_id INTEGER NOT NULL CONSTRAINT measure_values_standard_fkey REFERENCES standards (standard_id),
    ends_month TEXT NOT NULL,
    months INTEGER NOT NULL,
    -- The version that judges the period; none before the first.
    version_id INTEGER CONSTRAINT measure_values_version_fkey REFERENCES standard_versions (standard_version_id),
    target REAL,
    -- Which source is the value of the standard, and how it stands.
    source TEXT,
    value REAL,
    base INTEGER NOT NULL,
    rating TEXT,
    survey_percent INTEGER,
    survey_base INTEGER NOT NULL,
    survey_on TEXT,
    shop_met INTEGER NOT NULL,
    shop_not_met INTEGER NOT NULL,
    shop_shops INTEGER NOT NULL,
    shop_on TEXT,
    figure_numerator REAL NOT NULL,
    figure_denominator INTEGER NOT NULL,
    figure_on TEXT,
    -- A digest of all that the row rests on.
    fingerprint TEXT NOT NULL,
    calculated_at TEXT NOT NULL,
    CONSTRAINT measure_values_standard_id_ends_month_months_key UNIQUE (standard_id, ends_month, months),
    CONSTRAINT measure_values_months_known CHECK (months IN (1, 3)),
    CONSTRAINT measure_values_source_known CHECK (source IN ('survey', 'shop', 'figure')),
    CONSTRAINT measure_values_rating_known CHECK (rating IN ('meeting', 'close', 'missing')),
    CONSTRAINT measure_values_value_sourced CHECK ((value IS NULL) = (source IS NULL)),
    CONSTRAINT measure_values_rating_valued CHECK (rating IS NULL OR (value IS NOT NULL AND target IS NOT NULL))
) STRICT;

-- One row a standard, changed by each calculation, so that two of them never run side by side.
CREATE TABLE calculations (
    standard_id INTEGER PRIMARY KEY CONSTRAINT calculations_standard_fkey REFERENCES standards (standard_id),
    runs INTEGER NOT NULL
) STRICT;

-- Why a promise was missed, what is done about it, and when it will be kept again. The newest counts; none is changed.
CREATE TABLE narratives (
    narrative_id INTEGER PRIMARY KEY,
    standard_id INTEGER NOT NULL CONSTRAINT narratives_standard_fkey REFERENCES standards (standard_id),
    ends_month TEXT NOT NULL,
    why TEXT NOT NULL,
    doing TEXT NOT NULL,
    back_on TEXT NOT NULL,
    account_id INTEGER CONSTRAINT narratives_account_fkey REFERENCES accounts (account_id),
    written_at TEXT NOT NULL
) STRICT;
CREATE INDEX narratives_by_standard ON narratives (standard_id, ends_month);
