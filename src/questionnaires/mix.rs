//! The mixing step: a version's responses are written anew in an order of chance, all in one transaction, so that nothing
//! the database keeps beside an answer tells when it came: neither its id, its number and its place on the disk nor the
//! transaction that wrote it. Whoever lays the list of spent personal links beside the answers then learns no more than
//! that these people gave these answers, in some order.
//!
//! What people were told stays true: references, submission keys and digests are carried over, so that a receipt is
//! found and a form sent again is known as before.

use crate::db::{self, Tx};
use crate::questionnaires::store::mix as store;
use crate::questionnaires::store::mix::Place;
use crate::random::Random;

/// Mixes all responses of a version. False when none is new since the last time.
///
/// # Errors
/// When the database refuses; the transaction must then be dropped, and everything is as it was.
pub async fn mix(tx: &mut Tx, random: &Random, version_id: i64) -> Result<bool, db::Error> {
    if !store::claim(tx, version_id).await? {
        return Ok(false);
    }
    let taken = store::take_out(tx, version_id).await?;
    let mut ids: Vec<i64> = taken.iter().map(|(id, _)| *id).collect();
    let mut numbers: Vec<i64> = taken.iter().map(|(_, number)| *number).collect();
    random.shuffle(&mut ids);
    random.shuffle(&mut numbers);
    let fresh = ids.into_iter().zip(numbers);
    let places = taken.into_iter().zip(fresh).map(|((was, _), (id, number))| Place { was, id, number });
    store::put_back(tx, &places.collect::<Vec<_>>()).await?;
    Ok(true)
}
