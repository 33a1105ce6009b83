//! Sealing with the newest key what an older one has sealed, in responses and on the way to them.

use crate::db::{self, Db, guard};
use crate::questionnaires::sealed::kept::{self, Purpose};
use crate::questionnaires::store as responses;
use crate::surveys::store::sealed;

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// How much was sealed anew.
    pub sealed: usize,
    /// How much stays as it was, because it cannot be opened.
    pub shut: usize,
}

/// Seals everything anew that is not sealed with the newest key, each version's responses in one transaction.
///
/// # Errors
/// When the database refuses; what was done before stays so, and doing it again goes on from there.
pub async fn all(db: &Db) -> Result<Done, db::Error> {
    let (keys, mut done) = (db.keyring().keys()?, Done::default());
    let versions = responses::sealed::list_versions(&mut db.read().await?).await?;
    for id in versions {
        let mut tx = db.write().await?;
        responses::rows::hold(&mut tx, id).await?;
        let Some(version) = responses::find_version(&mut tx, id).await? else { continue };
        for (response, was) in responses::sealed::list(&mut tx, id).await? {
            match kept::reseal(&keys, Purpose::Response, &version, was) {
                Ok(Some(sealed)) => {
                    responses::sealed::put(&mut tx, response, &sealed).await?;
                    done.sealed += 1;
                }
                Ok(None) => {}
                Err(_) => done.shut += 1,
            }
        }
        tx.commit().await?;
    }
    let mut tx = db.write().await?;
    for purpose in [Purpose::Draft, Purpose::Paper, Purpose::File] {
        for (id, was) in sealed::list(&mut tx, purpose).await? {
            let Some(version) = responses::find_version(&mut tx, id).await? else { continue };
            match kept::reseal(&keys, purpose, &version, was.clone()) {
                Ok(Some(anew)) => {
                    sealed::put(&mut tx, purpose, &was, &anew).await?;
                    done.sealed += 1;
                }
                Ok(None) => {}
                Err(_) => done.shut += 1,
            }
        }
    }
    tx.commit().await?;
    guard::flush_erasure(db).await?;
    Ok(done)
}
