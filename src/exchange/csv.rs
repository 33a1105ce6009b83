//! CSV: written so that no cell can be a formula, read so that every row keeps the number a spreadsheet shows.

use std::borrow::Cow;
use std::sync::Arc;

use super::Fault;

/// The media type of what `write` returns.
pub const CONTENT_TYPE: &str = "text/csv; charset=utf-8";

/// What a cell must not begin with, since a spreadsheet would run it.
const FORMULA_STARTS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// Writes rows, the heading first. A cell that a spreadsheet would run as a formula gets a leading apostrophe.
#[must_use]
pub fn write<R, C>(rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator<Item = C>,
    C: AsRef<str>,
{
    let mut text = String::new();
    for row in rows {
        for (at, cell) in row.into_iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            add(&mut text, &harmless(cell.as_ref()));
        }
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// A cell's text as it may stand in a spreadsheet.
fn harmless(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA_STARTS) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell's text as it was before `harmless`.
fn as_it_was(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA_STARTS)).unwrap_or(cell)
}

/// Adds a cell, quoted where that is needed.
fn add(text: &mut String, cell: &str) {
    if cell.contains(['"', ',', ';', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(cell);
    }
}

/// A file as it was read: its headings in order, then the rows that hold anything.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row. Cells are trimmed.
#[derive(Debug, Clone)]
pub struct Row {
    /// The row as a spreadsheet numbers it: the heading is row 1.
    pub number: usize,
    columns: Arc<Vec<String>>,
    cells: Vec<String>,
}

impl Row {
    /// The cell under a heading, whatever its capitals; empty when the row or the file lacks it.
    #[must_use]
    pub fn cell(&self, column: &str) -> &str {
        let at = self.columns.iter().position(|heading| heading.eq_ignore_ascii_case(column));
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}

impl Sheet {
    /// The headings among `wanted` that the file lacks.
    #[must_use]
    pub fn missing<'a>(&self, wanted: &[&'a str]) -> Vec<&'a str> {
        let has = |name: &str| self.columns.iter().any(|heading| heading.eq_ignore_ascii_case(name));
        wanted.iter().copied().filter(|name| !has(name)).collect()
    }
}

/// Reads a file in UTF-8 whose cells are parted by commas, semicolons or tabs. Empty rows are passed over, yet counted.
///
/// # Errors
/// A fault that names the row: not UTF-8, no heading, or a row with more cells than headings.
pub fn read(bytes: &[u8]) -> Result<Sheet, Fault> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let row = before.split(|byte| *byte == b'\n').count();
            return Err(Fault::new(row, "", "the file is not in UTF-8. Save it as “CSV UTF-8” and choose it again"));
        }
    };
    let mut text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.push('\n');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&text))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut columns = None;
    let mut rows = Vec::new();
    let mut lines_in_cells = 0;
    let mut record = csv::StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => return Err(Fault::new(rows.len() + 2, "", format!("the row cannot be read: {error}"))),
        }
        lines_in_cells += record.iter().map(|cell| cell.matches('\n').count()).sum::<usize>();
        let lines = usize::try_from(reader.position().line()).unwrap_or(usize::MAX);
        let number = lines.saturating_sub(1 + lines_in_cells);
        let cells: Vec<String> = record.iter().map(|cell| as_it_was(cell).to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        match &columns {
            None => columns = Some(Arc::new(cells)),
            Some(columns) => {
                if let Some(extra) = cells.get(columns.len()..).and_then(|more| more.iter().find(|c| !c.is_empty())) {
                    let message = format!("there are more cells than headings, from “{extra}” on");
                    return Err(Fault::new(number, "", message));
                }
                rows.push(Row { number, columns: Arc::clone(columns), cells });
            }
        }
    }
    let columns =
        columns.ok_or_else(|| Fault::new(1, "", "the file is empty. The first row must hold the headings"))?;
    Ok(Sheet { columns: columns.to_vec(), rows })
}

/// Whichever of comma, semicolon and tab stands most often in the first line that holds anything.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: u8| first.bytes().filter(|byte| *byte == separator).count();
    [b';', b'\t']
        .into_iter()
        .filter(|other| count(*other) > count(b','))
        .max_by_key(|other| count(*other))
        .unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v16_no_cell_is_a_formula_and_what_was_written_is_read_back() {
        let cells = ["=1+1", "+44 1632", "-5", "@SUM(A1)", "\tx", "\rx", "'quoted'", "a, \"b\"\nc", "plain", "'=x"];
        let bytes = write([["heading"; 10], cells]);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let row = text.split_once("\r\n").unwrap().1;
        assert!(row.starts_with("'=1+1,'+44 1632,'-5,'@SUM(A1),'\tx,\"'\rx\",'quoted'"), "{row}");
        let sheet = read(&bytes).unwrap();
        assert_eq!(sheet.rows[0].cells[..4], ["=1+1", "+44 1632", "-5", "@SUM(A1)"]);
        assert_eq!(sheet.rows[0].cells[6..9], ["'quoted'", "a, \"b\"\nc", "plain"]);
    }

    #[test]
    fn rows_keep_the_number_that_a_spreadsheet_shows() {
        let sheet =
            read("\u{feff}Standard;Period\r\n\r\na;\"two\nlines\"\r\nb;2026-01\r\n;\r\nc;2026-02".as_bytes()).unwrap();
        assert_eq!(sheet.columns, ["Standard", "Period"]);
        let numbers: Vec<(usize, &str)> = sheet.rows.iter().map(|row| (row.number, row.cell("standard"))).collect();
        assert_eq!(numbers, [(3, "a"), (4, "b"), (6, "c")]);
        assert_eq!(sheet.rows[0].cell("PERIOD"), "two\nlines");
        assert_eq!(sheet.missing(&["period", "numerator"]), ["numerator"]);
        assert_eq!(sheet.rows[1].cell("numerator"), "");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_refused_with_its_row() {
        assert_eq!(read(b"").unwrap_err().row, 1);
        assert_eq!(read(b"a,b\nx,\xff").unwrap_err().row, 2);
        let fault = read(b"a,b\n1,2,3").unwrap_err();
        assert_eq!(fault.to_string(), "Row 2: there are more cells than headings, from “3” on");
        assert_eq!(Fault::new(4, "period", "enter a month").to_string(), "Row 4, column period: enter a month");
    }
}
