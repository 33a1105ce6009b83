//! What an action belongs to elsewhere in Doorstep: the standards it mends and the findings that led to it.

use super::action::ActionId;
use crate::db::{self, Tx};
use crate::thread::{self, Record};

/// Addresses and titles of what residents can read about an action.
///
/// # Errors
/// When the database refuses.
pub async fn of_action(tx: &mut Tx, action: ActionId) -> Result<Vec<(String, String)>, db::Error> {
    let mut found = Vec::new();
    for record in thread::linked(tx, Record::Action(action)).await? {
        if let Some(link) = public_page(tx, record).await? {
            found.push(link);
        }
    }
    Ok(found)
}

async fn public_page(_tx: &mut Tx, _record: Record) -> Result<Option<(String, String)>, db::Error> {
    Ok(None)
}
