//! Taking a list over: all of it in one transaction.

use chrono::NaiveDate;

use super::look::{Look, Step};
use crate::db::{self, Tx};
use crate::residents::store::households;
use crate::ui;
use crate::web::number::grouped;

/// Keeps what a list says. Homes that it lacks stay as they are, or are marked as no longer listed.
///
/// # Errors
/// When the database refuses; the transaction must then be dropped.
pub async fn apply(tx: &mut Tx, look: &Look, end_missing: bool, today: NaiveDate) -> Result<(), db::Error> {
    for line in &look.lines {
        match line.step {
            Step::Added => households::insert(tx, &line.home).await.map(|_| ())?,
            Step::Changed { .. } => households::update(tx, &line.home).await?,
            Step::Same => {}
        }
    }
    if end_missing {
        for home in &look.missing {
            households::end(tx, home.id, today).await?;
        }
    }
    Ok(())
}

/// What was done, in one sentence without a name.
#[must_use]
pub fn sentence(look: &Look, end_missing: bool) -> String {
    let (added, changed, same) = look.counts();
    let mut parts =
        vec![format!("{} new, {} changed, {} as they were", grouped(&added), grouped(&changed), grouped(&same))];
    if !look.faults.is_empty() {
        parts.push(ui::counted(look.faults.len(), "row was not taken", "rows were not taken"));
    }
    if !look.notes.is_empty() {
        parts.push(ui::counted(look.notes.len(), "note", "notes"));
    }
    if !look.missing.is_empty() {
        let homes = ui::counted(look.missing.len(), "home", "homes");
        let done = if end_missing { "marked as no longer listed" } else { "not in the list and left as they were" };
        parts.push(format!("{homes} {done}"));
    }
    parts.join("; ")
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
