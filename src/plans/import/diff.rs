//! What a file would change in a stored plan. Rows are known by reference, sub-rows by their
//! parent's reference and position, with their text breaking ties. Nothing is ever deleted here.

use super::rows::{Cells, Entry, Kind};

/// A row as the plan holds it: the text it last took from a document, or its present text where
/// it was made by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its key in its table.
    pub id: i64,
    /// What it is.
    pub kind: Kind,
    /// Its reference, if it has one.
    pub reference: Option<String>,
    /// The theme's title it stands under.
    pub theme: String,
    /// The objective's reference it stands under.
    pub objective: Option<String>,
    /// For a sub-row, its action's reference.
    pub parent: Option<String>,
    /// From 0 among the themes, or among the sub-rows of one action.
    pub position: usize,
    /// The text to compare with.
    pub cells: Cells,
}

/// One cell that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The column, in plain words.
    pub field: &'static str,
    /// What the plan holds.
    pub old: String,
    /// What the file says.
    pub new: String,
}

/// What becomes of one row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The plan holds it already, word for word.
    Same(i64),
    /// The plan holds it with other words.
    Changed(i64, Vec<FieldChange>),
    /// It is new.
    Added,
}

/// The whole comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// One step per row of the file, in its order.
    pub steps: Vec<Step>,
    /// Rows the plan holds that the file does not name: they stay, and are told.
    pub missing: Vec<Held>,
}

impl Diff {
    /// How many rows are new.
    #[must_use]
    pub fn added(&self) -> usize {
        self.steps.iter().filter(|s| **s == Step::Added).count()
    }

    /// How many rows change.
    #[cfg(test)]
    #[must_use]
    pub fn changed(&self) -> usize {
        self.steps.iter().filter(|s| matches!(s, Step::Changed(..))).count()
    }
}

/// Compares the rows of a file with those of a plan.
#[must_use]
pub fn compare(entries: &[Entry], held: &[Held]) -> Diff {
    let mut free: Vec<&Held> = held.iter().collect();
    let mut found: Vec<Option<&Held>> = vec![None; entries.len()];
    // The sure matches first, so that a row put in between takes nobody else's place.
    let rules: [fn(&Entry, &Held) -> bool; 4] = [same_reference, same_place_and_name, same_name, same_place];
    for rule in rules {
        for (entry, slot) in entries.iter().zip(&mut found) {
            if slot.is_none()
                && let Some(at) = free.iter().position(|h| h.kind == entry.kind && rule(entry, h))
            {
                *slot = Some(free.remove(at));
            }
        }
    }
    let steps = entries.iter().zip(found).map(|(entry, held)| match held {
        None => Step::Added,
        Some(held) => match fields(entry, held) {
            changes if changes.is_empty() => Step::Same(held.id),
            changes => Step::Changed(held.id, changes),
        },
    });
    // A plain table has no headings, so that it leaves none of the plan's out.
    let has_headings = entries.iter().any(|entry| entry.kind == Kind::Theme);
    let missing = free.into_iter().filter(|held| has_headings || held.kind != Kind::Theme);
    Diff { steps: steps.collect(), missing: missing.cloned().collect() }
}

fn same_reference(entry: &Entry, held: &Held) -> bool {
    match entry.kind {
        Kind::Theme => normal(&entry.cells.text) == normal(&held.cells.text),
        Kind::Objective | Kind::Action => entry.reference == held.reference,
        Kind::SubRow => false,
    }
}

fn same_place(entry: &Entry, held: &Held) -> bool {
    matches!(entry.kind, Kind::SubRow | Kind::Theme) && entry.parent == held.parent && entry.position == held.position
}

fn same_name(entry: &Entry, held: &Held) -> bool {
    entry.kind == Kind::SubRow && entry.parent == held.parent && normal(entry.cells.name()) == normal(held.cells.name())
}

fn same_place_and_name(entry: &Entry, held: &Held) -> bool {
    same_place(entry, held) && same_name(entry, held)
}

fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn fields(entry: &Entry, held: &Held) -> Vec<FieldChange> {
    let (new, old) = (&entry.cells, &held.cells);
    let mut all = vec![
        ("Action", &old.text, &new.text),
        ("Measured by", &old.measure, &new.measure),
        ("Lead staff", &old.leads, &new.leads),
        ("Resources", &old.resources, &new.resources),
        ("Deadline", &old.deadline, &new.deadline),
        ("Outcomes and comments", &old.outcome, &new.outcome),
        ("Status", &old.status, &new.status),
    ];
    // A row below no heading says nothing of its theme, and keeps the one it has.
    if entry.kind != Kind::Theme && !entry.theme.is_empty() {
        all.push(("Theme", &held.theme, &entry.theme));
    }
    let nothing = String::new();
    let (from, to) = (held.objective.as_ref().unwrap_or(&nothing), entry.objective.as_ref().unwrap_or(&nothing));
    if entry.kind == Kind::Action {
        all.push(("Objective", from, to));
    }
    all.into_iter()
        .filter(|(field, old, new)| match *field {
            "Theme" => normal(old) != normal(new),
            _ => old.split_whitespace().ne(new.split_whitespace()) || old.lines().count() != new.lines().count(),
        })
        .map(|(field, old, new)| FieldChange { field, old: old.clone(), new: new.clone() })
        .collect()
}

