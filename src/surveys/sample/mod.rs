//! The sample of a survey: draws homes from the landlord's list by a seed, asks each by its own way, reminds and rings those
//! who have not answered, and takes one answer from each. It knows that a home answered, never what, when or how.

pub mod call;
pub mod code;
pub mod draw;
pub mod events;
pub mod example;
pub mod export;
pub mod forget;
pub mod home;
pub mod languages;
pub mod mail;
pub mod mailing;
pub mod outcome;
pub mod plan;
pub mod store;
#[cfg(test)]
pub mod testing;

pub use home::{forget, stop};
pub use store::samples::{asked_of, exists};
