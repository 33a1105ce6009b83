//! The pages of monthly surveys: every series, setting one up, its plan of months, and what came of it.

pub mod all;
pub mod results;
pub mod set_up;
pub mod show;
#[cfg(test)]
mod tests;
