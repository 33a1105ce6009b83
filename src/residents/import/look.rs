//! A list beside the homes that are known: what is new, what would change, what stays, what is missing from it.

use std::collections::HashMap;

use super::columns::{Columns, Field};
use super::read::{self, Listed, Table};
use crate::db::{self, Tx};
use crate::exchange::Fault;
use crate::residents::household::Household;
use crate::residents::store::households;

/// A value that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    pub field: Field,
    pub old: String,
    pub new: String,
}

/// What a row of the list would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A home that was not known.
    Added,
    /// A home that changes: in some values, or by being listed again.
    Changed { fields: Vec<FieldChange>, returns: bool },
    /// A home that stays as it is.
    Same,
}

/// A row with the home as it would be kept.
#[derive(Clone, Debug)]
pub struct Line {
    pub row: usize,
    pub home: Household,
    pub step: Step,
}

/// Everything that a list would do.
#[derive(Clone, Debug, Default)]
pub struct Look {
    pub lines: Vec<Line>,
    pub faults: Vec<Fault>,
    pub notes: Vec<Fault>,
    /// Homes that are known and listed no more.
    pub missing: Vec<Household>,
}

impl Look {
    /// How many homes are new, how many change, how many stay.
    #[must_use]
    pub fn counts(&self) -> (usize, usize, usize) {
        let of = |wanted: fn(&Step) -> bool| self.lines.iter().filter(|line| wanted(&line.step)).count();
        (
            of(|step| matches!(step, Step::Added)),
            of(|step| matches!(step, Step::Changed { .. })),
            of(|step| matches!(step, Step::Same)),
        )
    }
}

/// Compares a table with the homes that are known.
///
/// # Errors
/// When the database refuses.
pub async fn look(tx: &mut Tx, table: &Table, columns: &Columns) -> Result<Look, db::Error> {
    let known = households::list(tx).await?;
    let mut known: HashMap<String, Household> = known.into_iter().map(|home| (home.reference.clone(), home)).collect();
    let read = read::read(table, columns);
    let mut look = Look { faults: read.faults, notes: read.notes, ..Look::default() };
    for listed in &read.listed {
        let line = match known.remove(&listed.reference) {
            Some(home) => changed(home, listed, &mut look.notes),
            None => added(listed),
        };
        look.lines.push(line);
    }
    // A row that cannot be taken still says that its home is there.
    let at = columns.of(Field::Reference);
    for row in &table.rows {
        if let Some(cell) = at.and_then(|at| row.cells.get(at)) {
            known.remove(&read::plain(cell));
        }
    }
    look.missing = known.into_values().filter(|home| home.ended_on.is_none()).collect();
    look.missing.sort_by(|one, other| one.reference.cmp(&other.reference));
    Ok(look)
}

fn added(listed: &Listed) -> Line {
    let mut home = Household::of_reference(&listed.reference);
    for (field, words) in &listed.values {
        put(&mut home, *field, words);
    }
    Line { row: listed.row, home, step: Step::Added }
}

fn changed(mut home: Household, listed: &Listed, notes: &mut Vec<Fault>) -> Line {
    let returns = home.ended_on.take().is_some();
    let mut fields = Vec::new();
    let mut kept_erased = false;
    for (field, new) in &listed.values {
        let old = of(&home, *field);
        if old == *new || (*field == Field::NoContact && !old.is_empty()) {
            continue;
        }
        if home.erased_at.is_some() && is_personal(*field) {
            kept_erased = kept_erased || !new.is_empty();
            continue;
        }
        put(&mut home, *field, new);
        fields.push(FieldChange { field: *field, old, new: new.clone() });
    }
    if kept_erased {
        let words = "the details of this home were erased because somebody asked, so they are not brought back";
        notes.push(Fault::new(listed.row, "", words));
    }
    let step = if fields.is_empty() && !returns { Step::Same } else { Step::Changed { fields, returns } };
    Line { row: listed.row, home, step }
}

/// Whether a value says who somebody is or how to reach them.
fn is_personal(field: Field) -> bool {
    matches!(
        field,
        Field::Name
            | Field::Email
            | Field::Mobile
            | Field::Telephone
            | Field::Address
            | Field::Preferred
            | Field::Language
    )
}

fn of(home: &Household, field: Field) -> String {
    match field {
        Field::Reference => home.reference.clone(),
        Field::Name => home.name.clone(),
        Field::Email => home.email.clone(),
        Field::Mobile => home.mobile.clone(),
        Field::Telephone => home.telephone.clone(),
        Field::Address => home.address.clone(),
        Field::Preferred => home.preferred.map(|way| way.code().to_owned()).unwrap_or_default(),
        Field::Area => home.area.clone(),
        Field::Tenure => home.tenure.clone(),
        Field::Language => home.language.clone(),
        Field::NoContact | Field::NoContactReason => home.no_contact.clone(),
    }
}

fn put(home: &mut Household, field: Field, words: &str) {
    let text = match field {
        Field::Preferred => {
            home.preferred = words.parse().ok();
            return;
        }
        Field::Reference => &mut home.reference,
        Field::Name => &mut home.name,
        Field::Email => &mut home.email,
        Field::Mobile => &mut home.mobile,
        Field::Telephone => &mut home.telephone,
        Field::Address => &mut home.address,
        Field::Area => &mut home.area,
        Field::Tenure => &mut home.tenure,
        Field::Language => &mut home.language,
        Field::NoContact | Field::NoContactReason => &mut home.no_contact,
    };
    words.clone_into(text);
}
