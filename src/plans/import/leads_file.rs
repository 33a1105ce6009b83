//! The second file: whose initials are whose.

use crate::exchange::sheet::{self, SheetError};

/// Reads `initials,name` rows, under a header or without one. Rows without both are left out.
///
/// # Errors
/// When the file is no table.
pub fn read(bytes: &[u8]) -> Result<Vec<(String, String)>, SheetError> {
    let tables = sheet::read(bytes)?;
    let pairs = |rows: &Vec<sheet::Row>| -> Vec<(String, String)> {
        rows.iter()
            .filter_map(|row| match row.cells.as_slice() {
                [initials, name, ..] if !initials.is_empty() && !name.is_empty() => {
                    Some((initials.clone(), name.clone()))
                }
                _ => None,
            })
            .filter(|(initials, _)| !matches!(initials.to_lowercase().as_str(), "initials" | "lead" | "ref"))
            .collect()
    };
    let best = tables.iter().map(pairs).max_by_key(Vec::len).unwrap_or_default();
    if best.is_empty() { Err(SheetError::NotATable) } else { Ok(best) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_names_are_read_with_any_separator() {
        for text in
            ["Initials,Name\r\nPQ,Petra Quill\r\n", "PQ;Petra Quill\n", "\u{feff}Initials\tName\nPQ\tPetra Quill\n"]
        {
            assert_eq!(read(text.as_bytes()).unwrap(), [("PQ".to_owned(), "Petra Quill".to_owned())], "{text}");
        }
        assert!(read(b"nothing here").is_err());
    }
}
