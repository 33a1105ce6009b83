//! What an import read, changed and could not read, in words for a terminal or a page.

use std::fmt;

use chrono::NaiveDate;

use super::diff::Step;
use super::look::Look;
use super::rows::{Entry, Kind};

/// The outcome of looking at a file, and of applying it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The file's own title.
    pub title: Option<String>,
    /// The day its readings stand for.
    pub said_on: NaiveDate,
    pub themes: usize,
    pub objectives: usize,
    pub actions: usize,
    pub sub_rows: usize,
    /// Rows new to the plan.
    pub added: usize,
    /// What changed, field by field, in words.
    pub changes: Vec<String>,
    /// Rows of the plan that the file does not name.
    pub missing: Vec<String>,
    /// What could not be read for certain, naming the row.
    pub warnings: Vec<String>,
    /// Initials without a name.
    pub unnamed: Vec<String>,
    /// The file went, or would go, into a plan of its own beside an earlier one.
    pub as_new_plan: bool,
    /// Nothing was changed.
    pub dry_run: bool,
}

impl Report {
    /// Tells what a look found.
    #[must_use]
    pub fn of(look: &Look, as_new_plan: bool, dry_run: bool) -> Self {
        let diff = if as_new_plan { look.as_new() } else { look.diff.clone() };
        let changes = look.file.entries.iter().zip(&diff.steps).filter_map(|(entry, step)| match step {
            Step::Changed(_, fields) => Some(fields.iter().map(move |f| {
                format!(
                    "{}, {}: \u{201c}{}\u{201d} \u{2192} \u{201c}{}\u{201d}",
                    name(entry),
                    f.field,
                    short(&f.old),
                    short(&f.new)
                )
            })),
            _ => None,
        });
        let mut warnings: Vec<String> = look.file.notes.clone();
        for (entry, reading) in look.file.entries.iter().zip(&look.readings) {
            let of_row = reading.iter().flat_map(|r| &r.warnings);
            warnings.extend(of_row.map(|w| format!("Row {}, {}. {w}", entry.row, name(entry))));
        }
        Self {
            title: look.file.title.clone(),
            said_on: look.said_on,
            themes: look.file.count(Kind::Theme),
            objectives: look.file.count(Kind::Objective),
            actions: look.file.count(Kind::Action),
            sub_rows: look.file.count(Kind::SubRow),
            added: diff.added(),
            changes: changes.flatten().collect(),
            missing: diff
                .missing
                .iter()
                .map(|h| {
                    h.reference.clone().map_or_else(
                        || format!("\u{201c}{}\u{201d}", short(h.cells.name())),
                        |r| format!("{r} \u{201c}{}\u{201d}", short(&h.cells.text)),
                    )
                })
                .collect(),
            warnings,
            unnamed: look.unnamed.clone(),
            as_new_plan,
            dry_run,
        }
    }

    /// In one sentence, for a list of imports.
    #[must_use]
    pub fn sentence(&self) -> String {
        let places = self.warnings.len();
        format!(
            "{} new rows, {} changes, {} rows not in the file, {places} readings for a person to check",
            self.added,
            self.changes.len(),
            self.missing.len()
        )
    }
}

/// What a row is called in a report.
#[must_use]
pub fn name(entry: &Entry) -> String {
    match (&entry.reference, &entry.parent) {
        (Some(reference), _) => reference.clone(),
        (None, Some(parent)) => format!("part of {parent} \u{201c}{}\u{201d}", short(entry.cells.name())),
        (None, None) => format!("theme \u{201c}{}\u{201d}", short(&entry.cells.text)),
    }
}

/// At most 60 characters of the first line.
#[must_use]
pub fn short(text: &str) -> String {
    let first = text.lines().next().unwrap_or_default();
    let cut: String = first.chars().take(60).collect();
    if cut.len() < text.trim_end().len() { format!("{cut}\u{2026}") } else { cut }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(title) = &self.title {
            writeln!(f, "{title}")?;
        }
        writeln!(
            f,
            "Read: {} themes, {} objectives, {} actions, {} sub-rows, as of {}.",
            self.themes,
            self.objectives,
            self.actions,
            self.sub_rows,
            crate::clock::day(self.said_on)
        )?;
        if self.as_new_plan {
            writeln!(
                f,
                "This is another plan than the current one: it becomes the current plan, and the earlier one is kept."
            )?;
        }
        writeln!(
            f,
            "{}: {} new rows, {} changes.",
            if self.dry_run { "Would change" } else { "Changed" },
            self.added,
            self.changes.len()
        )?;
        for change in &self.changes {
            writeln!(f, "  {change}")?;
        }
        if !self.missing.is_empty() {
            writeln!(f, "In the plan but not in this file (kept as they are): {}", self.missing.len())?;
            for row in &self.missing {
                writeln!(f, "  {row}")?;
            }
        }
        if !self.unnamed.is_empty() {
            writeln!(f, "Initials without a name: {}", self.unnamed.join(", "))?;
        }
        writeln!(f, "Could not be read for certain: {}", self.warnings.len())?;
        for warning in &self.warnings {
            writeln!(f, "  {warning}")?;
        }
        if self.dry_run {
            writeln!(f, "Nothing was changed.")?;
        }
        Ok(())
    }
}
