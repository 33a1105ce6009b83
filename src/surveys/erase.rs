//! Erasing that somebody was asked. Their answers cannot be found, by whoever asks and however: nothing says whose they are.

use crate::db::{self, Tx};
use crate::surveys::store::ledger;

/// How many personal links went to an address.
///
/// # Errors
/// When the database refuses.
pub async fn count_links(tx: &mut Tx, email: &str) -> Result<i64, db::Error> {
    ledger::count_of_email(tx, email).await
}

/// Forgets every personal link that went to an address, used or not.
///
/// # Errors
/// When the database refuses.
pub async fn erase_links(tx: &mut Tx, email: &str) -> Result<(), db::Error> {
    ledger::erase_of_email(tx, email).await
}
