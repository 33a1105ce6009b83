//! The SQL of kept files.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::AccountId;

/// A kept file. Its bytes lie in the data folder under `file_id`.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct StoredFile {
    /// A random key, which is also the name on disk.
    pub file_id: String,
    /// The name it was sent under, shown as text and never used as a path.
    pub name: String,
    pub content_type: String,
    pub size: i64,
    pub sha256: String,
    pub account_id: Option<AccountId>,
    pub created_at: DateTime<Utc>,
}

const INSERT: &str = "INSERT INTO files (file_id, name, content_type, size, sha256, account_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(super) async fn insert(tx: &mut Tx, file: &StoredFile) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT).bind(&file.file_id).bind(&file.name).bind(&file.content_type).bind(file.size)
        .bind(&file.sha256).bind(file.account_id).bind(file.created_at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// A kept file by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, file_id: &str) -> Result<Option<StoredFile>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as("SELECT * FROM files WHERE file_id = $1").bind(file_id).fetch_optional(c).await?))
}

/// Forgets a file that nothing points at any more; its bytes are erased after the transaction.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &mut Tx, file_id: &str) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM files WHERE file_id = $1").bind(file_id).execute(c).await.map(|_| ())?);
    Ok(())
}

/// How many files there are, and the key of each, for a backup to check.
///
/// # Errors
/// When the database refuses.
pub async fn list_ids(tx: &mut Tx) -> Result<Vec<String>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar("SELECT file_id FROM files ORDER BY file_id").fetch_all(c).await?))
}
