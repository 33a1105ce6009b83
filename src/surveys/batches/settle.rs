//! Settling a form whose two keyings differ: one of them is what the paper says.

use crate::db::{self, Tx};
use crate::surveys::batches::store;
use crate::surveys::survey::Asked;

/// Chooses a keying, one or two. False when the batch is closed or the two do not differ: nothing is changed then.
///
/// # Errors
/// When the database refuses.
pub async fn settle(
    tx: &mut Tx,
    asked: &Asked,
    (batch_id, number): (i64, i64),
    keying: i64,
) -> Result<bool, db::Error> {
    if !store::hold(tx, batch_id).await? {
        return Ok(false);
    }
    let standing = store::find(tx, asked, batch_id).await?;
    let differs = standing.is_some_and(|of| of.differing(&asked.version.questionnaire).contains(&number));
    if !differs || !(1..=2).contains(&keying) {
        return Ok(false);
    }
    store::choose(tx, batch_id, number, keying).await?;
    Ok(true)
}
