//! A personal link, whichever way it came: sent to a pasted address, or to a home of the survey's sample. Of a home, the
//! e-mail, the text message and the letter all carry the one invitation that the home has.

use chrono::NaiveDate;

use crate::db::{self, Tx};
use crate::surveys::sample::store::keys;
use crate::surveys::store;
use crate::thread::id::SurveyId;

/// The survey of a link, and whether it was used.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, token_hash: &str) -> Result<Option<(SurveyId, bool)>, db::Error> {
    match store::find_invitation(tx, token_hash).await? {
        Some(found) => Ok(Some(found)),
        None => keys::find(tx, token_hash).await,
    }
}

/// Spends a link. False when its invitation was spent before, by whichever link, or is not this survey's.
///
/// # Errors
/// When the database refuses.
pub async fn spend(tx: &mut Tx, survey: SurveyId, token_hash: &str, on: NaiveDate) -> Result<bool, db::Error> {
    Ok(store::spend_invitation(tx, survey, token_hash, on).await? || keys::spend(tx, survey, token_hash).await?)
}
