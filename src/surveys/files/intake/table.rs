//! The table in a file: the sheet whose heads say most about the survey.

use crate::exchange::sheet::{self, Limits, Row, SheetError};
use crate::surveys::files::intake::slot::{self, Slot};

/// The largest file of answers that is read. It comes in within one transaction, for which others who write wait: a row
/// takes well under a millisecond, so that this many stay below the 20 seconds that a writer waits at most.
const LIMITS: Limits = Limits { bytes: 10 * 1024 * 1024, rows: 20_000 };

/// A table with its heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The heads of the columns.
    pub heads: Vec<String>,
    /// The rows under them that hold anything.
    pub rows: Vec<Row>,
}

/// Reads the table of a file.
///
/// # Errors
/// When the file is no table, breaks a limit, or holds no row under its heads.
pub fn read(bytes: &[u8], slots: &[Slot]) -> Result<Table, SheetError> {
    // The heads that say most; of equals the one with more columns, then the first.
    let says = |table: &Table| {
        let known = slot::guess(&table.heads, slots).iter().filter(|code| !code.is_empty()).count();
        (known, table.heads.len())
    };
    let mut best: Option<Table> = None;
    for next in sheet::read(bytes, LIMITS)?.into_iter().filter_map(table) {
        if best.as_ref().is_none_or(|best| says(&next) > says(best)) {
            best = Some(next);
        }
    }
    best.ok_or(SheetError::Empty)
}

fn table(rows: Vec<Row>) -> Option<Table> {
    let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    let mut heads = rows.next()?.cells;
    while heads.last().is_some_and(String::is_empty) {
        heads.pop();
    }
    let rows: Vec<Row> = rows.collect();
    (!rows.is_empty()).then_some(Table { heads, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_a_large_survey_is_read_and_a_larger_one_refused() {
        let file = |rows: usize| format!("Id,q1\n{}", "A,Yes\n".repeat(rows));
        // The heads are a row of the file too.
        assert_eq!(read(file(LIMITS.rows - 1).as_bytes(), &[]).unwrap().rows.len(), LIMITS.rows - 1);
        assert!(read(file(LIMITS.rows + 1).as_bytes(), &[]).is_err());
    }
}
