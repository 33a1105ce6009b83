//! Takes a landlord's plan from the table it is kept in: read the file, read its rows, compare, apply.

pub mod apply;
pub mod diff;
pub mod foresee;
pub mod header;
pub mod leads_file;
pub mod look;
pub mod reading;
pub mod report;
pub mod rows;
pub mod run;

#[cfg(test)]
mod fixture;

pub use run::run;

use crate::exchange::sheet::Limits;

/// The largest file of a plan: far above the longest plan seen.
const LIMITS: Limits = Limits { bytes: 5 * 1024 * 1024, rows: 5_000 };
