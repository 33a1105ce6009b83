//! The promises that items cite, by name.

use crate::db::{self, Tx};
use crate::standards;
use crate::thread::id::StandardId;

/// A promise as this context names it.
#[derive(Debug, Clone)]
pub struct Cited {
    pub id: StandardId,
    pub title: String,
    pub area: String,
}

/// Every promise that can be cited, by area.
///
/// # Errors
/// When the database refuses.
pub async fn choices(tx: &mut Tx) -> Result<Vec<Cited>, db::Error> {
    let published = standards::list_published(tx).await?;
    Ok(published
        .into_iter()
        .map(|found| Cited { id: found.id, title: found.title.clone(), area: found.area_name.clone() })
        .collect())
}

/// The title of a promise among those found.
#[must_use]
pub fn title(all: &[Cited], id: StandardId) -> String {
    all.iter().find(|cited| cited.id == id).map_or_else(|| format!("Standard {id}"), |cited| cited.title.clone())
}
