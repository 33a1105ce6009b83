//! What each row of a plan's table is: a theme, an objective, an action, or a part of the action
//! above it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::header::{self, Columns};
use crate::exchange::sheet::{self, Row, SheetError};
use crate::plans::dates;

/// The four kinds of row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A heading in capitals.
    Theme,
    /// A whole number.
    Objective,
    /// A number with a dot.
    Action,
    /// No number: part of the action above.
    SubRow,
}

/// The document's own text, cell by cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cells {
    /// What is to be done.
    pub text: String,
    /// How it is measured.
    pub measure: String,
    /// Who leads it.
    pub leads: String,
    /// What it costs.
    pub resources: String,
    /// By when.
    pub deadline: String,
    /// What it is to bring.
    pub outcome: String,
    /// How it stands.
    pub status: String,
}

impl Cells {
    /// What a row without words of its own is called by: its measure.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.text.is_empty() { &self.measure } else { &self.text }
    }
}

/// One row of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The row in the file, from 1.
    pub row: usize,
    /// What it is.
    pub kind: Kind,
    /// Its reference, if it has one.
    pub reference: Option<String>,
    /// The theme's title it stands under.
    pub theme: String,
    /// The objective's reference it stands under (its own, for an objective).
    pub objective: Option<String>,
    /// For a sub-row, the reference of the action above it.
    pub parent: Option<String>,
    /// From 0 among the themes, or among the sub-rows of one action; 0 for other rows.
    pub position: usize,
    /// The text as the document has it.
    pub cells: Cells,
    /// What was odd about the row as such.
    pub warnings: Vec<String>,
}

/// A plan as a file holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanFile {
    /// The first line above the table.
    pub title: Option<String>,
    /// The day the lines above the table give.
    pub dated: Option<NaiveDate>,
    /// The rows in order.
    pub entries: Vec<Entry>,
    /// Text outside the table, kept here so that a person sees it.
    pub notes: Vec<String>,
}

impl PlanFile {
    /// How many rows are of this kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.entries.iter().filter(|e| e.kind == kind).count()
    }
}

/// Why a file is no plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileError {
    /// Not a table.
    Sheet(SheetError),
    /// No row names the columns.
    NoHeader,
    /// A header with no action below it.
    NoActions,
    /// The same reference twice: the second row and the first.
    Twice { reference: String, row: usize, first: usize },
    /// A row that needs an objective above it.
    NoObjective { row: usize },
    /// A row without a reference that needs an action above it.
    NoAction { row: usize },
}

impl FileError {
    /// What to tell the person who sent the file, naming the place.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Sheet(error) => error.words(),
            Self::NoHeader => "No header row was found. The table needs a column headed \u{201c}Ref\u{201d}, one headed \u{201c}Action\u{201d}, and \u{201c}Deadline\u{201d} or \u{201c}Status\u{201d} or both.".to_owned(),
            Self::NoActions => "The table has a header but no actions below it.".to_owned(),
            Self::Twice { reference, row, first } => format!("Row {row}: reference {reference} stands in row {first} already. Each action needs a reference of its own."),
            Self::NoObjective { row } => format!("Row {row}: there is no objective (a row with a whole number) above this action."),
            Self::NoAction { row } => format!("Row {row}: this row has no reference and there is no action above it to belong to."),
        }
    }
}

