//! What changed in a plan between two of its packs.

use std::collections::HashMap;

use super::action::ActionId;
use super::month::Month;
use super::pack::{Pack, PackRow};
use super::progress::Word;

/// What kind of change it is, in the order in which readers look for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It was not in the earlier pack.
    Added,
    /// It is not in the later pack.
    Gone,
    /// Given up.
    Stopped,
    /// Carried on inside another action.
    Merged,
    /// It stands in another way.
    Status,
    /// Its deadline was moved back.
    Slipped,
    /// Its deadline was set or moved forward.
    Deadline,
    /// Evidence came or was withdrawn.
    Evidence,
    /// Somebody else leads it.
    Leads,
    /// Other words.
    Words,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 10] = [
        Self::Added,
        Self::Gone,
        Self::Stopped,
        Self::Merged,
        Self::Status,
        Self::Slipped,
        Self::Deadline,
        Self::Evidence,
        Self::Leads,
        Self::Words,
    ];

    /// As counted: `2 added`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Gone => "gone",
            Self::Stopped => "stopped",
            Self::Merged => "merged",
            Self::Status => "with a new status",
            Self::Slipped => "slipped",
            Self::Deadline => "with another deadline",
            Self::Evidence => "with other evidence",
            Self::Leads => "with other leads",
            Self::Words => "worded differently",
        }
    }
}

/// One thing that changed in an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub kind: Kind,
    /// What it is: `Status`, `Deadline`.
    pub label: &'static str,
    pub old: String,
    pub new: String,
    /// Why, where somebody said so.
    pub why: String,
}

/// An action in which anything changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub id: ActionId,
    /// Its reference and heading in the later pack, or in the earlier one when it is gone.
    pub name: String,
    /// The objective that it stands under.
    pub objective: String,
    pub facts: Vec<Fact>,
}

/// What changed, in the order of the later plan; what is gone comes last.
#[must_use]
pub fn between(old: &Pack, new: &Pack) -> Vec<Difference> {
    let before: HashMap<ActionId, &PackRow> = old.rows.iter().map(|row| (row.id, row)).collect();
    let after: HashMap<ActionId, &PackRow> = new.rows.iter().map(|row| (row.id, row)).collect();
    let name = |id: ActionId| after.get(&id).or_else(|| before.get(&id)).map(|row| row.name()).unwrap_or_default();
    let gone =
        old.rows.iter().filter(|row| !after.contains_key(&row.id)).map(|row| (row, vec![whole(Kind::Gone, row)]));
    let kept = new.rows.iter().map(|row| match before.get(&row.id) {
        None => (row, vec![whole(Kind::Added, row)]),
        Some(was) => (row, facts(was, row, name)),
    });
    kept.chain(gone)
        .filter(|(_, facts)| !facts.is_empty())
        .map(|(row, facts)| Difference {
            id: row.id,
            name: row.name(),
            objective: format!("{}. {}", row.objective_ref, row.objective),
            facts,
        })
        .collect()
}

/// How many actions changed in each way, of the ways in which any did.
#[must_use]
pub fn counted(differences: &[Difference]) -> Vec<(Kind, usize)> {
    let of = |kind: Kind| differences.iter().filter(|d| d.facts.iter().any(|f| f.kind == kind)).count();
    Kind::ALL.into_iter().map(|kind| (kind, of(kind))).filter(|(_, number)| *number > 0).collect()
}

fn whole(kind: Kind, row: &PackRow) -> Fact {
    let (label, word) = (if kind == Kind::Added { "Added" } else { "Gone" }, row.word().words().to_owned());
    let (old, new) = if kind == Kind::Added { (String::new(), word) } else { (word, String::new()) };
    Fact { kind, label, old, new, why: String::new() }
}

fn facts(was: &PackRow, is: &PackRow, name: impl Fn(ActionId) -> String) -> Vec<Fact> {
    let mut facts = Vec::new();
    let mut add = |kind, label, old: String, new: String, why: &str| {
        if old != new {
            facts.push(Fact { kind, label, old, new, why: why.to_owned() });
        }
    };
    let status = |row: &PackRow| match (row.word(), row.per_cent) {
        (Word::Merged, _) => match row.merged_into {
            Some(into) => format!("{} into {}", Word::Merged.words(), name(into)),
            None => Word::Merged.words().to_owned(),
        },
        (word, Some(per_cent)) => format!("{}, {per_cent}% done", word.words()),
        (word, None) => word.words().to_owned(),
    };
    let kind = match is.word() {
        Word::Stopped => Kind::Stopped,
        Word::Merged => Kind::Merged,
        _ => Kind::Status,
    };
    // What was said before does not explain what is new.
    let said = if is.said == was.said { "" } else { &is.said };
    add(kind, "Status", status(was), status(is), said);
    let due = |row: &PackRow| row.due().map_or_else(|| "No date".to_owned(), |month: Month| month.to_string());
    let slips = matches!((was.due(), is.due()), (Some(old), Some(new)) if new > old);
    let kind = if slips { Kind::Slipped } else { Kind::Deadline };
    add(kind, "Deadline", due(was), due(is), &is.deadline_reason);
    add(Kind::Evidence, "Evidence", was.evidence.join("\n"), is.evidence.join("\n"), "");
    add(Kind::Leads, "Lead staff", was.leads.clone(), is.leads.clone(), "");
    let reference = |row: &PackRow| row.reference.clone().unwrap_or_default();
    let under = |row: &PackRow| format!("{}. {}", row.objective_ref, row.objective);
    for (label, old, new) in [
        ("Number", reference(was), reference(is)),
        ("Action", was.text.clone(), is.text.clone()),
        ("Measured by", was.measure.clone(), is.measure.clone()),
        ("Outcomes and comments", was.outcome.clone(), is.outcome.clone()),
        ("Resources", was.resources.clone(), is.resources.clone()),
        ("Objective", under(was), under(is)),
    ] {
        add(Kind::Words, label, old, new, "");
    }
    facts
}
