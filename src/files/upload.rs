//! Keeping what people send: photos drawn anew, documents of a few known kinds as they are.

use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, Utc};

use super::image::{Drawn, ImageError, redraw};
use super::store::{self, StoredFile};
use crate::app::App;
use crate::db::{self, Tx};
use crate::random::hex;
use crate::thread::id::AccountId;

/// Largest file taken, in bytes: a photo from a phone.
pub const LARGEST: usize = 10 * 1024 * 1024;

/// Kinds of document taken as evidence: the file's ending, its media type, and how its bytes begin.
const DOCUMENTS: &[(&str, &str, &[u8])] = &[
    ("pdf", "application/pdf", b"%PDF-"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ("odt", "application/vnd.oasis.opendocument.text", b"PK"),
    ("csv", "text/csv; charset=utf-8", b""),
    ("txt", "text/plain; charset=utf-8", b""),
];

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// A picture that cannot be kept.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// Larger than [`LARGEST`].
    #[error("The file is larger than 10 MB. Choose a smaller one")]
    TooLarge,
    /// Not a kind that is taken.
    #[error("Choose a photo (JPG, PNG or WebP), a PDF, a Word, Excel or OpenDocument file, a CSV or a text file")]
    UnknownKind,
    /// The disk refused.
    #[error("The file could not be saved. Try again")]
    Disk(#[from] std::io::Error),
    /// The database refused.
    #[error("The file could not be saved. Try again")]
    Database(#[from] db::Error),
}

pub(super) fn path(app: &App, file_id: &str) -> PathBuf {
    app.config.data.join("files").join(file_id)
}

/// Keeps a photo, drawn anew without metadata. The row is part of the caller's transaction.
///
/// # Errors
/// When it is not a photo that can be kept, or cannot be written.
pub async fn keep_photo(
    app: &App,
    tx: &mut Tx,
    name: &str,
    bytes: Vec<u8>,
    by: Option<AccountId>,
) -> Result<StoredFile, UploadError> {
    let drawn = draw_photo(bytes).await?;
    keep_drawn_photo(app, tx, name, &drawn, by).await
}

/// Draws a photo anew without metadata, before any transaction is open: decoding takes time.
///
/// # Errors
/// When it is not a photo that can be kept.
pub async fn draw_photo(bytes: Vec<u8>) -> Result<Drawn, UploadError> {
    if bytes.len() > LARGEST {
        return Err(UploadError::TooLarge);
    }
    Ok(redraw(bytes).await?)
}

/// Keeps a photo that [`draw_photo`] has drawn. The row is part of the caller's transaction.
///
/// # Errors
/// When it cannot be written.
pub async fn keep_drawn_photo(
    app: &App,
    tx: &mut Tx,
    name: &str,
    drawn: &Drawn,
    by: Option<AccountId>,
) -> Result<StoredFile, UploadError> {
    keep(app, tx, name, "image/jpeg", &drawn.jpeg, by).await
}

/// Keeps a photo that [`draw_photo`] has drawn, of which nobody is to learn who sent it, or when: its name is the one that
/// chance gave the caller, it has no account, and both its row and its file say the moment that is handed in. The row is
/// part of the caller's transaction.
///
/// The file system notes for itself when it last touched a file (`ctime`). No program can set that; it does not go into a
/// backup.
///
/// # Errors
/// When it cannot be written.
pub async fn keep_photo_of_nobody(
    app: &App,
    tx: &mut Tx,
    file_id: &str,
    drawn: &Drawn,
    as_if_at: DateTime<Utc>,
) -> Result<(), UploadError> {
    let file = described(file_id, "photo.jpg", "image/jpeg", &drawn.jpeg, None, as_if_at);
    keep_as(app, tx, file, &drawn.jpeg).await?;
    let target = path(app, file_id);
    tokio::task::spawn_blocking(move || {
        std::fs::File::options().write(true).open(target)?.set_modified(SystemTime::from(as_if_at))
    })
    .await
    .map_err(std::io::Error::other)??;
    Ok(())
}

/// Whether the bytes of a kept file are there.
pub async fn is_there(app: &App, file_id: &str) -> bool {
    tokio::fs::try_exists(path(app, file_id)).await.unwrap_or(false)
}

/// Erases the bytes of a file whose row was forgotten, once that is durable. A file that is gone already is no fault.
pub async fn erase(app: &App, file_id: &str) {
    if let Err(error) = tokio::fs::remove_file(path(app, file_id)).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(file_id, %error, "file {file_id} could not be erased");
    }
}

/// Keeps a document as evidence; a picture is drawn anew like any photo.
///
/// # Errors
/// When it is of no kind that is taken, or cannot be written.
pub async fn keep_document(
    app: &App,
    tx: &mut Tx,
    name: &str,
    bytes: Vec<u8>,
    by: Option<AccountId>,
) -> Result<StoredFile, UploadError> {
    if bytes.len() > LARGEST {
        return Err(UploadError::TooLarge);
    }
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if matches!(ending.as_str(), "jpg" | "jpeg" | "png" | "webp") {
        return keep_photo(app, tx, name, bytes, by).await;
    }
    let known = DOCUMENTS.iter().find(|(known, _, start)| *known == ending && bytes.starts_with(start));
    let Some((_, content_type, start)) = known else { return Err(UploadError::UnknownKind) };
    if start.is_empty() && std::str::from_utf8(&bytes).is_err() {
        return Err(UploadError::UnknownKind);
    }
    keep(app, tx, name, content_type, &bytes, by).await
}

async fn keep(
    app: &App,
    tx: &mut Tx,
    name: &str,
    content_type: &str,
    bytes: &[u8],
    by: Option<AccountId>,
) -> Result<StoredFile, UploadError> {
    let id = app.random.uuid().to_string();
    let file = described(&id, name, content_type, bytes, by, app.clock.now());
    keep_as(app, tx, file, bytes).await
}

/// The row of a file.
fn described(
    file_id: &str,
    name: &str,
    content_type: &str,
    bytes: &[u8],
    by: Option<AccountId>,
    created_at: DateTime<Utc>,
) -> StoredFile {
    use sha2::Digest as _;
    StoredFile {
        file_id: file_id.to_owned(),
        name: shown_name(name),
        content_type: content_type.to_owned(),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        sha256: hex(&sha2::Sha256::digest(bytes)),
        account_id: by,
        created_at,
    }
}

async fn keep_as(app: &App, tx: &mut Tx, file: StoredFile, bytes: &[u8]) -> Result<StoredFile, UploadError> {
    let target = path(app, &file.file_id);
    if let Some(folder) = target.parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    // Bytes first, then the row: a row never points at nothing, and a file without a row is swept up by a backup's check.
    let bytes = bytes.to_vec();
    tokio::task::spawn_blocking(move || write_durably(&target, &bytes)).await.map_err(std::io::Error::other)??;
    store::insert(tx, &file).await?;
    Ok(file)
}

fn write_durably(target: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut file = std::fs::File::create_new(target)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The name as it is shown: the last part of any path, without control characters, at most 120 characters.
fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    if clean.is_empty() { "file".into() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::testing::app_on;

    #[test]
    fn v02_a_file_name_is_only_ever_text() {
        assert_eq!(shown_name("../../etc/passwd"), "passwd");
        assert_eq!(shown_name("C:\\photos\\door.jpg"), "door.jpg");
        assert_eq!(shown_name("\u{0}\n"), "file");
    }

    db_test!(v15_evidence_is_kept_under_a_random_name_and_programs_are_refused, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let file = keep_document(&app, &mut tx, "minutes.pdf", b"%PDF-1.7 minutes".to_vec(), None).await.unwrap();
        assert!(matches!(keep_document(&app, &mut tx, "run.exe", b"MZ".to_vec(), None).await, Err(UploadError::UnknownKind)));
        assert!(matches!(keep_document(&app, &mut tx, "fake.pdf", b"MZ".to_vec(), None).await, Err(UploadError::UnknownKind)));
        assert!(matches!(keep_document(&app, &mut tx, "big.txt", vec![b'a'; LARGEST + 1], None).await, Err(UploadError::TooLarge)));
        tx.commit().await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        let found = store::find(&mut tx, &file.file_id).await.unwrap().unwrap();
        assert_eq!(crate::files::read(&app, &found).await.unwrap(), b"%PDF-1.7 minutes");
        assert_eq!(store::list_ids(&mut tx).await.unwrap(), vec![file.file_id]);
    });
}