/// Reads a plan from the bytes of a file.
///
/// # Errors
/// When nothing can be made of the file as a whole; what is odd in one row is a warning.
pub fn read(bytes: &[u8]) -> Result<PlanFile, FileError> {
    let tables = sheet::read(bytes).map_err(FileError::Sheet)?;
    let (rows, header) = tables.iter().find_map(|rows| Some((rows, header::find(rows)?))).ok_or(FileError::NoHeader)?;
    let (above, from_header) = rows.split_at_checked(header.at).unwrap_or((&[], rows));
    let above: Vec<&String> = above.iter().flat_map(|r| &r.cells).filter(|c| !c.is_empty()).collect();
    let mut file = PlanFile {
        title: above.first().map(|t| (*t).clone()),
        dated: above.iter().find_map(|t| dates::find_day(t)),
        entries: vec![],
        notes: above.iter().skip(1).map(|t| format!("Above the table: \u{201c}{t}\u{201d}")).collect(),
    };
    let body: Vec<&Row> = from_header.iter().skip(1).filter(|r| r.cells.iter().any(|c| !c.is_empty())).collect();
    let mut place = Place::default();
    for (at, row) in body.iter().enumerate() {
        let next = body.get(at + 1).map(|r| reference(r, &header.columns));
        place.add(row, next.as_deref(), &header.columns, &mut file)?;
    }
    if file.count(Kind::Action) == 0 {
        return Err(FileError::NoActions);
    }
    Ok(file)
}

fn reference(row: &Row, columns: &Columns) -> String {
    let raw = row.cells.get(columns.reference).map(String::as_str).unwrap_or_default();
    raw.trim().trim_end_matches('.').to_owned()
}

fn is_whole(reference: &str) -> bool {
    !reference.is_empty() && reference.chars().all(|c| c.is_ascii_digit())
}

fn is_dotted(reference: &str) -> bool {
    reference.contains('.') && reference.split('.').all(|p| p.starts_with(|c: char| c.is_ascii_digit()))
}

fn in_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 1 && !text.chars().any(char::is_lowercase)
}

fn cells(row: &Row, columns: &Columns) -> Cells {
    let get = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default();
    let mut outcome = get(columns.outcome);
    for (at, name) in &columns.others {
        let text = get(Some(*at));
        if !text.is_empty() {
            if !outcome.is_empty() {
                outcome.push('\n');
            }
            outcome.push_str(&format!("{name}: {text}"));
        }
    }
    Cells {
        text: get(Some(columns.text)),
        measure: get(columns.measure),
        leads: get(columns.leads),
        resources: get(columns.resources),
        deadline: get(columns.deadline),
        outcome,
        status: get(columns.status),
    }
}

/// Where in the plan the reading has come to.
#[derive(Default)]
struct Place {
    theme: String,
    objective: Option<String>,
    action: Option<String>,
    subs: usize,
    seen: Vec<(String, usize)>,
}

impl Place {
    fn add(&mut self, row: &Row, next: Option<&str>, columns: &Columns, file: &mut PlanFile) -> Result<(), FileError> {
        let reference = reference(row, columns);
        let cells = cells(row, columns);
        let only = |text: &str| !text.is_empty() && row.cells.iter().filter(|c| !c.is_empty()).count() == 1;
        let numbered = is_whole(&reference) || is_dotted(&reference);
        let heading = if only(&reference) && !numbered {
            Some(&reference)
        } else if only(&cells.text) && in_capitals(&cells.text) {
            Some(&cells.text)
        } else {
            None
        };
        if let Some(title) = heading {
            if in_capitals(title) || next.is_some_and(is_whole) {
                self.theme.clone_from(title);
                let cells = Cells { text: title.clone(), ..Cells::default() };
                self.push(file, row.number, Kind::Theme, None, cells, vec![]);
            } else {
                file.notes.push(format!(
                    "Row {}: \u{201c}{title}\u{201d} is not part of the table and was left out",
                    row.number
                ));
            }
            return Ok(());
        }
        if reference.is_empty() {
            if self.action.is_none() {
                return Err(FileError::NoAction { row: row.number });
            }
            self.push(file, row.number, Kind::SubRow, None, cells, vec![]);
            self.subs += 1;
            return Ok(());
        }
        if let Some((_, first)) = self.seen.iter().find(|(r, _)| *r == reference) {
            return Err(FileError::Twice { reference, row: row.number, first: *first });
        }
        self.seen.push((reference.clone(), row.number));
        let mut warnings = Vec::new();
        if is_whole(&reference) {
            self.objective = Some(reference.clone());
            self.action = None;
            self.push(file, row.number, Kind::Objective, Some(reference), cells, warnings);
            return Ok(());
        }
        let current = self.objective.clone().ok_or(FileError::NoObjective { row: row.number })?;
        if !is_dotted(&reference) {
            warnings.push(format!("The reference \u{201c}{reference}\u{201d} is not a number; kept as written"));
        } else if reference.split('.').next() != Some(current.as_str()) {
            warnings.push(format!("The reference {reference} stands under objective {current}; kept there"));
        }
        self.action = Some(reference.clone());
        self.subs = 0;
        self.push(file, row.number, Kind::Action, Some(reference), cells, warnings);
        Ok(())
    }

