//! The SQL of improvement, by noun.

pub mod activities;
pub mod groups;
pub mod owners;
pub mod plans;
pub mod processes;
pub mod selections;
pub mod sign_offs;
pub mod training;
