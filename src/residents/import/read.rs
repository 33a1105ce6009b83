//! The rows of a list as homes: what each row says, what of it cannot be used, and which rows cannot be taken.

use std::collections::HashMap;

use super::LIMITS;
use super::columns::{Columns, Field};
use crate::exchange::Fault;
use crate::exchange::sheet::{self, Row, SheetError};
use crate::mail;
use crate::residents::household::Way;

/// The table of a file: its headings, then the rows below that hold anything.
#[derive(Clone, Debug)]
pub struct Table {
    pub heading: Row,
    pub rows: Vec<Row>,
}

/// What a row says of one home: only of the fields that have a column and a cell that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The row as the spreadsheet numbers it.
    pub row: usize,
    pub reference: String,
    /// As it would be kept. The reason stands for "do not contact"; a list never lifts that, so it is never empty.
    pub values: Vec<(Field, String)>,
}

/// Everything that a table says.
#[derive(Clone, Debug, Default)]
pub struct Read {
    pub listed: Vec<Listed>,
    /// Rows that cannot be taken.
    pub faults: Vec<Fault>,
    /// Cells that are left out of rows that are taken.
    pub notes: Vec<Fault>,
}

/// Finds the table in a file: the one whose headings say most.
///
/// # Errors
/// When the file is no table or is too large.
pub fn table(bytes: &[u8]) -> Result<Table, SheetError> {
    let tables = sheet::read(bytes, LIMITS)?.into_iter().filter_map(|rows| {
        let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        let heading = rows.next()?;
        Some(Table { heading, rows: rows.collect() })
    });
    let best = tables.max_by_key(|table| {
        let cells = table.heading.cells.len();
        (Columns::guess(&table.heading).len(), cells)
    });
    best.ok_or(SheetError::Empty)
}

/// Reads every row.
#[must_use]
pub fn read(table: &Table, columns: &Columns) -> Read {
    let mut read = Read::default();
    let mut first: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let cell = |field: Field| columns.of(field).map(|at| row.cells.get(at).map_or("", String::as_str));
        let fault = |field: Field, message: String| Fault::new(row.number, field.label(), message);
        let reference = plain(cell(Field::Reference).unwrap_or_default());
        let long =
            Field::ALL.into_iter().find(|field| cell(*field).unwrap_or_default().chars().count() > field.longest());
        let wrong = if reference.is_empty() {
            Some(fault(Field::Reference, "a home needs a reference".to_owned()))
        } else if let Some(field) = long {
            Some(fault(field, format!("the cell has more than {} characters", field.longest())))
        } else {
            first.get(&reference).map(|earlier| {
                let words = format!("row {earlier} is of the same home. Each home is asked once, so it is listed once");
                fault(Field::Reference, words)
            })
        };
        if let Some(wrong) = wrong {
            read.faults.push(wrong);
            continue;
        }
        let mut values = Vec::new();
        for field in Field::ALL {
            let Some(words) = cell(field) else { continue };
            match value(field, words) {
                Ok(Some(value)) => values.push((field, value)),
                Ok(None) => {}
                Err(why) => read.notes.push(fault(field, why)),
            }
        }
        if let Some(reason) = no_contact(cell(Field::NoContact), cell(Field::NoContactReason)) {
            values.push((Field::NoContact, reason));
        }
        first.insert(reference.clone(), row.number);
        read.listed.push(Listed { row: row.number, reference, values });
    }
    read
}

/// A cell as it would be kept; nothing for what is read elsewhere.
fn value(field: Field, words: &str) -> Result<Option<String>, String> {
    Ok(Some(match field {
        Field::Reference | Field::NoContact | Field::NoContactReason => return Ok(None),
        Field::Name | Field::Area | Field::Tenure | Field::Language => plain(words),
        Field::Address => words.lines().map(plain).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        Field::Email => {
            let address = plain(words).to_lowercase();
            if !address.is_empty() && !mail::is_address(&address) {
                return Err(format!("“{}” is not an e-mail address, so it is left out", plain(words)));
            }
            address
        }
        Field::Mobile | Field::Telephone => number(words)?,
        Field::Preferred if words.trim().is_empty() => String::new(),
        Field::Preferred => match Way::read(words) {
            Some(way) => way.code().to_owned(),
            None => return Err(format!("“{}” is no way that we know, so it is left out", plain(words))),
        },
    }))
}

