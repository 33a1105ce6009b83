//! One question: its words, its kind, when it is shown and what it measures.

use serde::{Deserialize, Serialize};

use crate::questionnaires::condition::Condition;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::field::Field;
use crate::questionnaires::piping;
use crate::questionnaires::sealed::Sealed;

/// Leads those of whom something is so past the questions in between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skip {
    /// What must be so; it may name this question and those before it.
    pub when: Condition,
    /// The later question to go on to; none for the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u16>,
}

/// The item of a bank that a question is, which locks it: see [`crate::questionnaires::lock`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankItem {
    /// Its code in the bank: "TP01".
    pub code: String,
    /// The theme it belongs to; questions of the landlord's own stand between themes only.
    pub theme: String,
}

/// One question of a questionnaire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its number for life within the questionnaire; never given to another question.
    pub key: u16,
    /// The question as the person reads it, with marks for earlier answers (see `piping`).
    pub text: String,
    /// A line of help under it, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// Whether it must be answered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// What kind of answer it takes.
    #[serde(flatten)]
    pub kind: Kind,
    /// Who is asked, when it is not everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show_if: Option<Condition>,
    /// Where it leads after the answer, when it is not to the next question. The first that fits is followed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skips: Vec<Skip>,
    /// What the answers measure: the id of a record this context does not know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measures: Option<i64>,
    /// Whether results may be divided by this question.
    #[serde(default, skip_serializing_if = "is_false")]
    pub divides: bool,
    /// Whether its options stand in an order of chance, another for each person.
    #[serde(default, skip_serializing_if = "is_false")]
    pub mixed: bool,
    /// The item of a bank it is, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bank: Option<BankItem>,
    /// That it is about a special category and its answers are sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Sealed>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !*value
}

impl Question {
    /// A question for everybody that may be left blank. Its key is given when it joins a questionnaire.
    #[must_use]
    pub fn new(text: impl Into<String>, kind: Kind) -> Self {
        Self {
            key: 0,
            text: text.into(),
            hint: String::new(),
            required: false,
            kind,
            show_if: None,
            skips: Vec::new(),
            measures: None,
            divides: false,
            mixed: false,
            bank: None,
            sealed: None,
        }
    }

    /// The same, but it must be answered.
    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same with a line of help.
    #[must_use]
    pub fn hinted(self, hint: impl Into<String>) -> Self {
        Self { hint: hint.into(), ..self }
    }

    /// The same, naming what it measures.
    #[must_use]
    pub fn measuring(self, id: Option<i64>) -> Self {
        Self { measures: id, ..self }
    }

    /// The same, dividing the results.
    #[must_use]
    pub fn dividing(self) -> Self {
        Self { divides: true, ..self }
    }

    /// The same, shown only after these options (from nought) of an earlier question.
    #[must_use]
    pub fn shown_if(self, question: u16, options: &[u8]) -> Self {
        self.shown_when(Condition::chose(question, options))
    }

    /// The same, shown only when this is so.
    #[must_use]
    pub fn shown_when(self, condition: Condition) -> Self {
        Self { show_if: Some(condition), ..self }
    }

    /// Whether its options may stand in any order: those of a scale may not.
    #[must_use]
    pub fn may_mix(kind: &Kind) -> bool {
        let is_choice = matches!(kind.field(), Field::Radios(_) | Field::Checkboxes(_));
        is_choice && !kind.has_share() && !kind.has_mean()
    }

    /// Every condition it carries: who is asked, then where it leads.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.show_if.iter().chain(self.skips.iter().map(|skip| &skip.when))
    }

    /// The keys of the questions whose answers its texts repeat.
    #[must_use]
    pub fn repeats(&self) -> Vec<u16> {
        [piping::keys(&self.text), piping::keys(&self.hint)].concat()
    }

    /// Whether it says anything about the question with this key.
    #[must_use]
    pub fn names(&self, key: u16) -> bool {
        self.conditions().any(|condition| condition.questions().contains(&key))
            || self.skips.iter().any(|skip| skip.to == Some(key))
            || self.repeats().contains(&key)
    }

    /// The name of its field in forms.
    #[must_use]
    pub fn field_name(&self) -> String {
        format!("q{}", self.key)
    }
}