    fn push(
        &self,
        file: &mut PlanFile,
        row: usize,
        kind: Kind,
        reference: Option<String>,
        cells: Cells,
        warnings: Vec<String>,
    ) {
        let sub = kind == Kind::SubRow;
        let position = match kind {
            Kind::Theme => file.count(Kind::Theme),
            Kind::SubRow => self.subs,
            Kind::Objective | Kind::Action => 0,
        };
        file.entries.push(Entry {
            row,
            kind,
            reference,
            theme: self.theme.clone(),
            objective: if kind == Kind::Theme { None } else { self.objective.clone() },
            parent: if sub { self.action.clone() } else { None },
            position,
            cells,
            warnings,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Ref,Action,Deadline,Status\n";

    fn plan(body: &str) -> Result<PlanFile, FileError> {
        read(format!("{HEAD}{body}").as_bytes())
    }

    #[test]
    fn rows_are_told_apart_and_keep_their_place() {
        let file = plan(
            "HOMES,,,\n1,Repair faster,(May 2024),\n1.1,Text tenants,May 2024,\n,By app,,\n,By phone,,\n1.3,Check,,\n",
        )
        .unwrap();
        let kinds: Vec<Kind> = file.entries.iter().map(|e| e.kind).collect();
        assert_eq!(kinds, [Kind::Theme, Kind::Objective, Kind::Action, Kind::SubRow, Kind::SubRow, Kind::Action]);
        let sub = &file.entries[4];
        assert_eq!((sub.parent.as_deref(), sub.position, sub.theme.as_str()), (Some("1.1"), 1, "HOMES"));
        assert_eq!(file.entries[5].reference.as_deref(), Some("1.3"), "a gap in the numbers is kept");
    }

    #[test]
    fn a_heading_in_small_letters_needs_an_objective_after_it() {
        let file = plan("Homes and places,,,\n1,Repair,,\n1.1,Text,,\nKey to initials,,,\n").unwrap();
        assert_eq!(file.count(Kind::Theme), 1);
        assert!(file.notes[0].contains("Row 5") && file.notes[0].contains("Key to initials"));
    }

    #[test]
    fn what_is_wrong_names_its_row() {
        let words = |body: &str| plan(body).unwrap_err().words();
        assert!(words("1,Repair,,\n1.1,Text,,\n1.1,Again,,\n").starts_with("Row 4: reference 1.1 stands in row 3"));
        assert!(words("1.1,Text,,\n").starts_with("Row 2: there is no objective"));
        assert!(words("1,Repair,,\n,Part,May,\n").starts_with("Row 3: this row has no reference"));
        assert!(words("1,Repair,,\n").contains("no actions"));
        assert!(read(b"a,b\n1,2\n").unwrap_err().words().contains("Ref"));
    }

    #[test]
    fn lines_above_the_table_give_title_and_day() {
        let file = read(
            format!("Brindle Homes plan,,,\nUpdated on 12 March 2024,,,\n{HEAD}1,Repair,,\n1.1,Text,,\n").as_bytes(),
        )
        .unwrap();
        assert_eq!(file.title.as_deref(), Some("Brindle Homes plan"));
        assert_eq!(file.dated, NaiveDate::from_ymd_opt(2024, 3, 12));
    }

    #[test]
    fn a_column_of_another_name_is_kept_beside_the_outcomes() {
        let file = read(b"Ref,Action,Status,Priority\n1,Repair,,\n1.1,Text,Done,High\n").unwrap();
        assert_eq!(file.entries[1].cells.outcome, "Priority: High");
    }
}
