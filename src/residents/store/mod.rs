//! The SQL of homes and of the lists they come from.

pub mod households;
pub mod lists;
