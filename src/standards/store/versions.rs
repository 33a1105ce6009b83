//! Standards and their versions.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::standards::standard::{Draft, Listed, Published, Wording};
use crate::thread::id::{AccountId, AreaId, StandardId, StandardVersionId};

/// A published version with its standard and area.
macro_rules! published {
    ($rest:literal) => {
        concat!(
            "SELECT v.*, s.slug, s.area_id, s.owner_role, a.slug AS area_slug, a.name AS area_name, \
             (SELECT MIN(later.effective_from) FROM standard_versions AS later WHERE later.standard_id = v.standard_id \
             AND later.published_at IS NOT NULL AND later.effective_from > v.effective_from) AS superseded_on \
             FROM standard_versions AS v JOIN standards AS s ON s.standard_id = v.standard_id \
             JOIN areas AS a ON a.area_id = s.area_id WHERE v.published_at IS NOT NULL ",
            $rest
        )
    };
}

/// The version in force of the standard at that address.
///
/// # Errors
/// When the database refuses.
pub async fn find_published_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Published>, db::Error> {
    const SQL: &str = published!("AND v.in_force AND s.slug = $1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(slug).fetch_optional(c).await?))
}

/// The version in force of a standard.
///
/// # Errors
/// When the database refuses.
pub async fn find_by_id(tx: &mut Tx, id: StandardId) -> Result<Option<Published>, db::Error> {
    const SQL: &str = published!("AND v.in_force AND s.standard_id = $1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// The version in force of every standard that is still promised, by area and title.
///
/// # Errors
/// When the database refuses.
pub async fn list_published(tx: &mut Tx) -> Result<Vec<Published>, db::Error> {
    const SQL: &str = published!("AND v.in_force AND NOT s.is_retired ORDER BY a.position, a.area_id, s.standard_id");
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// The version that judges results of a day: the newest whose first day is not after it; none before the first version.
///
/// # Errors
/// When the database refuses.
pub async fn version_on(tx: &mut Tx, id: StandardId, day: NaiveDate) -> Result<Option<Published>, db::Error> {
    const SQL: &str =
        published!("AND v.standard_id = $1 AND v.effective_from <= $2 ORDER BY v.effective_from DESC LIMIT 1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).bind(day).fetch_optional(c).await?))
}

/// Every published version of a standard, newest first, those to come included.
///
/// # Errors
/// When the database refuses.
pub async fn history(tx: &mut Tx, id: StandardId) -> Result<Vec<Published>, db::Error> {
    const SQL: &str = published!("AND v.standard_id = $1 ORDER BY v.effective_from DESC");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_all(c).await?))
}

/// Every published version of every standard, newest first, those to come included.
///
/// # Errors
/// When the database refuses.
pub async fn all_history(tx: &mut Tx) -> Result<Vec<Published>, db::Error> {
    const SQL: &str = published!("ORDER BY v.standard_id, v.effective_from DESC");
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// The draft of a standard.
///
/// # Errors
/// When the database refuses.
pub async fn find_draft(tx: &mut Tx, id: StandardId) -> Result<Option<Draft>, db::Error> {
    const SQL: &str = "SELECT * FROM standard_versions WHERE standard_id = $1 AND published_at IS NULL";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// The standards that have a draft.
///
/// # Errors
/// When the database refuses.
pub async fn list_with_draft(tx: &mut Tx) -> Result<Vec<StandardId>, db::Error> {
    const SQL: &str = "SELECT standard_id FROM standard_versions WHERE published_at IS NULL ORDER BY standard_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).fetch_all(c).await?))
}

macro_rules! listed {
    ($rest:literal) => {
        concat!(
            "SELECT s.standard_id, s.slug, s.area_id, s.owner_role, s.retired_from, s.is_retired, a.slug AS area_slug, a.name AS area_name, \
             (SELECT v.title FROM standard_versions AS v WHERE v.standard_id = s.standard_id ORDER BY v.in_force DESC, v.number DESC LIMIT 1) AS title, \
             (SELECT v.effective_from FROM standard_versions AS v WHERE v.standard_id = s.standard_id AND v.in_force) AS in_force_from, \
             (SELECT MIN(v.effective_from) FROM standard_versions AS v WHERE v.standard_id = s.standard_id AND v.published_at IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM standard_versions AS f WHERE f.standard_id = v.standard_id AND f.in_force \
             AND f.effective_from >= v.effective_from)) AS upcoming_from, \
             EXISTS (SELECT 1 FROM standard_versions AS v WHERE v.standard_id = s.standard_id AND v.published_at IS NULL) AS has_draft \
             FROM standards AS s JOIN areas AS a ON a.area_id = s.area_id ",
            $rest
        )
    };
}

/// Every standard for staff, by area.
///
/// # Errors
/// When the database refuses.
pub async fn list_for_staff(tx: &mut Tx) -> Result<Vec<Listed>, db::Error> {
    const SQL: &str = listed!("ORDER BY a.position, a.area_id, s.standard_id");
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

/// One standard for staff.
///
/// # Errors
/// When the database refuses.
pub async fn find_for_staff(tx: &mut Tx, id: StandardId) -> Result<Option<Listed>, db::Error> {
    const SQL: &str = listed!("WHERE s.standard_id = $1");
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_optional(c).await?))
}

/// True when an address is taken.
pub(in crate::standards) async fn slug_is_taken(tx: &mut Tx, slug: &str) -> Result<bool, db::Error> {
    let found: i64 = on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM standards WHERE slug = $1").bind(slug).fetch_one(c).await?);
    Ok(found > 0)
}

const INSERT: &str =
    "INSERT INTO standards (slug, area_id, owner_role, created_at) VALUES ($1, $2, $3, $4) RETURNING standard_id";

/// Adds a standard without a version; refused by `standards_slug_key`.
pub(in crate::standards) async fn insert(
    tx: &mut Tx,
    slug: &str,
    area: AreaId,
    owner_role: &str,
    at: DateTime<Utc>,
) -> Result<StandardId, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT).bind(slug).bind(area).bind(owner_role).bind(at).fetch_one(c).await?))
}

