//! Whether answers that measure a standard can still arrive.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::questionnaires::store as responses;
use crate::surveys::store;
use crate::thread::id::StandardId;

/// True while a published survey with a question that measures the standard can still be answered.
///
/// # Errors
/// When the database refuses.
pub async fn measures_while_open(tx: &mut Tx, standard: StandardId, now: DateTime<Utc>) -> Result<bool, db::Error> {
    for (version_id, _) in responses::list_measuring(tx, standard).await? {
        let Some(asked) = store::find_by_version(tx, version_id).await? else { continue };
        if asked.survey.published_at.is_some() && !asked.survey.is_settled(now) {
            return Ok(true);
        }
    }
    Ok(false)
}
