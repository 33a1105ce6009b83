//! Photos and evidence: kept in the data folder under a random name, described by a row.

pub mod image;
pub mod store;
pub mod upload;

pub use store::{StoredFile, find, forget};
pub use upload::{
    UploadError, draw_photo, erase, is_there, keep_document, keep_drawn_photo, keep_photo, keep_photo_of_nobody,
};

use crate::app::App;

/// Reads the bytes of a kept file; none when the file is gone.
pub async fn read(app: &App, file: &StoredFile) -> Option<Vec<u8>> {
    tokio::fs::read(upload::path(app, &file.file_id)).await.ok()
}
