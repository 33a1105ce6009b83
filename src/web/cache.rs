//! Public pages as bytes, shared by signed-out readers until something public changes.

use std::sync::Arc;
use std::time::Duration;

use moka::sync::Cache;

/// Memory for stored pages, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;
/// Pages show dates, so that none is kept past a few minutes even when nothing changes.
const LONGEST: Duration = Duration::from_mins(5);

/// How the bytes of a stored page are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Packing {
    Plain,
    Gzip,
}

/// A page as it was sent.
pub struct Stored {
    /// The publication number read before the page was drawn.
    pub publication: i64,
    pub etag: String,
    pub content_type: String,
    pub bytes: axum::body::Bytes,
}

/// Stored pages by path with query, and packing.
pub struct PageCache(Cache<(String, Packing), Arc<Stored>>);

impl PageCache {
    /// An empty cache of bounded size.
    #[must_use]
    pub fn new() -> Self {
        let weigh = |key: &(String, Packing), page: &Arc<Stored>| {
            u32::try_from(page.bytes.len() + key.0.len() + 200).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().weigher(weigh).max_capacity(LARGEST).time_to_live(LONGEST).build())
    }

    /// The stored page, if it was drawn since the last public change.
    #[must_use]
    pub fn find(&self, target: &str, packing: Packing, publication: i64) -> Option<Arc<Stored>> {
        // A borrowed key cannot be made of a pair, hence the copy of a short text.
        self.0.get(&(target.to_owned(), packing)).filter(|page| page.publication == publication)
    }

    /// Keeps a page under the number that was read before it was drawn.
    pub fn keep(&self, target: &str, packing: Packing, page: Arc<Stored>) {
        self.0.insert((target.to_owned(), packing), page);
    }
}

impl Default for PageCache {
    fn default() -> Self {
        Self::new()
    }
}
