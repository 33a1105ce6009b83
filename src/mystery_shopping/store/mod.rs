//! The SQL of mystery shopping.

pub mod assignments;
pub mod drafts;
pub mod photos;
pub mod results;
pub mod returns;
pub mod scenarios;
pub mod shoppers;
#[cfg(test)]
pub mod tests;

use crate::db;

/// A stored word that a type does not know.
fn unknown(table: &'static str, column: &'static str) -> db::Error {
    db::Error::Corrupt { table, column }
}
