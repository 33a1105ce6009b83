//! The thread from a promise to the evidence of change: typed keys of the records it joins, and the links between them.

pub mod attention;
pub mod id;
pub mod link;
pub mod store;

pub use attention::Attention;
pub use link::{Record, connect, disconnect, linked};
