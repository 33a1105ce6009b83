//! Takes the landlord's list of homes from a table: find its columns, read its rows, compare, apply.

pub mod apply;
pub mod columns;
pub mod look;
pub mod read;

use crate::exchange::sheet::Limits;

/// The largest list: more homes than the largest landlords have in one file.
pub const LIMITS: Limits = Limits { bytes: 10 * 1024 * 1024, rows: 100_000 };