/// A text on one line, without what cannot be stored.
pub(super) fn plain(words: &str) -> String {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A telephone number in figures. A spreadsheet takes the nought from the front of a number, which is put back.
fn number(words: &str) -> Result<String, String> {
    let figures: String = words.replace("(0)", "").chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let figures = match figures.strip_prefix("+44").or_else(|| figures.strip_prefix("0044")) {
        Some(national) => format!("0{}", national.trim_start_matches('0')),
        None => figures,
    };
    let figures = if figures.len() == 10 && !figures.starts_with(['0', '+']) { format!("0{figures}") } else { figures };
    let is_abroad = figures.starts_with('+') && (9..=16).contains(&figures.len());
    let is_number = figures.starts_with('0') && (10..=11).contains(&figures.len());
    if words.trim().is_empty() {
        return Ok(String::new());
    }
    let others = words.chars().any(char::is_alphabetic) || figures.rfind('+').is_some_and(|at| at > 0);
    if (is_abroad || is_number) && !others {
        return Ok(figures);
    }
    Err(format!("“{}” is not a telephone number, so it is left out", plain(words)))
}

/// Why nobody in a home may be contacted, where a row says so. Words that are neither yes nor no count as a reason, since
/// writing to somebody who asked us not to is worse than not asking them.
fn no_contact(cell: Option<&str>, reason: Option<&str>) -> Option<String> {
    let (cell, reason) = (cell.map(plain), plain(reason.unwrap_or_default()));
    let given = |reason: String| if reason.is_empty() { "The list says so".to_owned() } else { reason };
    match cell.as_deref().map(str::to_lowercase).as_deref() {
        None if reason.is_empty() => None,
        None => Some(reason),
        Some("" | "no" | "n" | "0" | "false") => None,
        Some("yes" | "y" | "1" | "true" | "x") => Some(given(reason)),
        Some(_) => Some(if reason.is_empty() { cell.unwrap_or_default() } else { reason }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Read {
        let table = table(text.as_bytes()).unwrap();
        let columns = Columns::guess(&table.heading);
        read(&table, &columns)
    }

    #[test]
    fn cells_are_kept_as_they_are_used() {
        let read = of("Ref;Name;E-mail;Mobile;Phone;Preferred;Do not contact\n\
            H1; Ann  Lark ;ANN@Home.example;7700900123;+44 (0)1632 960001;SMS;no\n");
        let expected = [
            (Field::Name, "Ann Lark"),
            (Field::Email, "ann@home.example"),
            (Field::Mobile, "07700900123"),
            (Field::Telephone, "01632960001"),
            (Field::Preferred, "text"),
        ];
        assert_eq!(read.listed[0].values, expected.map(|(field, words)| (field, words.to_owned())));
        assert_eq!((read.listed[0].reference.as_str(), read.listed[0].row), ("H1", 2));
        assert!(read.faults.is_empty() && read.notes.is_empty());
    }

    #[test]
    fn a_cell_that_cannot_be_used_is_named_and_the_home_is_taken() {
        let read = of("Ref,Email,Mobile,Channel\nH1,ann at home,ring me,pigeon\nH2,,12,\n");
        let said: Vec<String> = read.notes.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 4, "{said:?}");
        assert!(said[0].starts_with("Row 2, column E-mail address: “ann at home” is not"), "{}", said[0]);
        assert_eq!(read.listed.len(), 2);
        assert!(read.listed[0].values.is_empty());
    }

    #[test]
    fn a_row_without_a_reference_or_of_a_home_listed_before_is_named_and_not_taken() {
        let long = "x".repeat(61);
        let read = of(&format!("Ref,Name,Area\n,Nobody,Mill\nH1,Ann,Mill\nH1,Bob,Mill\nH2,Cy,{long}\n"));
        let said: Vec<String> = read.faults.iter().map(ToString::to_string).collect();
        assert_eq!(said[0], "Row 2, column Reference of the home: a home needs a reference");
        assert!(said[1].starts_with("Row 4, column Reference of the home: row 3 is of the same home"), "{}", said[1]);
        assert_eq!(said[2], "Row 5, column Area: the cell has more than 60 characters");
        assert_eq!(read.listed.len(), 1);
    }

    #[test]
    fn whoever_must_not_be_contacted_is_never_missed() {
        for (cell, reason, kept) in [
            (Some("Yes"), Some("Asked in May"), Some("Asked in May")),
            (Some("x"), None, Some("The list says so")),
            (Some("no"), Some("an old note"), None),
            (Some(""), None, None),
            (Some("in hospital"), None, Some("in hospital")),
            (None, Some("Lives abroad"), Some("Lives abroad")),
            (None, Some(" "), None),
            (None, None, None),
        ] {
            assert_eq!(no_contact(cell, reason).as_deref(), kept, "{cell:?} {reason:?}");
        }
    }

    #[test]
    fn of_several_readings_the_one_whose_headings_say_most_is_taken() {
        let table = table("Ref;Name, full;Area\nH1;Lark, Ann;Mill\n".as_bytes()).unwrap();
        assert_eq!(table.heading.cells, ["Ref", "Name, full", "Area"]);
        assert!(matches!(super::table(b"\n\n"), Err(SheetError::Empty)));
    }
}
