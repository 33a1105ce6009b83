//! What the landlord promises, by area and version, approved before it is published; and what residents say of each promise.

pub mod approve;
pub mod area;
pub mod attention;
pub mod comment;
pub mod draft;
pub mod erase;
pub mod example;
pub mod moderate;
pub mod pages;
pub mod publish;
pub mod retire;
pub mod send_comment;
pub mod standard;
pub mod store;
pub mod unit;
pub mod wording;

pub use area::Area;
pub use attention::needs_attention;
pub use comment::Voice;
pub use standard::{Published, Source, Wording};
pub use store::areas::list as areas;
pub use store::comments::{
    count_waiting as count_comments_waiting, find as find_comment, list_voices as voices_for_standard,
};
pub use store::versions::{
    all_history, find_by_id, find_for_staff, find_published_by_slug, list_published, version_on,
};
pub use unit::{Direction, Unit};
