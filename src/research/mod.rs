//! The research library: what others or we found out, in plain words, what it applies to, with whom it was shared, and the actions it led to.

pub mod entry;

pub mod keep;

pub mod example;
pub mod pages;
pub mod store;

pub use entry::Entry;
pub use store::{find, list};