/// Whether a file is another plan altogether: it shares references with the plan, but hardly one
/// of those rows has words in common. Compared row by row on the longer words of the action.
#[must_use]
pub fn is_another_plan(entries: &[Entry], held: &[Held]) -> bool {
    let actions: Vec<&Held> = held.iter().filter(|h| h.kind == Kind::Action).collect();
    if actions.is_empty() {
        return false;
    }
    let alike = entries
        .iter()
        .filter(|e| e.kind == Kind::Action)
        .filter(|e| actions.iter().any(|h| h.reference == e.reference && alike(&e.cells.text, &h.cells.text)))
        .count();
    alike * 5 < actions.len().min(entries.iter().filter(|e| e.kind == Kind::Action).count())
}

fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let lower = text.to_lowercase();
        let mut list: Vec<String> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 4).map(str::to_owned).collect();
        list.sort();
        list.dedup();
        list
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|w| b.contains(w)).count();
    shared * 2 >= a.len().min(b.len()).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::import::rows;

    fn entries(body: &str) -> Vec<Entry> {
        rows::read(format!("Ref,Action,Deadline,Status\n{body}").as_bytes()).unwrap().entries
    }

    fn held(body: &str) -> Vec<Held> {
        (1..)
            .zip(entries(body))
            .map(|(id, e)| Held {
                id,
                kind: e.kind,
                reference: e.reference,
                theme: e.theme,
                objective: e.objective,
                parent: e.parent,
                position: e.position,
                cells: e.cells,
            })
            .collect()
    }

    const FIRST: &str = "HOMES,,,\n1,Repair,,\n1.1,Text people,May 2024,\n,App,,\n,Phone,,In place\n1.2,Check,,\n";

    #[test]
    fn the_same_file_again_changes_nothing() {
        let diff = compare(&entries(FIRST), &held(FIRST));
        assert!(diff.steps.iter().all(|s| matches!(s, Step::Same(_))));
        assert!(diff.missing.is_empty());
    }

    #[test]
    fn a_changed_cell_is_told_with_old_and_new() {
        let later = FIRST.replace("Text people,May 2024,", "Text people,Jun 2024,Complete.");
        let diff = compare(&entries(&later), &held(FIRST));
        let Step::Changed(3, fields) = &diff.steps[2] else { panic!("{:?}", diff.steps) };
        assert_eq!(
            fields[0],
            FieldChange { field: "Deadline", old: "May 2024".to_owned(), new: "Jun 2024".to_owned() }
        );
        assert_eq!(fields[1].field, "Status");
        assert_eq!((diff.changed(), diff.added()), (1, 0));
    }

    #[test]
    fn a_file_without_theme_headings_keeps_the_themes_of_the_plan() {
        let plain = FIRST.replace("HOMES,,,\n", "");
        let diff = compare(&entries(&plain), &held(FIRST));
        assert!(diff.steps.iter().all(|s| matches!(s, Step::Same(_))), "{:?}", diff.steps);
        assert!(diff.missing.is_empty());
        let moved = FIRST.replace("1.1,", "CARE,,,\n1.1,");
        let diff = compare(&entries(&moved), &held(FIRST));
        assert!(matches!(&diff.steps[3], Step::Changed(3, f) if f[0].field == "Theme"), "{:?}", diff.steps);
    }

    #[test]
    fn a_row_the_file_leaves_out_is_reported_and_not_deleted() {
        let later = FIRST.replace("1.2,Check,,\n", "");
        let diff = compare(&entries(&later), &held(FIRST));
        assert_eq!(diff.missing.len(), 1);
        assert_eq!(diff.missing[0].reference.as_deref(), Some("1.2"));
        assert_eq!(diff.changed(), 0);
    }

    #[test]
    fn a_sub_row_put_in_between_takes_nobody_elses_place() {
        let later = FIRST.replace(",App,,\n", ",App,,\n,Letter,,\n");
        let diff = compare(&entries(&later), &held(FIRST));
        assert_eq!(diff.steps[4], Step::Added);
        assert_eq!(diff.steps[5], Step::Same(5));
    }

    #[test]
    fn a_sub_row_reworded_in_its_place_is_the_same_row() {
        let later = FIRST.replace(",Phone,,In place", ",By telephone,,In place");
        let diff = compare(&entries(&later), &held(FIRST));
        assert!(matches!(&diff.steps[4], Step::Changed(5, f) if f[0].field == "Action"));
    }

    #[test]
    fn a_file_with_the_same_numbers_and_other_words_is_another_plan() {
        let other = "CARE,,,\n1,Answer,,\n1.1,Answer every letter within days,,\n1.2,Welcome newcomers,,\n";
        assert!(is_another_plan(&entries(other), &held(FIRST)));
        assert!(!is_another_plan(&entries(FIRST), &held(FIRST)));
        assert!(!is_another_plan(&entries(FIRST), &[]));
    }
}
