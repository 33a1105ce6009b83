//! What a change in the history of a plan was of, and the field that it changed.

use super::action::ActionId;
use super::plan::{ObjectiveId, ThemeId};

/// What a change was of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Object {
    /// The plan itself.
    Plan,
    /// One of its themes.
    Theme(ThemeId),
    /// One of its objectives.
    Objective(ObjectiveId),
    /// One of its actions or a part of one.
    Action(ActionId),
}

impl Object {
    /// As stored: `action 12`.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Plan => "plan".to_owned(),
            Self::Theme(id) => format!("theme {id}"),
            Self::Objective(id) => format!("objective {id}"),
            Self::Action(id) => format!("action {id}"),
        }
    }

    /// Reads what is stored; none where an older row does not tell.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        let (kind, id) = code.split_once(' ').unwrap_or((code, ""));
        match kind {
            "plan" => Some(Self::Plan),
            "theme" => id.parse().ok().map(Self::Theme),
            "objective" => id.parse().ok().map(Self::Objective),
            "action" => id.parse().ok().map(Self::Action),
            _ => None,
        }
    }

    /// The action it is, if it is one.
    #[must_use]
    pub fn action(self) -> Option<ActionId> {
        match self {
            Self::Action(id) => Some(id),
            _ => None,
        }
    }
}

/// The fields whose past values are read back from the history, in the words under which they stand in it.
pub mod field {
    /// It was not there before.
    pub const ADDED: &str = "Added";
    /// The theme of an objective or the objective of an action, by its key.
    pub const STANDS_UNDER: &str = "Stands under";
    /// Its place among its neighbours.
    pub const PLACE: &str = "Place";
    /// The name of the plan or of a theme.
    pub const TITLE: &str = "Title";
    /// What the plan says of itself.
    pub const INTRODUCTION: &str = "Introduction";
    /// The number of an objective.
    pub const NUMBER: &str = "Number";
    /// The words of an objective.
    pub const OBJECTIVE: &str = "Objective";
    /// The month by which an objective is to be reached.
    pub const TARGET: &str = "Target month";
    /// The number of an action.
    pub const REFERENCE: &str = "Reference";
    /// The words of an action.
    pub const ACTION: &str = "Action";
    /// How it is known that an action is done.
    pub const MEASURE: &str = "Measured by";
    /// What an action should bring.
    pub const OUTCOME: &str = "Outcomes and comments";
    /// What an action costs.
    pub const RESOURCES: &str = "Resources";
    /// Who leads an action.
    pub const LEADS: &str = "Lead staff";
    /// The action that carries another on, by its key.
    pub const MERGED_INTO: &str = "Merged into";
    /// Evidence that was withdrawn.
    pub const EVIDENCE: &str = "Evidence";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_reads_back_as_written() {
        for object in
            [Object::Plan, Object::Theme(ThemeId(1)), Object::Objective(ObjectiveId(2)), Object::Action(ActionId(3))]
        {
            assert_eq!(Object::read(&object.code()), Some(object));
        }
        assert_eq!((Object::read(""), Object::read("action x"), Object::read("lead 1")), (None, None, None));
    }
}
