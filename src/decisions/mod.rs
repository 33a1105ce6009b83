//! Decisions: what was to be decided, what residents had said of each option, what was decided and why, and where that differs from what residents said.

pub mod decision;

pub mod approve;
pub mod write;

pub mod attention;
pub mod example;
pub mod pages;
pub mod store;

pub use attention::needs_attention;
pub use decision::Version;
pub use store::{find_published, list_published};
