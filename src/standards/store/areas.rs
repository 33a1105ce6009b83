//! Areas.

use crate::db::{self, Tx};
use crate::on;
use crate::standards::Area;
use crate::thread::id::AreaId;

/// Every area in the order of lists.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Area>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as("SELECT * FROM areas ORDER BY position, area_id").fetch_all(c).await?))
}

/// An area by the part of its address.
///
/// # Errors
/// When the database refuses.
pub async fn find_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Area>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as("SELECT * FROM areas WHERE slug = $1").bind(slug).fetch_optional(c).await?))
}

/// An area by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: AreaId) -> Result<Option<Area>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as("SELECT * FROM areas WHERE area_id = $1").bind(id).fetch_optional(c).await?))
}

const INSERT: &str = "INSERT INTO areas (slug, name, description, position) VALUES ($1, $2, $3, $4) RETURNING area_id";

/// Adds an area; refused by `areas_name_key` or `areas_slug_key` when there is one like it.
pub(in crate::standards) async fn insert(
    tx: &mut Tx,
    slug: &str,
    name: &str,
    description: &str,
    position: i64,
) -> Result<AreaId, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(slug).bind(name).bind(description).bind(position).fetch_one(c).await?),
    )
}

const UPDATE: &str = "UPDATE areas SET name = $2, description = $3, position = $4 WHERE area_id = $1";

/// Changes an area; its address stays.
pub(in crate::standards) async fn update(
    tx: &mut Tx,
    id: AreaId,
    name: &str,
    description: &str,
    position: i64,
) -> Result<(), db::Error> {
    let done = on!(tx, c => sqlx::query(UPDATE).bind(id).bind(name).bind(description).bind(position).execute(c).await?.rows_affected());
    db::one_row(done)
}
