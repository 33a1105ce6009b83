//! The standards that a question can measure, as the builder offers them.

use crate::db::{self, Tx};
use crate::standards;

/// Every published standard with its id, area by area.
///
/// # Errors
/// When the database refuses.
pub async fn choices(tx: &mut Tx) -> Result<Vec<(i64, String)>, db::Error> {
    let found = standards::list_published(tx).await?;
    let named = found
        .into_iter()
        .map(|standard| (standard.id.0, format!("{}: {}", standard.area_name, standard.wording.title)));
    Ok(named.collect())
}

/// Every published standard with its id and its name in addresses, by which files name it.
///
/// # Errors
/// When the database refuses.
pub async fn slugs(tx: &mut Tx) -> Result<Vec<(i64, String)>, db::Error> {
    let found = standards::list_published(tx).await?;
    Ok(found.into_iter().map(|standard| (standard.id.0, standard.slug)).collect())
}

/// The id of the standard with this slug, if there is one.
///
/// # Errors
/// When the database refuses.
pub async fn by_slug(tx: &mut Tx, slug: &str) -> Result<Option<i64>, db::Error> {
    Ok(standards::find_published_by_slug(tx, slug).await?.map(|standard| standard.id.0))
}
