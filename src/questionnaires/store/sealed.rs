//! The SQL of what is sealed.

use crate::db::{self, Tx};
use crate::on;

/// Whether anything at all is sealed in the database.
pub async fn any(tx: &mut Tx) -> Result<bool, db::Error> {
    const ANY: [&str; 4] = [
        "SELECT EXISTS (SELECT 1 FROM responses WHERE sealed IS NOT NULL)",
        "SELECT EXISTS (SELECT 1 FROM survey_drafts WHERE sealed IS NOT NULL)",
        "SELECT EXISTS (SELECT 1 FROM paper_forms WHERE sealed IS NOT NULL)",
        "SELECT EXISTS (SELECT 1 FROM answer_files WHERE is_sealed AND content IS NOT NULL)",
    ];
    for any in ANY {
        if on!(tx, c => sqlx::query_scalar::<_, bool>(any).fetch_one(c).await?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The versions of which a response has something sealed.
pub async fn list_versions(tx: &mut Tx) -> Result<Vec<i64>, db::Error> {
    const LIST: &str = "SELECT DISTINCT version_id FROM responses WHERE sealed IS NOT NULL ORDER BY version_id";
    Ok(on!(tx, c => sqlx::query_scalar(LIST).fetch_all(c).await?))
}

/// What is sealed of a version's responses, by their ids.
pub async fn list(tx: &mut Tx, version_id: i64) -> Result<Vec<(i64, Vec<u8>)>, db::Error> {
    const LIST: &str = "SELECT response_id, sealed FROM responses \
        WHERE version_id = $1 AND sealed IS NOT NULL ORDER BY response_id";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(version_id).fetch_all(c).await?))
}

/// Puts the same, sealed with another key, in its place.
pub async fn put(tx: &mut Tx, response_id: i64, sealed: &[u8]) -> Result<(), db::Error> {
    const PUT: &str = "UPDATE responses SET sealed = $2 WHERE response_id = $1";
    on!(tx, c => sqlx::query(PUT).bind(response_id).bind(sealed).execute(c).await.map(|_| ())?);
    Ok(())
}
