//! Finding the table in a sheet: the header row by the names of its columns, title rows above it.

use crate::exchange::sheet::Row;

/// Which column holds what. Only the reference and the action are always there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// `Ref`.
    pub reference: usize,
    /// `Specific action`.
    pub text: usize,
    /// `Measured by`.
    pub measure: Option<usize>,
    /// `Lead staff`.
    pub leads: Option<usize>,
    /// `Resources`.
    pub resources: Option<usize>,
    /// `Deadline`.
    pub deadline: Option<usize>,
    /// `Outcomes and comments`.
    pub outcome: Option<usize>,
    /// `Status`.
    pub status: Option<usize>,
    /// Columns with another heading: their text is kept beside the outcomes.
    pub others: Vec<(usize, String)>,
}

/// A header found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its place among the rows.
    pub at: usize,
    /// What it says.
    pub columns: Columns,
}

/// Headers stand within so many rows of the top.
const WITHIN: usize = 30;

/// Finds the header row, if there is one.
#[must_use]
pub fn find(rows: &[Row]) -> Option<Header> {
    rows.iter().take(WITHIN).enumerate().find_map(|(at, row)| Some(Header { at, columns: read(&row.cells)? }))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Reference,
    Text,
    Measure,
    Leads,
    Resources,
    Deadline,
    Outcome,
    Status,
}

fn read(cells: &[String]) -> Option<Columns> {
    let named: Vec<Option<Is>> = cells.iter().map(|c| column(c)).collect();
    let place = |is: Is| named.iter().position(|n| *n == Some(is));
    let mut columns = Columns {
        reference: place(Is::Reference)?,
        text: place(Is::Text)?,
        measure: place(Is::Measure),
        leads: place(Is::Leads),
        resources: place(Is::Resources),
        deadline: place(Is::Deadline),
        outcome: place(Is::Outcome),
        status: place(Is::Status),
        others: vec![],
    };
    columns.deadline.or(columns.status)?;
    let taken = |at: usize| named.get(at).copied().flatten().is_some_and(|is| place(is) == Some(at));
    columns.others = cells
        .iter()
        .enumerate()
        .filter(|(at, name)| !taken(*at) && !name.is_empty())
        .map(|(at, name)| (at, name.clone()))
        .collect();
    Some(columns)
}

fn column(heading: &str) -> Option<Is> {
    let name = heading.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let first = words.first().copied()?;
    let any = |list: &[&str]| words.iter().any(|w| list.iter().any(|l| w.starts_with(l)));
    Some(match first {
        "ref" | "reference" | "refs" => Is::Reference,
        "no" | "number" | "item" | "id" if words.len() == 1 => Is::Reference,
        _ if any(&["measure", "evidence"]) => Is::Measure,
        _ if any(&["deadline", "timescale"]) || name.contains("by when") || name.contains("target date") => {
            Is::Deadline
        }
        "due" | "when" => Is::Deadline,
        _ if any(&["outcome", "comment", "impact"]) => Is::Outcome,
        _ if any(&["status", "progress", "update"]) => Is::Status,
        _ if any(&["lead", "responsib", "owner"]) || first == "who" => Is::Leads,
        _ if any(&["resource", "cost", "budget"]) => Is::Resources,
        _ if any(&["action", "task"]) || name.contains("what we will do") => Is::Text,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: usize, cells: &[&str]) -> Row {
        Row { number, cells: cells.iter().map(|c| (*c).to_owned()).collect() }
    }

    #[test]
    fn a_header_is_found_by_its_names_below_title_rows() {
        let rows = [
            row(1, &["Brindle Homes improvement plan"]),
            row(2, &["Updated on 3 May 2024"]),
            row(
                3,
                &[
                    "Ref",
                    "Specific action",
                    "Measured by",
                    "Lead staff (initials)",
                    "Resources",
                    "Deadline",
                    "Outcomes and comments",
                    "Status",
                ],
            ),
        ];
        let header = find(&rows).unwrap();
        assert_eq!(header.at, 2);
        assert_eq!((header.columns.leads, header.columns.status), (Some(3), Some(7)));
        assert!(header.columns.others.is_empty());
    }

    #[test]
    fn columns_may_stand_in_any_order_under_other_usual_names() {
        let columns = read(&row(1, &["Progress", "By when", "Owner", "Action", "No.", "Priority"]).cells).unwrap();
        assert_eq!((columns.reference, columns.text, columns.deadline), (4, 3, Some(1)));
        assert_eq!(columns.others, [(5, "Priority".to_owned())]);
    }

    #[test]
    fn a_second_column_of_the_same_name_is_kept_as_another() {
        let columns = read(&row(1, &["Ref", "Action", "Status", "Status last year"]).cells).unwrap();
        assert_eq!(columns.status, Some(2));
        assert_eq!(columns.others.len(), 1);
    }

    #[test]
    fn rows_without_a_reference_and_an_action_column_are_no_header() {
        assert_eq!(find(&[row(1, &["Name", "Colour"])]), None);
        assert_eq!(find(&[row(1, &["Ref", "Action"])]), None);
    }
}