/// Moves a standard to an area and gives it an owner.
pub(in crate::standards) async fn set_place(
    tx: &mut Tx,
    id: StandardId,
    area: AreaId,
    owner_role: &str,
) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE standards SET area_id = $2, owner_role = $3 WHERE standard_id = $1";
    let done = on!(tx, c => sqlx::query(SQL).bind(id).bind(area).bind(owner_role).execute(c).await?.rows_affected());
    db::one_row(done)
}

const INSERT_DRAFT: &str = "INSERT INTO standard_versions (standard_id, number, title, promise, numerator, denominator, exclusions, clock, unit, direction, target, \
    legal_floor, legal_source, sources, source_note, if_missed, what_changed, drafted_at, in_force) \
    VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM standard_versions WHERE standard_id = $1), \
    $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) RETURNING standard_version_id";

/// Adds the draft of a standard's next version; refused by `standard_versions_standard_id_key` while there is one.
pub(in crate::standards) async fn insert_draft(
    tx: &mut Tx,
    id: StandardId,
    w: &Wording,
    at: DateTime<Utc>,
) -> Result<StandardVersionId, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT_DRAFT)
        .bind(id).bind(&w.title).bind(&w.promise).bind(&w.numerator).bind(&w.denominator).bind(&w.exclusions).bind(&w.clock)
        .bind(w.unit.code()).bind(w.direction.code()).bind(w.target).bind(w.legal_floor).bind(&w.legal_source).bind(&w.sources)
        .bind(&w.source_note).bind(&w.if_missed).bind(&w.what_changed).bind(at).bind(false)
        .fetch_one(c).await?))
}

const UPDATE_DRAFT: &str = "UPDATE standard_versions SET title = $2, promise = $3, numerator = $4, denominator = $5, exclusions = $6, clock = $7, \
    unit = $8, direction = $9, target = $10, legal_floor = $11, legal_source = $12, sources = $13, source_note = $14, if_missed = $15, what_changed = $16, \
    drafted_at = $17 WHERE standard_version_id = $1 AND published_at IS NULL";

