//! The history of a plan: every change of words leaves a row with who, when, why, the old and the new value. Rows are
//! only ever added, and from them the words of any past day are read back (`rewind`).

use chrono::NaiveDate;

use super::action::{Action, Source};
use super::month::Month;
use super::object::{Object, field};
use super::plan::{Objective, Plan, PlanId, Theme};
use super::store::{self, Change, Written};
use crate::clock::london_day;
use crate::db::{self, Tx};

/// One field that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Its name in the history.
    pub field: &'static str,
    pub old: String,
    pub new: String,
}

impl Edit {
    /// A field with what stood there and what stands there now.
    #[must_use]
    pub fn new(field: &'static str, old: impl Into<String>, new: impl Into<String>) -> Self {
        Self { field, old: old.into(), new: new.into() }
    }
}

/// Why something changes, and whose words say so.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// In words; may be empty.
    pub reason: &'a str,
    pub source: Source,
    /// The day from which it counts: the document's own, or the one on which staff said it.
    pub said_on: NaiveDate,
}

impl<'a> Why<'a> {
    /// Said by staff, from the moment of writing on.
    #[must_use]
    pub fn staff(reason: &'a str, written: Written) -> Self {
        Self { reason, source: Source::Staff, said_on: london_day(written.at) }
    }
}

/// The fields in which two wordings of a thing differ.
fn differing<const N: usize>(fields: [(&'static str, String, String); N]) -> Vec<Edit> {
    fields.into_iter().filter(|(_, old, new)| old != new).map(|(field, old, new)| Edit { field, old, new }).collect()
}

/// What differs between two wordings of a plan.
#[must_use]
pub fn of_plan(old: &Plan, title: &str, introduction: &str) -> Vec<Edit> {
    differing([
        (field::TITLE, old.title.clone(), title.to_owned()),
        (field::INTRODUCTION, old.introduction.clone(), introduction.to_owned()),
    ])
}

/// What differs between two wordings of a theme.
#[must_use]
pub fn of_theme(old: &Theme, new: &Theme) -> Vec<Edit> {
    differing([
        (field::TITLE, old.title.clone(), new.title.clone()),
        (field::PLACE, old.position.to_string(), new.position.to_string()),
    ])
}

/// What differs between two wordings of an objective.
#[must_use]
pub fn of_objective(old: &Objective, new: &Objective) -> Vec<Edit> {
    let month = |o: &Objective| o.target.map(|t: Month| t.to_string()).unwrap_or_default();
    differing([
        (field::NUMBER, old.reference.clone(), new.reference.clone()),
        (field::OBJECTIVE, old.title.clone(), new.title.clone()),
        (field::TARGET, month(old), month(new)),
        (field::STANDS_UNDER, old.theme.to_string(), new.theme.to_string()),
        (field::PLACE, old.position.to_string(), new.position.to_string()),
    ])
}

/// What differs between two wordings of an action, apart from its leads.
#[must_use]
pub fn of_action(old: &Action, new: &Action) -> Vec<Edit> {
    let reference = |a: &Action| a.reference.clone().unwrap_or_default();
    let merged = |a: &Action| a.merged_into.map(|id| id.to_string()).unwrap_or_default();
    differing([
        (field::REFERENCE, reference(old), reference(new)),
        (field::ACTION, old.title.clone(), new.title.clone()),
        (field::MEASURE, old.measure.clone(), new.measure.clone()),
        (field::OUTCOME, old.outcome.clone(), new.outcome.clone()),
        (field::RESOURCES, old.resources_text.clone(), new.resources_text.clone()),
        (field::STANDS_UNDER, old.objective.to_string(), new.objective.to_string()),
        (field::PLACE, old.position.to_string(), new.position.to_string()),
        (field::MERGED_INTO, merged(old), merged(new)),
    ])
}

/// Keeps the changes of one thing; `subject` names it in words.
///
/// # Errors
/// When the database refuses.
pub async fn note(
    tx: &mut Tx,
    plan: PlanId,
    (object, subject): (Object, &str),
    edits: &[Edit],
    why: Why<'_>,
    written: Written,
) -> Result<(), db::Error> {
    for edit in edits {
        let change = Change {
            action_id: object.action(),
            subject: subject.to_owned(),
            object: object.code(),
            field: edit.field.to_owned(),
            old_value: edit.old.clone(),
            new_value: edit.new.clone(),
            reason: why.reason.to_owned(),
            source: why.source.code().to_owned(),
            said_on: why.said_on,
            recorded_at: written.at,
            account_id: written.by,
        };
        store::insert_change(tx, plan, &change).await?;
    }
    Ok(())
}

/// Keeps that something is there from now on.
///
/// # Errors
/// When the database refuses.
pub async fn note_added(
    tx: &mut Tx,
    plan: PlanId,
    (object, subject): (Object, &str),
    why: Why<'_>,
    written: Written,
) -> Result<(), db::Error> {
    note(tx, plan, (object, subject), &[Edit::new(field::ADDED, "", subject)], why, written).await
}
