//! What was read from very many rows and is brought up to date instead of being read again: weighed in bytes, the least
//! used thrown away first.

use std::any::Any;
use std::sync::Arc;

use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use tokio::sync::{Mutex, MutexGuard};

use super::{Db, Tx};

/// Memory for everything on the shelf together, in bytes, where nothing else is set.
pub const ROOM: u64 = 256 * 1024 * 1024;
/// How many things can be read at the same time at most; the number of one decides for which it waits.
const LINES: usize = 64;

#[derive(Clone)]
struct Thing {
    bytes: u32,
    thing: Arc<dyn Any + Send + Sync>,
}

/// Things by number, within a bound of memory. Cheap to clone.
#[derive(Clone)]
pub struct Shelf {
    things: Cache<i64, Thing>,
    lines: Arc<Vec<Mutex<()>>>,
    room: u64,
}

impl Shelf {
    /// An empty shelf for so many bytes.
    #[must_use]
    pub fn new(room: u64) -> Self {
        let things = Cache::builder()
            .weigher(|_, thing: &Thing| thing.bytes)
            .eviction_policy(EvictionPolicy::lru())
            .max_capacity(room)
            .build();
        Self { things, lines: Arc::new((0..LINES).map(|_| Mutex::new(())).collect()), room }
    }

    /// How many bytes there is room for.
    #[must_use]
    pub fn room(&self) -> u64 {
        self.room
    }

    fn find<T: Any + Send + Sync>(&self, number: i64) -> Option<Arc<T>> {
        self.things.get(&number)?.thing.downcast().ok()
    }

    fn put<T: Any + Send + Sync>(&self, number: i64, thing: Arc<T>, bytes: usize) {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        self.things.insert(number, Thing { bytes, thing });
    }

    /// Waits until nobody else reads the thing of this number; whoever holds the answer is the one that does.
    pub async fn turn(&self, number: i64) -> Option<MutexGuard<'_, ()>> {
        let at = usize::try_from(number.unsigned_abs()).unwrap_or(0) % LINES;
        Some(self.lines.get(at)?.lock().await)
    }
}

impl Db {
    /// The same database with room for so many bytes on its shelf.
    #[must_use]
    pub fn with_room(self, bytes: u64) -> Self {
        Self { shelf: Shelf::new(bytes), ..self }
    }
}

impl Tx {
    /// The shelf that this transaction shares with all others.
    #[must_use]
    pub fn shelf(&self) -> Shelf {
        self.shelf.clone()
    }

    /// The thing of that number as it was last put there. What a transaction that writes has put there itself comes first.
    #[must_use]
    pub fn shelved<T: Any + Send + Sync>(&self, number: i64) -> Option<Arc<T>> {
        self.own.as_ref().and_then(|own| own.find(number)).or_else(|| self.shelf.find(number))
    }

    /// Puts a thing there for others to go on from. A transaction that writes has seen what may never be committed: what
    /// it read is for itself alone.
    pub fn put_on_shelf<T: Any + Send + Sync>(&mut self, number: i64, thing: Arc<T>, bytes: usize) {
        let (shared, room) = (&self.shelf, self.shelf.room);
        if self.writes { self.own.get_or_insert_with(|| Shelf::new(room)) } else { shared }.put(number, thing, bytes);
    }
}

#[cfg(test)]
#[path = "shelf_tests.rs"]
mod tests;
