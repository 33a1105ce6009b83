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
pub mod sheet;

#[cfg(test)]
mod fixture;

pub use run::run;
