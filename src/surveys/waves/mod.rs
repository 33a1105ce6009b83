//! Surveys that ask the same again: which survey is the next wave of which, and what moved from one to the next.

pub mod comparable;
pub mod followed;
pub mod link;
pub mod mix;
pub mod series;
pub mod store;
#[cfg(test)]
mod tests;
