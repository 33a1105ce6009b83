//! Reading the words of a plan back to what they were at the end of a past day, from the old values of its history.

use std::collections::HashMap;

use super::action::{Action, ActionId};
use super::dates;
use super::month::Month;
use super::object::{Object, field};
use super::plan::{Objective, Plan, Theme};
use super::resources;

/// What stood, at the end of a day, in every field that was changed since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since(HashMap<Object, HashMap<String, String>>);

impl Since {
    /// From rows of the history: of what, the field, what stood there.
    #[must_use]
    pub fn of(rows: Vec<(String, String, String)>) -> Self {
        let mut since: HashMap<Object, HashMap<String, String>> = HashMap::new();
        for (object, field, old) in rows {
            if let Some(object) = Object::read(&object) {
                since.entry(object).or_default().insert(field, old);
            }
        }
        Self(since)
    }

    fn stood(&self, of: Object, field: &str) -> Option<&String> {
        self.0.get(&of)?.get(field)
    }

    fn put(&self, of: Object, field: &str, into: &mut String) {
        if let Some(stood) = self.stood(of, field) {
            into.clone_from(stood);
        }
    }

    fn put_number(&self, of: Object, field: &str, into: &mut i64) {
        if let Some(number) = self.stood(of, field).and_then(|stood| stood.parse().ok()) {
            *into = number;
        }
    }

    /// Whether it was there already.
    #[must_use]
    pub fn had(&self, of: Object) -> bool {
        self.stood(of, field::ADDED).is_none()
    }

    /// The leads of every action whose leads were changed since.
    #[must_use]
    pub fn leads(&self) -> HashMap<ActionId, String> {
        let led =
            |(of, fields): (&Object, &HashMap<String, String>)| Some((of.action()?, fields.get(field::LEADS)?.clone()));
        self.0.iter().filter_map(led).collect()
    }

    /// Puts a plan's own words back.
    pub fn plan(&self, plan: &mut Plan) {
        self.put(Object::Plan, field::TITLE, &mut plan.title);
        self.put(Object::Plan, field::INTRODUCTION, &mut plan.introduction);
    }

    /// Puts a theme back.
    pub fn theme(&self, theme: &mut Theme) {
        let of = Object::Theme(theme.id);
        self.put(of, field::TITLE, &mut theme.title);
        self.put_number(of, field::PLACE, &mut theme.position);
    }

    /// Puts an objective back.
    pub fn objective(&self, objective: &mut Objective) {
        let of = Object::Objective(objective.id);
        self.put(of, field::NUMBER, &mut objective.reference);
        self.put(of, field::OBJECTIVE, &mut objective.title);
        self.put_number(of, field::PLACE, &mut objective.position);
        self.put_number(of, field::STANDS_UNDER, &mut objective.theme.0);
        if let Some(words) = self.stood(of, field::TARGET) {
            objective.target = month(words);
        }
    }

    /// Puts an action back.
    pub fn action(&self, action: &mut Action) {
        let of = Object::Action(action.id);
        if let Some(reference) = self.stood(of, field::REFERENCE) {
            action.reference = (!reference.is_empty()).then(|| reference.clone());
        }
        self.put(of, field::ACTION, &mut action.title);
        self.put(of, field::MEASURE, &mut action.measure);
        self.put(of, field::OUTCOME, &mut action.outcome);
        self.put_number(of, field::PLACE, &mut action.position);
        self.put_number(of, field::STANDS_UNDER, &mut action.objective.0);
        if let Some(text) = self.stood(of, field::RESOURCES) {
            action.resources_text.clone_from(text);
            action.resources = resources::read(text).0;
        }
        if let Some(into) = self.stood(of, field::MERGED_INTO) {
            action.merged_into = into.parse().ok();
        }
    }
}

/// A month as the history writes it: `March 2027`, or nothing.
fn month(words: &str) -> Option<Month> {
    dates::find(words).dated().first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::plan::{ObjectiveId, ThemeId};

    #[test]
    fn what_changed_since_is_put_back_and_the_rest_stays() {
        let row = |object: &str, field: &str, old: &str| (object.to_owned(), field.to_owned(), old.to_owned());
        let since = Since::of(vec![
            row("objective 2", field::NUMBER, "7"),
            row("objective 2", field::TARGET, "March 2027"),
            row("objective 2", field::STANDS_UNDER, "4"),
            row("objective 3", field::ADDED, ""),
            row("", field::TITLE, "of nobody knows what"),
        ]);
        let mut objective = Objective {
            id: ObjectiveId(2),
            theme: ThemeId(1),
            position: 10,
            reference: "8".to_owned(),
            title: "Mend faster".to_owned(),
            target: None,
            document: None,
        };
        since.objective(&mut objective);
        assert_eq!((objective.reference.as_str(), objective.theme, objective.position), ("7", ThemeId(4), 10));
        assert_eq!((objective.target, objective.title.as_str()), (Month::read("2027-03"), "Mend faster"));
        assert!(since.had(Object::Objective(ObjectiveId(2))) && !since.had(Object::Objective(ObjectiveId(3))));
    }
}
