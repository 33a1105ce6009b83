//! What a kind of question puts on a page: for the person who answers and for the one who builds.

use crate::questionnaires::kinds::photo::Way;

/// What the person fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// One of these.
    Radios(Vec<Choice>),
    /// Any of these.
    Checkboxes(Vec<Choice>),
    /// One of these for each item.
    Grid {
        /// The items in order.
        items: Vec<String>,
        /// What each offers.
        choices: Vec<Choice>,
    },
    /// A place for each option.
    Places {
        /// The options in order.
        options: Vec<String>,
        /// The places.
        places: Vec<Choice>,
    },
    /// A number, with its unit after it.
    Number {
        /// "minutes", or empty.
        unit: String,
    },
    /// Day, month and year.
    Date,
    /// A line.
    Line {
        /// The most characters allowed.
        longest: usize,
    },
    /// Some paragraphs.
    Paragraphs {
        /// The most characters allowed.
        longest: usize,
    },
    /// A photo with a description.
    Photo(Way),
}

/// One line of a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The value in the form.
    pub value: String,
    /// The words beside the button.
    pub label: String,
    /// Whether it stands apart from the options ("Not applicable").
    pub apart: bool,
    /// Whether a box for the person's own words belongs to it.
    pub says: bool,
}

impl Choice {
    /// Whether it is one of the options the builder wrote, and not a special answer.
    #[must_use]
    pub fn is_option(&self) -> bool {
        self.value.parse::<u8>().is_ok()
    }
}

/// A setting the builder offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The options, one per line.
    Options,
    /// The items, one per line.
    Items,
    /// The fewest options somebody may choose.
    Least,
    /// The most options somebody may choose.
    Most,
    /// How many options are put in order.
    Top,
    /// Offer "None of these".
    NoneOfThese,
    /// Offer "Other, please say".
    Other,
    /// Offer "Don't know".
    DontKnow,
    /// Offer "Prefer not to say".
    PreferNot,
    /// Offer "Not applicable".
    NotApplicable,
    /// Satisfaction or agreement.
    Wording,
    /// What nought means.
    LowEnd,
    /// What ten means.
    HighEnd,
    /// The smallest number allowed.
    Smallest,
    /// The largest number allowed.
    Largest,
    /// The unit after the number.
    Unit,
    /// How many decimals a number may have.
    Decimals,
    /// The most characters allowed.
    Longest,
}

impl Setting {
    /// The part of the field name that carries it.
    #[must_use]
    pub const fn part(self) -> &'static str {
        match self {
            Self::Options => "options",
            Self::Items => "items",
            Self::Least => "least",
            Self::Most => "most",
            Self::Top => "top",
            Self::NoneOfThese => "none-of-these",
            Self::Other => "other",
            Self::DontKnow => "dont-know",
            Self::PreferNot => "prefer-not",
            Self::NotApplicable => "not-applicable",
            Self::Wording => "wording",
            Self::LowEnd => "low-end",
            Self::HighEnd => "high-end",
            Self::Smallest => "smallest",
            Self::Largest => "largest",
            Self::Unit => "unit",
            Self::Decimals => "decimals",
            Self::Longest => "longest",
        }
    }
}

/// What is wrong with one setting, and how to mend it.
pub type SettingProblem = (Setting, String);

/// A ticked box as a form pair, or nothing.
pub(super) fn tick(setting: Setting, on: bool) -> Option<(String, String)> {
    on.then(|| (setting.part().to_owned(), "yes".to_owned()))
}

/// A setting's words as a form pair.
pub(super) fn pair(setting: Setting, value: impl Into<String>) -> (String, String) {
    (setting.part().to_owned(), value.into())
}
