//! What a row means beside what it says: structured values, and a warning wherever they fall short.

use super::rows::{Cells, Entry, Kind};
use crate::plans::deadline::{self, Deadline};
use crate::plans::leads::{self, Lead};
use crate::plans::prose;
use crate::plans::resources::{self, Resources};

/// The structured reading of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// By when.
    pub deadline: Deadline,
    /// Who.
    pub leads: Vec<Lead>,
    /// At what cost.
    pub resources: Resources,
    /// How it stands.
    pub status: prose::Reading,
    /// Everything a person should look at, each naming its column.
    pub warnings: Vec<String>,
}

/// Reads the cells of an action or sub-row.
#[must_use]
pub fn read(cells: &Cells) -> Reading {
    let (deadline, by_when) = deadline::read(&cells.deadline);
    let (resources, costs) = resources::read(&cells.resources);
    let leads = leads::read(&cells.leads);
    let status = prose::read(&cells.status, &deadline);
    let mut warnings = Vec::new();
    if cells.text.is_empty() {
        warnings.push("Action: the cell is empty; the measure stands for it".to_owned());
    }
    if cells.deadline.is_empty() {
        warnings.push("Deadline: none is given".to_owned());
    }
    if cells.leads.is_empty() {
        warnings.push("Lead: nobody is named".to_owned());
    }
    warnings.extend(by_when.into_iter().map(|w| format!("Deadline: {w}")));
    warnings.extend(costs.into_iter().map(|w| format!("Resources: {w}")));
    warnings.extend(status.warnings.iter().map(|w| format!("Status: {w}")));
    Reading { deadline, leads, resources, status, warnings }
}

/// Reads a row of the file. A theme has no reading, an objective only its target month.
#[must_use]
pub fn of(entry: &Entry) -> Option<Reading> {
    match entry.kind {
        Kind::Theme => None,
        Kind::Objective => {
            let (deadline, warnings) = deadline::read(&entry.cells.deadline);
            let mut reading = read(&Cells::default());
            reading.deadline = deadline;
            reading.warnings = warnings.into_iter().map(|w| format!("Target month: {w}")).collect();
            Some(reading)
        }
        Kind::Action | Kind::SubRow => {
            let mut reading = read(&entry.cells);
            reading.warnings.splice(0..0, entry.warnings.clone());
            Some(reading)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::status::Status;

    #[test]
    fn every_shortfall_is_a_warning_that_names_its_column() {
        let cells = Cells {
            text: "Ask visitors".to_owned(),
            leads: String::new(),
            resources: "Officer time".to_owned(),
            deadline: "when agreed".to_owned(),
            status: "Visitors were asked".to_owned(),
            ..Cells::default()
        };
        let reading = read(&cells);
        assert_eq!(reading.status.status, Status::Unclassified);
        let columns: Vec<&str> = reading.warnings.iter().filter_map(|w| w.split(':').next()).collect();
        assert_eq!(columns, ["Lead", "Deadline", "Resources", "Status"]);
    }

    #[test]
    fn a_row_that_is_plain_has_no_warning() {
        let cells = Cells {
            text: "Ask visitors".to_owned(),
            leads: "AB".to_owned(),
            resources: "NAC".to_owned(),
            deadline: "May 2024".to_owned(),
            status: "Complete.".to_owned(),
            ..Cells::default()
        };
        assert_eq!(read(&cells).warnings, Vec::<String>::new());
    }
}
