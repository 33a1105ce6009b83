//! Public pages as bytes, shared by signed-out readers until something public changes.

use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};
use moka::sync::Cache;

/// Memory for stored pages of one packing, in bytes.
const LARGEST: u64 = 8 * 1024 * 1024;
/// Pages show dates, so that none is kept past a few minutes even when nothing changes.
const LONGEST: Duration = Duration::from_mins(5);

/// How the bytes of a stored page are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    Plain,
    Gzip,
}

/// A page as it is sent.
pub struct Stored {
    /// The publication number read before the page was drawn.
    pub publication: i64,
    /// What a reader who has these bytes already says.
    pub etag: HeaderValue,
    /// Every header, ready to be copied: none is made for each reader anew.
    pub headers: HeaderMap,
    pub bytes: axum::body::Bytes,
}

/// Stored pages by path with query, one store for each packing.
pub struct PageCache {
    plain: Cache<String, Arc<Stored>>,
    gzip: Cache<String, Arc<Stored>>,
}

impl PageCache {
    /// An empty cache of bounded size.
    #[must_use]
    pub fn new() -> Self {
        let weigh = |target: &String, page: &Arc<Stored>| {
            u32::try_from(page.bytes.len() + target.len() + 1_000).unwrap_or(u32::MAX)
        };
        let store = || Cache::builder().weigher(weigh).max_capacity(LARGEST).time_to_live(LONGEST).build();
        Self { plain: store(), gzip: store() }
    }

    fn of(&self, packing: Packing) -> &Cache<String, Arc<Stored>> {
        match packing {
            Packing::Plain => &self.plain,
            Packing::Gzip => &self.gzip,
        }
    }

    /// The stored page, if it was drawn since the last public change.
    #[must_use]
    pub fn find(&self, target: &str, packing: Packing, publication: i64) -> Option<Arc<Stored>> {
        self.of(packing).get(target).filter(|page| page.publication == publication)
    }

    /// Keeps a page under the number that was read before it was drawn.
    pub fn keep(&self, target: &str, packing: Packing, page: Arc<Stored>) {
        self.of(packing).insert(target.to_owned(), page);
    }
}

impl Default for PageCache {
    fn default() -> Self {
        Self::new()
    }
}
