//! The thread from a promise to the evidence of change: typed keys of the records it joins, and the links between them.

pub mod id;
pub mod link;
pub mod store;

pub use link::{Record, connect, disconnect, linked};
