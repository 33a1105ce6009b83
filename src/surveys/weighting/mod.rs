//! Weighing answers, so that those who answered stand for everybody: the method staff choose, and what follows from it.
//!
//! Answers are never changed by it. Every share is also given as people answered, and a weighted one is shown only where
//! that gives nobody away.

mod apply;
mod in_force;
pub mod method;
pub mod profile;
mod refused;
pub mod store;
#[cfg(test)]
mod tests;
pub mod weighed;

pub use apply::{Weights, divided, weigh};
pub use in_force::{InForce, load};
pub use refused::in_words as refused_in_words;
