//! What was read from the database and is good until something public changes.

use std::any::{Any, TypeId};
use std::sync::Arc;

use moka::sync::Cache;

use super::Db;

/// How many things are kept at most.
const MOST: u64 = 256;

/// A thing, and the publication number that was known before it was read.
#[derive(Clone)]
struct Entry {
    publication: i64,
    thing: Arc<dyn Any + Send + Sync>,
}

/// Things by their type and name.
#[derive(Clone)]
pub(super) struct Kept(Cache<(TypeId, String), Entry>);

impl Kept {
    pub(super) fn new() -> Self {
        Self(Cache::new(MOST))
    }
}

impl Db {
    /// The thing of that name, if it was read since the last public change.
    #[must_use]
    pub fn kept<T: Any + Send + Sync>(&self, publication: i64, name: &str) -> Option<Arc<T>> {
        let entry = self.kept.0.get(&(TypeId::of::<T>(), name.to_owned()))?;
        if entry.publication == publication { entry.thing.downcast().ok() } else { None }
    }

    /// Keeps what was read, and gives it back. Ask for `publication` before reading, or a change that comes
    /// between the two is missed. Nothing is kept before the first number is known.
    pub fn keep<T: Any + Send + Sync>(&self, publication: i64, name: &str, thing: T) -> Arc<T> {
        let thing = Arc::new(thing);
        if publication > 0 {
            let entry = Entry { publication, thing: Arc::<T>::clone(&thing) };
            self.kept.0.insert((TypeId::of::<T>(), name.to_owned()), entry);
        }
        thing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    fn tea(db: &Db, publication: i64) -> Option<u8> {
        db.kept(publication, "tea").as_deref().copied()
    }

    db_test!(a_thing_is_kept_until_the_next_public_change, db => {
        db.refresh_publication().await.unwrap();
        let before = db.publication();
        db.keep(before, "tea", 1_u8);
        assert_eq!(tea(&db, before), Some(1));
        assert_eq!(db.kept::<u16>(before, "tea"), None, "of another type");
        assert_eq!(db.kept::<u8>(before, "milk"), None);
        let mut tx = db.write().await.unwrap();
        tx.public_changed();
        tx.commit().await.unwrap();
        assert_eq!(tea(&db, db.publication()), None);
    });

    db_test!(nothing_is_kept_before_the_first_number_is_known, db => {
        db.keep(0, "tea", 1_u8);
        assert_eq!(tea(&db, 0), None);
    });
}
