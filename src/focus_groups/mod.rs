//! Focus groups: sessions with a fixed number of places, who holds them, who waits for one, what people need to take part, and what was heard.

pub mod group;
pub mod place;

pub mod accept;
pub mod arrange;
pub mod calendar;
pub mod cancel;
pub mod discard;
pub mod erase;
pub mod example;
pub mod lapse;
pub mod letters;
pub mod links;
pub mod mine;
pub mod postpone;
pub mod record;
pub mod refill;
pub mod sign_up;
pub mod support;
pub mod withdraw;

pub mod attention;
pub mod pages;
pub mod store;
#[cfg(test)]
pub mod testing;

pub use attention::needs_attention;
pub use erase::forget_old as forget_old_sign_ups;
pub use group::Group;
pub use lapse::sweep as let_offers_lapse;
pub use store::groups::{find_by_id, list_all, open_now};
pub use store::places::list_names;
