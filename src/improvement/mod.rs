//! Continuous improvement: which processes the landlord works on in a year and why, who owns each, their plans for twelve months, and the reports with evidence that something got better.

pub mod activity;
pub mod appoint;
pub mod attention;
pub mod audits;
pub mod evidence;
pub mod example;
pub mod group;
pub mod keep;
pub mod measured;
pub mod model;
pub mod owner;
pub mod pages;
pub mod plan;
pub mod process;
pub mod select;
pub mod selection;
pub mod sign;
pub mod sign_off;
pub mod store;
#[cfg(test)]
mod tests;
pub mod training;
pub mod year;

pub use attention::{in_short, needs_attention};
pub use store::activities::{find_version as find_activity_version, list_evidence};
pub use store::processes::list as list_processes;
pub use store::sign_offs::{find as find_sign_off, list as list_sign_offs};
