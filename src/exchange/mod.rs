//! Rows in and out of files that people keep in spreadsheets, with faults that name row and column. It knows no domain.

pub mod csv;
pub mod sav;
pub mod sheet;
pub mod variable;
pub mod xlsx;

use std::fmt;

/// Something in a file that could not be taken, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The row as a spreadsheet numbers it: the heading is row 1.
    pub row: usize,
    /// The column's heading; empty when the whole row is meant.
    pub column: String,
    /// What is wrong, as the end of a sentence: "enter a whole number".
    pub message: String,
}

impl Fault {
    /// A fault in one cell.
    pub fn new(row: usize, column: &str, message: impl Into<String>) -> Self {
        Self { row, column: column.to_owned(), message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.column.is_empty() {
            write!(f, "Row {}: {}", self.row, self.message)
        } else {
            write!(f, "Row {}, column {}: {}", self.row, self.column, self.message)
        }
    }
}
