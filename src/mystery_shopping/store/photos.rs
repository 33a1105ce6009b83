//! The SQL of photos.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::mystery_shopping::key::{AssignmentId, PhotoId};
use crate::mystery_shopping::photo::NewPhoto;
use crate::mystery_shopping::shop_return::Photo;
use crate::on;

pub(in crate::mystery_shopping) async fn count(tx: &mut Tx, assignment: AssignmentId) -> Result<i64, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM shop_photos WHERE assignment_id = $1").bind(assignment).fetch_one(c).await?),
    )
}

const INSERT: &str = "INSERT INTO shop_photos (assignment_id, file_id, words, width, height, kept_at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING photo_id";

pub(in crate::mystery_shopping) async fn insert(
    tx: &mut Tx,
    assignment: AssignmentId,
    file_id: &str,
    new: &NewPhoto,
    at: DateTime<Utc>,
) -> Result<PhotoId, db::Error> {
    let (width, height) = (i64::from(new.drawn.width), i64::from(new.drawn.height));
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(assignment).bind(file_id).bind(&new.words).bind(width).bind(height).bind(at).fetch_one(c).await?),
    )
}

/// The photos of an assignment in the order in which they came.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, assignment: AssignmentId) -> Result<Vec<Photo>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT photo_id, file_id, words, width, height FROM shop_photos WHERE assignment_id = $1 ORDER BY photo_id").bind(assignment).fetch_all(c).await?),
    )
}

/// The photo of that file in that assignment and no other.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, assignment: AssignmentId, file_id: &str) -> Result<Option<Photo>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT photo_id, file_id, words, width, height FROM shop_photos WHERE assignment_id = $1 AND file_id = $2").bind(assignment).bind(file_id).fetch_optional(c).await?),
    )
}

pub(in crate::mystery_shopping) async fn set_words(
    tx: &mut Tx,
    assignment: AssignmentId,
    photo: PhotoId,
    words: &str,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE shop_photos SET words = $3 WHERE assignment_id = $1 AND photo_id = $2").bind(assignment).bind(photo).bind(words).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Removes a photo; its file's key when there was one.
pub(in crate::mystery_shopping) async fn remove(
    tx: &mut Tx,
    assignment: AssignmentId,
    photo: PhotoId,
) -> Result<Option<String>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("DELETE FROM shop_photos WHERE assignment_id = $1 AND photo_id = $2 RETURNING file_id").bind(assignment).bind(photo).fetch_optional(c).await?),
    )
}
