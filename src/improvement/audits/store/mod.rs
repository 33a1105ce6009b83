//! The SQL of yearly audits, by noun.

pub mod audits;
pub mod findings;
pub mod follow_ups;
pub mod verdicts;