/// Changes a draft; false when it was published meanwhile.
pub(in crate::standards) async fn update_draft(
    tx: &mut Tx,
    id: StandardVersionId,
    w: &Wording,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(on!(tx, c => sqlx::query(UPDATE_DRAFT)
        .bind(id).bind(&w.title).bind(&w.promise).bind(&w.numerator).bind(&w.denominator).bind(&w.exclusions).bind(&w.clock)
        .bind(w.unit.code()).bind(w.direction.code()).bind(w.target).bind(w.legal_floor).bind(&w.legal_source).bind(&w.sources)
        .bind(&w.source_note).bind(&w.if_missed).bind(&w.what_changed).bind(at)
        .execute(c).await?.rows_affected())
        == 1)
}

/// Removes a draft with its authors and approvals, and the standard itself when it has no other version; false when it was published meanwhile.
pub(in crate::standards) async fn delete_draft(
    tx: &mut Tx,
    id: StandardId,
    draft: StandardVersionId,
) -> Result<bool, db::Error> {
    const STILL: &str =
        "UPDATE standard_versions SET drafted_at = drafted_at WHERE standard_version_id = $1 AND published_at IS NULL";
    if on!(tx, c => sqlx::query(STILL).bind(draft).execute(c).await?.rows_affected()) == 0 {
        return Ok(false);
    }
    on!(tx, c => sqlx::query("DELETE FROM standard_approvals WHERE standard_version_id = $1").bind(draft).execute(c).await.map(|_| ())?);
    on!(tx, c => sqlx::query("DELETE FROM standard_authors WHERE standard_version_id = $1").bind(draft).execute(c).await.map(|_| ())?);
    on!(tx, c => sqlx::query("DELETE FROM standard_versions WHERE standard_version_id = $1").bind(draft).execute(c).await.map(|_| ())?);
    const BARE: &str = "DELETE FROM standards WHERE standard_id = $1 AND NOT EXISTS (SELECT 1 FROM standard_versions AS v WHERE v.standard_id = $1)";
    on!(tx, c => sqlx::query(BARE).bind(id).execute(c).await.map(|_| ())?);
    Ok(true)
}

const PUBLISH: &str = "UPDATE standard_versions SET published_at = $2, published_by = $3, effective_from = $4 WHERE standard_version_id = $1 AND published_at IS NULL \
    AND EXISTS (SELECT 1 FROM standard_approvals AS p WHERE p.standard_version_id = $1 AND p.ended_at IS NULL)";

/// Publishes a draft that is approved or waived; false when it is neither, or was published meanwhile.
pub(in crate::standards) async fn publish(
    tx: &mut Tx,
    id: StandardVersionId,
    by: Option<AccountId>,
    from: NaiveDate,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(on!(tx, c => sqlx::query(PUBLISH).bind(id).bind(at).bind(by).bind(from).execute(c).await?.rows_affected()) == 1)
}

/// The last day on which a published version of the standard begins.
pub(in crate::standards) async fn newest_day(tx: &mut Tx, id: StandardId) -> Result<Option<NaiveDate>, db::Error> {
    const SQL: &str =
        "SELECT MAX(effective_from) FROM standard_versions WHERE standard_id = $1 AND published_at IS NOT NULL";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(id).fetch_one(c).await?))
}

const DUE: &str = "SELECT standard_version_id FROM standard_versions AS v WHERE v.published_at IS NOT NULL AND NOT v.in_force AND v.effective_from <= $1 \
    AND NOT EXISTS (SELECT 1 FROM standard_versions AS n WHERE n.standard_id = v.standard_id AND n.published_at IS NOT NULL \
    AND n.effective_from <= $1 AND n.effective_from > v.effective_from)";

/// Versions whose first day has come but which are not in force yet.
pub(in crate::standards) async fn list_due(tx: &mut Tx, today: NaiveDate) -> Result<Vec<StandardVersionId>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(DUE).bind(today).fetch_all(c).await?))
}

const END: &str = "UPDATE standard_versions SET in_force = $2 WHERE in_force AND standard_id = (SELECT standard_id FROM standard_versions WHERE standard_version_id = $1)";

/// Makes a published version the one in force, and returns its standard.
pub(in crate::standards) async fn put_in_force(tx: &mut Tx, id: StandardVersionId) -> Result<StandardId, db::Error> {
    const SQL: &str = "UPDATE standard_versions SET in_force = $2 WHERE standard_version_id = $1 RETURNING standard_id";
    on!(tx, c => sqlx::query(END).bind(id).bind(false).execute(c).await.map(|_| ())?);
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(id).bind(true).fetch_one(c).await?))
}
