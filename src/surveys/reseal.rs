//! Sealing with the newest key what an older one has sealed, in responses and on the way to them.

use std::collections::BTreeSet;

use crate::db::{self, Db, guard};
use crate::keyring::{KeyName, NoKey, name_of};
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

/// What is sealed beside responses.
const OTHERS: [Purpose; 3] = [Purpose::Draft, Purpose::Paper, Purpose::File];

/// Adds a key, which seals from now on, and gives its name. None is added while a key is missing with which something is
/// sealed: whoever put the file back afterwards would lose the new one, and all that it sealed by then.
///
/// # Errors
/// When a key is missing, the file cannot be written, or the database refuses.
pub async fn add_key(db: &Db) -> Result<KeyName, db::Error> {
    let mut tx = db.read().await?;
    let mut used: BTreeSet<KeyName> = kept::census(&mut tx).await?.names.into_keys().collect();
    for purpose in OTHERS {
        used.extend(sealed::list(&mut tx, purpose).await?.iter().filter_map(|(_, sealed)| name_of(sealed)));
    }
    drop(tx);
    let (keyring, held) = (db.keyring(), db.keyring().keys()?.names());
    if let Some(name) = used.into_iter().find(|name| !held.contains(name)) {
        let why = format!("the key {name} is not in {}: put it back before you make another", keyring.whereabouts());
        return Err(NoKey(why).into());
    }
    Ok(keyring.add()?)
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
    for purpose in OTHERS {
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
