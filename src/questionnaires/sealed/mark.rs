//! The mark of a sealed question, and what such a question may be.

use serde::{Deserialize, Serialize};

use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::statistics::disclosure::Policy;

/// What a sealed question asks about: the special categories of Article 9 of the UK GDPR that a landlord asks for, and what
/// is treated alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Health or disability.
    Health,
    /// Ethnic group.
    Ethnicity,
    /// Religion or belief.
    Religion,
    /// Sexual orientation.
    SexualOrientation,
    /// Gender identity or reassignment.
    GenderIdentity,
    /// Sex.
    Sex,
    /// Age.
    Age,
    /// Anything else as personal.
    Other,
}

impl Category {
    /// All of them, in the order in which forms offer them.
    pub const ALL: [Self; 8] = [
        Self::Health,
        Self::Ethnicity,
        Self::Religion,
        Self::SexualOrientation,
        Self::GenderIdentity,
        Self::Sex,
        Self::Age,
        Self::Other,
    ];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Ethnicity => "ethnicity",
            Self::Religion => "religion",
            Self::SexualOrientation => "sexual_orientation",
            Self::GenderIdentity => "gender_identity",
            Self::Sex => "sex",
            Self::Age => "age",
            Self::Other => "other",
        }
    }

    /// Its name for staff.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Health => "Health or disability",
            Self::Ethnicity => "Ethnic group",
            Self::Religion => "Religion or belief",
            Self::SexualOrientation => "Sexual orientation",
            Self::GenderIdentity => "Gender identity or reassignment",
            Self::Sex => "Sex",
            Self::Age => "Age",
            Self::Other => "Something else as personal",
        }
    }
}

impl std::str::FromStr for Category {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|category| category.code() == code).ok_or(())
    }
}

/// The mark of a sealed question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// What it asks about.
    pub category: Category,
    /// Why it is asked, as the person who answers reads it.
    pub why: String,
}

/// What people who answer read under a sealed question.
pub const NOTICE: &str =
    "You can leave this out. Your answer is kept sealed, and is only ever counted together with many others.";
/// How they read why it is asked.
pub const WHY: &str = "Why we ask: {reason}";

/// What a sealed question may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// One without a reason.
    NoReason,
    /// One that must be answered.
    Required,
    /// One that is answered in words, with a number or a day.
    Open,
    /// One without "Prefer not to say", of a kind that can offer it.
    NoWayOut,
    /// One that divides the results, or measures a standard.
    Used,
    /// One on which something hangs: who is asked a question, where it leads, or its words.
    Needed,
}

impl Fault {
    /// What to tell whoever builds the questions.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::NoReason => "Say why you ask a question about a special category. People read it under the question",
            Self::Required => {
                "A question about a special category may always be left out. Do not ask that it must be answered"
            }
            Self::Open => {
                "Only a question with answers to choose from can be sealed, without a box for words. Choose another kind of question, or do not offer “Other”"
            }
            Self::NoWayOut => "Offer “Prefer not to say” for a question about a special category",
            Self::Used => "A sealed question neither divides the results nor measures a standard",
            Self::Needed => {
                "Nobody can be asked, led on or reminded because of an answer to a sealed question: who was asked what is not sealed"
            }
        }
    }
}

/// Whether every sealed question may be one.
///
/// # Errors
/// The first fault.
pub fn check(questionnaire: &Questionnaire) -> Result<(), Fault> {
    let questions = questionnaire.questions();
    questions.iter().try_for_each(check_alone)?;
    let mut sealed = questions.iter().filter(|question| question.sealed.is_some());
    let is_needed = |of: &Question| questions.iter().any(|other| other.needs_answer(of.key));
    if sealed.any(is_needed) { Err(Fault::Needed) } else { Ok(()) }
}

/// Whether a question, if it is sealed, may be so by itself.
///
/// # Errors
/// The first fault.
pub fn check_alone(question: &Question) -> Result<(), Fault> {
    let Some(mark) = &question.sealed else { return Ok(()) };
    let faults = [
        (mark.why.trim().is_empty(), Fault::NoReason),
        (question.required, Fault::Required),
        (!question.kind.may_be_sealed(), Fault::Open),
        (!question.kind.has_way_out(), Fault::NoWayOut),
        (question.divides || question.measures.is_some() || question.bank.is_some(), Fault::Used),
    ];
    faults.into_iter().find(|(is_so, _)| *is_so).map_or(Ok(()), |(_, fault)| Err(fault))
}

impl Question {
    /// The same, sealed.
    #[must_use]
    pub fn sealed_for(self, category: Category, why: impl Into<String>) -> Self {
        Self { sealed: Some(Sealed { category, why: why.into() }), ..self }
    }

    /// Under which policy its figures go out.
    #[must_use]
    pub fn policy(&self, policy: &Policy) -> Policy {
        if self.sealed.is_some() { policy.guarded() } else { *policy }
    }

    /// Whether anything of it hangs on the answer to the question with this key.
    fn needs_answer(&self, key: u16) -> bool {
        self.conditions().any(|condition| condition.questions().contains(&key)) || self.repeats().contains(&key)
    }
}
