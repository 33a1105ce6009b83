//! Workbooks, written so that no cell can be a formula: words are always kept as words.

use std::path::Path;

use chrono::{DateTime, Utc};
use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};

use super::variable::Value;

/// The media type of a workbook.
pub const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The most characters that a cell can hold.
const LONGEST: usize = 32_767;

/// One sheet. Its rows are taken one after the other and never held together.
pub struct Sheet<'a> {
    /// Its name, 31 characters at most.
    pub name: &'static str,
    /// The heads of its columns; none for a sheet of words only.
    pub head: Vec<String>,
    /// The rows under the heads.
    pub rows: Box<dyn Iterator<Item = Vec<Value>> + 'a>,
}

/// Writes a workbook with these sheets, made at this moment. Rows that are done lie in files without a name in the folder
/// `scratch`, so that memory holds one at a time.
///
/// # Errors
/// When there is no room for those files, or a sheet has more rows or columns than a workbook can hold.
pub fn write(made_at: DateTime<Utc>, scratch: &Path, sheets: Vec<Sheet<'_>>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_tempdir(scratch)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made_at));
    let (head, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    for sheet in sheets {
        let page = book.add_worksheet_with_constant_memory()?;
        page.set_name(sheet.name)?;
        let mut row = 0;
        if !sheet.head.is_empty() {
            page.set_freeze_panes(1, 0)?;
            for (column, words) in (0..).zip(&sheet.head) {
                page.write_string_with_format(row, column, cut(words), &head)?;
            }
            row += 1;
        }
        for cells in sheet.rows {
            for (column, cell) in (0..).zip(cells) {
                put(page, row, column, &cell, &day)?;
            }
            row += 1;
        }
    }
    book.save_to_buffer()
}

fn put(page: &mut Worksheet, row: u32, column: u16, cell: &Value, day: &Format) -> Result<(), XlsxError> {
    let written = match cell {
        Value::Blank => return Ok(()),
        Value::Number(number) => page.write_number(row, column, *number),
        Value::Day(on) => page.write_datetime_with_format(row, column, on, day),
        Value::Words(words) => page.write_string(row, column, cut(words)),
    };
    written.map(|_| ())
}

fn cut(words: &str) -> String {
    words.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};
    use proptest::prelude::*;

    use super::*;

    fn written(cells: Vec<Vec<Value>>) -> calamine::Range<Data> {
        let sheet = Sheet { name: "Data", head: vec!["=head".to_owned()], rows: Box::new(cells.into_iter()) };
        let bytes = write("2026-11-16T12:00:00Z".parse().unwrap(), &std::env::temp_dir(), vec![sheet]).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert!(book.worksheet_formula("Data").unwrap().is_empty(), "there is a formula");
        book.worksheet_range("Data").unwrap()
    }

    #[test]
    fn v16_what_begins_like_a_formula_is_words_to_another_reader() {
        let cells = ["=1+1", "+44 1632", "-5", "@SUM(A1)", "\tx", "{=A1}", "https://example.org", "a\nb", "ŵ"];
        let range = written(vec![cells.iter().map(|words| Value::words(*words)).collect()]);
        assert_eq!(range.get_value((0, 0)), Some(&Data::String("=head".to_owned())));
        for (column, words) in (0..).zip(cells) {
            assert_eq!(range.get_value((1, column)), Some(&Data::String(words.to_owned())), "{words}");
        }
    }

    #[test]
    fn numbers_and_days_are_no_words_and_a_blank_is_nothing() {
        let on = "2026-11-16".parse().unwrap();
        let range = written(vec![vec![Value::Number(2.5), Value::Day(on), Value::Blank, Value::words("x")]]);
        assert_eq!(range.get_value((1, 0)), Some(&Data::Float(2.5)));
        let Some(Data::DateTime(day)) = range.get_value((1, 1)) else { panic!("no day") };
        assert_eq!(&day.to_ymd_hms_milli().0, &2026);
        assert_eq!(range.get_value((1, 2)), Some(&Data::Empty));
        assert_eq!(range.get_value((1, 3)), Some(&Data::String("x".to_owned())));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_words_come_back_as_they_were(words in "[ -~£éŵ…\n]{1,60}") {
            let range = written(vec![vec![Value::Words(words.clone())]]);
            prop_assert_eq!(range.get_value((1, 0)), Some(&Data::String(words)));
        }
    }
}
