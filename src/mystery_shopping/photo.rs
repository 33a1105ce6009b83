//! Photos of a shop: kept from the moment they arrive, whatever becomes of the rest of the form.

use chrono::{DateTime, Utc};

use super::key::{AssignmentId, PhotoId};
use super::store::photos;
use crate::app::App;
use crate::db::{self, Tx};
use crate::files::image::Drawn;
use crate::files::{self, UploadError};
use crate::thread::id::AccountId;

/// The most photos of one shop.
pub const MOST_PHOTOS: i64 = 6;

/// Why a photo is not kept.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// There are enough already.
    #[error("You can send up to {MOST_PHOTOS} photos. Remove one to add another")]
    TooMany,
    /// The file is no photo that can be kept.
    #[error(transparent)]
    Upload(#[from] UploadError),
}

impl From<db::Error> for PhotoError {
    fn from(error: db::Error) -> Self {
        Self::Upload(error.into())
    }
}

/// A photo drawn anew by `files::draw_photo`, with what the shopper says it shows.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// The name it was sent under.
    pub name: String,
    pub drawn: Drawn,
    pub words: String,
}

/// Keeps a photo for an assignment.
///
/// # Errors
/// When there are too many, or it cannot be written.
pub async fn keep(
    app: &App,
    tx: &mut Tx,
    now: DateTime<Utc>,
    assignment: AssignmentId,
    by: AccountId,
    new: &NewPhoto,
) -> Result<PhotoId, PhotoError> {
    if photos::count(tx, assignment).await? >= MOST_PHOTOS {
        return Err(PhotoError::TooMany);
    }
    let file = files::keep_drawn_photo(app, tx, &new.name, &new.drawn, Some(by)).await?;
    Ok(photos::insert(tx, assignment, &file.file_id, new, now).await?)
}

/// Takes a photo out of a shop that has not been sent. Returns the file to erase once the change is durable.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &mut Tx, assignment: AssignmentId, photo: PhotoId) -> Result<Option<String>, db::Error> {
    let removed = photos::remove(tx, assignment, photo).await?;
    if let Some(file_id) = &removed {
        files::forget(tx, file_id).await?;
    }
    Ok(removed)
}
