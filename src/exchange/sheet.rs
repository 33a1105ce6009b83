//! A CSV or XLSX file as plain rows of text, within the limits of whoever reads it. Knows nothing of what is in it.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

/// One row as the spreadsheet numbers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// From 1, counting every record of a CSV file or every row of a sheet.
    pub number: usize,
    /// The cells, trimmed, with plain line feeds.
    pub cells: Vec<String>,
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetError {
    /// There is nothing in it.
    Empty,
    /// Larger than so many bytes, or unpacking to far more.
    TooLarge(usize),
    /// More than so many rows.
    TooManyRows(usize),
    /// A cell over [`MAX_CELL`] characters, in this row.
    CellTooLong(usize),
    /// Neither text nor a workbook.
    NotATable,
    /// A photo or a drawing.
    Picture,
    /// A PDF.
    Pdf,
    /// A file called a workbook that is none.
    NotAWorkbook,
    /// The old binary workbook.
    OldWorkbook,
    /// A workbook that cannot be opened.
    BrokenWorkbook,
}

impl SheetError {
    /// What to tell the person who sent the file.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Empty => "The file is empty.".to_owned(),
            Self::TooLarge(most) => format!("The file is too large: it may be up to {} MB.", most / 1024 / 1024),
            Self::TooManyRows(most) => format!("The file has more than {most} rows."),
            Self::CellTooLong(row) => format!(
                "Row {row}: a cell holds more than {MAX_CELL} characters. A quotation mark may be missing near there."
            ),
            Self::NotATable => "The file is not a table. Send an Excel workbook (.xlsx) or a CSV file.".to_owned(),
            Self::Picture => {
                "The file is a picture, not a table. Send an Excel workbook (.xlsx) or a CSV file.".to_owned()
            }
            Self::Pdf => "The file is a PDF, not a table. Send an Excel workbook (.xlsx) or a CSV file.".to_owned(),
            Self::NotAWorkbook => "The file is called .xlsx but is not an Excel workbook, or it is damaged. Open it in your spreadsheet program, save it as .xlsx again and send that.".to_owned(),
            Self::OldWorkbook => {
                "This is an old Excel workbook (.xls). Save it as .xlsx or .csv and send that.".to_owned()
            }
            Self::BrokenWorkbook => {
                "The workbook cannot be opened. It may be damaged, protected, or another kind of file such as a Word document.".to_owned()
            }
        }
    }
}

/// The largest file that somebody reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// In bytes, as it is sent.
    pub bytes: usize,
    /// In rows, the heading among them.
    pub rows: usize,
}

/// The most characters in one cell.
pub const MAX_CELL: usize = 20_000;
const MAX_COLUMNS: usize = 400;
const MAX_UNPACKED: u64 = 60 * 1024 * 1024;

/// The tables a file may hold: each sheet of a workbook, or a CSV file once for each separator.
/// The caller takes the first in which it finds its header.
///
/// # Errors
/// When the file is no table or breaks a limit.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Vec<Vec<Row>>, SheetError> {
    if bytes.is_empty() {
        return Err(SheetError::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(SheetError::TooLarge(limits.bytes));
    }
    if bytes.starts_with(b"PK") {
        return workbook(bytes, limits);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(SheetError::OldWorkbook);
    }
    if let Some(other) = signed(bytes) {
        return Err(other);
    }
    let text = decode(bytes).ok_or(SheetError::NotATable)?;
    if text.trim().is_empty() {
        return Err(SheetError::Empty);
    }
    [b',', b';', b'\t'].into_iter().map(|separator| csv_rows(&text, separator, limits.rows)).collect()
}

/// Checks that a file is not called a workbook, a picture or a PDF without being a table all the same.
///
/// # Errors
/// What the file is not, when its name and its first bytes say so.
pub fn check_name(name: &str, bytes: &[u8]) -> Result<(), SheetError> {
    if let Some(other) = signed(bytes) {
        return Err(other);
    }
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let is_workbook = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    match ending.as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "webp" | "heic" | "svg" if name.contains('.') => Err(SheetError::Picture),
        "pdf" if name.contains('.') => Err(SheetError::Pdf),
        "xlsx" if !bytes.is_empty() && !is_workbook => Err(SheetError::NotAWorkbook),
        _ => Ok(()),
    }
}

