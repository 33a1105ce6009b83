//! The regulator's survey: the English tenant satisfaction measures, from the questions to what is published beside them.
//!
//! Its rules are those for landlords' tenant surveys: the questions as worded, a source that asked everybody, shares to one
//! decimal of those who gave one of the five points, tenures apart from each other, an accuracy for the number of homes,
//! and a summary of how it was done.

pub mod accuracy;
pub mod approach;
pub mod known;
pub mod listed;
pub mod measures;
mod rules;
pub mod stock;
pub mod store;
pub mod weighted;

pub use rules::{NotReady, check_results, check_survey, questions};
