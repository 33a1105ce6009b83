//! Keeping the library: entries, with whom they were shared, and the actions they led to.

use chrono::NaiveDate;

use super::entry::Text;
use super::store;
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::id::{AccountId, ActionId, ResearchId};
use crate::thread::{self, Record};

/// Adds a piece.
///
/// # Errors
/// When the database refuses.
pub async fn add(app: &App, tx: &mut Tx, by: AccountId, text: &Text) -> Result<ResearchId, db::Error> {
    store::insert(tx, text, by, app.clock.now()).await
}

/// Changes a piece; false when it is not there.
///
/// # Errors
/// When the database refuses.
pub async fn change(app: &App, tx: &mut Tx, id: ResearchId, by: AccountId, text: &Text) -> Result<bool, db::Error> {
    store::update(tx, id, text, by, app.clock.now()).await
}

/// Records with whom a piece was shared.
///
/// # Errors
/// When the database refuses.
pub async fn share(
    app: &App,
    tx: &mut Tx,
    id: ResearchId,
    by: AccountId,
    with: &str,
    on: NaiveDate,
) -> Result<(), db::Error> {
    store::insert_share(tx, id, with, on, by, app.clock.now()).await
}

/// Joins a piece to an action that it led to.
///
/// # Errors
/// When the database refuses.
pub async fn join(app: &App, tx: &mut Tx, id: ResearchId, action: ActionId) -> Result<(), db::Error> {
    thread::connect(tx, Record::Research(id), Record::Action(action), app.clock.now()).await
}

/// Parts a piece from an action.
///
/// # Errors
/// When the database refuses.
pub async fn part(tx: &mut Tx, id: ResearchId, action: ActionId) -> Result<(), db::Error> {
    thread::disconnect(tx, Record::Research(id), Record::Action(action)).await
}