/// What the first bytes of a file say it is, where that is no table.
fn signed(bytes: &[u8]) -> Option<SheetError> {
    let pictures: [&[u8]; 4] = [b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF"];
    if pictures.iter().any(|mark| bytes.starts_with(mark)) || bytes.get(4..8) == Some(b"ftyp".as_slice()) {
        return Some(SheetError::Picture);
    }
    bytes.starts_with(b"%PDF").then_some(SheetError::Pdf)
}

fn tidy(text: &str) -> String {
    let plain = text.replace("\r\n", "\n").replace('\r', "\n").replace('\u{a0}', " ");
    let lines: Vec<&str> = plain.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn csv_rows(text: &str, separator: u8, most: usize) -> Result<Vec<Row>, SheetError> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        let number = at + 1;
        if number > most {
            return Err(SheetError::TooManyRows(most));
        }
        let record = record.map_err(|_| SheetError::NotATable)?;
        if record.iter().any(|c| c.chars().count() > MAX_CELL) {
            return Err(SheetError::CellTooLong(number));
        }
        rows.push(Row { number, cells: record.iter().take(MAX_COLUMNS).map(tidy).collect() });
    }
    Ok(rows)
}

/// UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252 as Excel saves "CSV".
fn decode(bytes: &[u8]) -> Option<String> {
    let wide = |body: &[u8], pair: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = body.as_chunks::<2>().0.iter().map(|c| pair(*c)).collect();
        String::from_utf16(&units).ok()
    };
    let text = if let Some(body) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
        String::from_utf8(body.to_vec()).ok()?
    } else if let Some(body) = bytes.strip_prefix(&[0xff, 0xfe]) {
        wide(body, u16::from_le_bytes)?
    } else if let Some(body) = bytes.strip_prefix(&[0xfe, 0xff]) {
        wide(body, u16::from_be_bytes)?
    } else {
        std::str::from_utf8(bytes).map_or_else(|_| windows_1252(bytes), str::to_owned)
    };
    // A table has line ends and tabs; other controls come from a file of another kind.
    let is_odd = |c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{1a}');
    (!text.contains(is_odd)).then_some(text)
}

/// The characters that Windows-1252 puts where Latin-1 has controls.
const C1: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}',
    '\u{160}', '\u{2039}', '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}',
    '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}', '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}',
    '\u{17e}', '\u{178}',
];

fn windows_1252(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|b| match b {
            0x80..=0x9f => C1.get(usize::from(b - 0x80)).copied().unwrap_or('\u{fffd}'),
            _ => char::from(*b),
        })
        .collect()
}

fn workbook(bytes: &[u8], limits: Limits) -> Result<Vec<Vec<Row>>, SheetError> {
    if unpacked_size(bytes) > MAX_UNPACKED {
        return Err(SheetError::TooLarge(limits.bytes));
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| SheetError::BrokenWorkbook)?;
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    let mut is_broken = false;
    for name in names.iter().take(20) {
        // Cell by cell: a range would reserve room for every cell up to the furthest one.
        let Ok(mut reader) = book.worksheet_cells_reader(name) else {
            is_broken = true;
            continue;
        };
        let mut rows: Vec<Row> = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(|_| SheetError::BrokenWorkbook)? {
            let (row, column) = cell.get_position();
            let text = cell_text(cell.get_value());
            if text.is_empty() {
                continue;
            }
            let (row, column) = (row as usize + 1, column as usize);
            if row > limits.rows {
                return Err(SheetError::TooManyRows(limits.rows));
            }
            if text.chars().count() > MAX_CELL {
                return Err(SheetError::CellTooLong(row));
            }
            if column < MAX_COLUMNS {
                put(&mut rows, row, column, text);
            }
        }
        sheets.push(rows);
    }
    match (sheets.iter().all(Vec::is_empty), is_broken) {
        (false, _) => Ok(sheets),
        (true, true) => Err(SheetError::BrokenWorkbook),
        (true, false) => Err(SheetError::Empty),
    }
}

fn put(rows: &mut Vec<Row>, number: usize, column: usize, text: String) {
    while rows.len() < number {
        rows.push(Row { number: rows.len() + 1, cells: vec![] });
    }
    if let Some(row) = rows.get_mut(number - 1) {
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = row.cells.get_mut(column) {
            *cell = text;
        }
    }
}

