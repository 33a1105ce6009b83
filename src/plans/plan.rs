//! A plan, its themes and its objectives.

use chrono::NaiveDate;

use super::month::Month;
use crate::key;

key!(/// A plan.
    PlanId);
key!(/// A theme of a plan.
    ThemeId);
key!(/// An objective of a plan.
    ObjectiveId);

/// A plan. Several may be open, one of which is the main plan; closed ones are kept and can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub id: PlanId,
    /// Its part of the address.
    pub slug: String,
    pub title: String,
    /// What it is about, for residents.
    pub introduction: String,
    pub is_open: bool,
    /// Whether it is the plan that stands at `/plan`. A closed one never is.
    pub is_main: bool,
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
}

impl Plan {
    /// An address about this plan: the main plan is meant where none is named.
    #[must_use]
    pub fn on(&self, path: &str) -> String {
        let mark = if path.contains('?') { '&' } else { '?' };
        if self.is_main { path.to_owned() } else { format!("{path}{mark}plan={}", self.slug) }
    }
}

/// A theme: the largest division of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    pub id: ThemeId,
    pub position: i64,
    /// As the plan writes it.
    pub title: String,
}

impl Theme {
    /// The title as residents read it.
    #[must_use]
    pub fn shown(&self) -> String {
        calm(&self.title)
    }
}

/// An objective: what several actions are to bring about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    pub id: ObjectiveId,
    pub theme: ThemeId,
    pub position: i64,
    /// A whole number in most plans.
    pub reference: String,
    pub title: String,
    /// The month by which it is to be reached.
    pub target: Option<Month>,
    /// The document's own cells as JSON, where it came from a file.
    pub document: Option<String>,
}

/// A heading in capitals as an ordinary one: `VALUE FOR MONEY` becomes `Value for money`.
#[must_use]
pub fn calm(title: &str) -> String {
    if title.chars().any(char::is_lowercase) {
        return title.to_owned();
    }
    let mut chars = title.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars.flat_map(char::to_lowercase)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_an_ordinary_heading() {
        assert_eq!(calm("VALUE FOR MONEY"), "Value for money");
        assert_eq!(calm("Homes and NHS links"), "Homes and NHS links");
        assert_eq!(calm(""), "");
    }
}