fn cell_text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(n) => n.to_string(),
        DataRef::Float(n) => n.to_string(),
        DataRef::SharedString(s) => tidy(s),
        DataRef::Bool(b) => if *b { "Yes" } else { "No" }.to_owned(),
        // Excel turns "Mar 2009" into the first of March.
        DataRef::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::String(s) | DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => tidy(s),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// The sizes the archive's directory gives for its files once unpacked.
fn unpacked_size(bytes: &[u8]) -> u64 {
    bytes
        .windows(46)
        .filter(|entry| entry.starts_with(b"PK\x01\x02"))
        .filter_map(|entry| entry.get(24..28)?.try_into().ok())
        .map(|size| u64::from(u32::from_le_bytes(size)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { bytes: 1024 * 1024, rows: 100 };

    fn first(bytes: &[u8]) -> Vec<Vec<String>> {
        read(bytes, LIMITS).unwrap().remove(0).into_iter().map(|r| r.cells).collect()
    }

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_leave_no_trace() {
        let rows = first("\u{feff}Ref,Action\r\n1,\"a\r\nb\"\r\n".as_bytes());
        assert_eq!(rows, [["Ref", "Action"], ["1", "a\nb"]]);
    }

    #[test]
    fn a_file_saved_by_excel_on_windows_keeps_its_dashes_and_pounds() {
        assert_eq!(first(b"Apr \x96 Jun,\xa32k\n"), [["Apr \u{2013} Jun", "\u{a3}2k"]]);
    }

    #[test]
    fn semicolons_are_one_of_the_readings() {
        let tables = read(b"Ref;Action\n1;Do it\n", LIMITS).unwrap();
        assert!(tables.iter().any(|t| t[1].cells == ["1", "Do it"]));
    }

    #[test]
    fn what_is_no_table_is_refused_in_plain_words() {
        assert_eq!(read(b"", LIMITS), Err(SheetError::Empty));
        assert_eq!(read(b" \n \n", LIMITS), Err(SheetError::Empty));
        assert_eq!(read(b"\x89PNG\0\0\0", LIMITS), Err(SheetError::Picture));
        assert_eq!(read(b"\xff\xd8\xff\xe0 a photo", LIMITS), Err(SheetError::Picture));
        assert_eq!(read(b"%PDF-1.7 a plan", LIMITS), Err(SheetError::Pdf));
        assert_eq!(read(b"\x01\x02\x03 something else", LIMITS), Err(SheetError::NotATable));
        assert_eq!(read(&[0xd0, 0xcf, 0x11, 0xe0, 1], LIMITS), Err(SheetError::OldWorkbook));
        assert_eq!(read(b"PK\x03\x04 not really", LIMITS), Err(SheetError::BrokenWorkbook));
        assert_eq!(read(&vec![b'a'; LIMITS.bytes + 1], LIMITS), Err(SheetError::TooLarge(LIMITS.bytes)));
        assert_eq!(read("x\n".repeat(LIMITS.rows + 1).as_bytes(), LIMITS), Err(SheetError::TooManyRows(LIMITS.rows)));
    }

    #[test]
    fn a_name_that_promises_another_kind_of_file_is_told() {
        assert_eq!(check_name("plan.xlsx", b"half a file"), Err(SheetError::NotAWorkbook));
        assert_eq!(check_name("photo.JPG", b"half a file"), Err(SheetError::Picture));
        assert_eq!(check_name("plan.csv", b"\xff\xd8\xff"), Err(SheetError::Picture));
        assert_eq!(check_name("plan.pdf", b"text"), Err(SheetError::Pdf));
        for (name, text) in [("plan.xlsx", "PK\u{3}\u{4}"), ("plan.csv", "Ref"), ("png", "Ref"), ("", "")] {
            assert_eq!(check_name(name, text.as_bytes()), Ok(()), "{name}");
        }
    }

    #[test]
    fn a_quotation_mark_never_closed_names_its_row() {
        let text = format!("Ref,Action\n1,\"{}", "lost ".repeat(5_000));
        assert_eq!(read(text.as_bytes(), LIMITS), Err(SheetError::CellTooLong(2)));
    }

    #[test]
    fn an_archive_that_unpacks_to_too_much_is_refused() {
        let mut bytes = b"PK\x01\x02".to_vec();
        bytes.extend([0; 20]);
        bytes.extend(u32::MAX.to_le_bytes());
        bytes.extend([0; 30]);
        assert_eq!(read(&bytes, LIMITS), Err(SheetError::TooLarge(LIMITS.bytes)));
    }
}
