//! The variables of a data file and what stands under them, as every kind of data file draws them.

use chrono::NaiveDate;

/// The highest of the codes that say why there is no answer; they begin at nought.
pub const LAST_MISSING: i32 = 4;

/// One column of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name: a letter, then letters, figures and low lines, 64 at most.
    pub name: String,
    /// What it is, in words.
    pub label: String,
    /// What stands under it.
    pub holds: Holds,
}

/// What stands under a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// One of these codes. Those up to `LAST_MISSING` say why there is no answer.
    Codes {
        /// Each code with its words.
        labels: Vec<(i32, String)>,
        /// Whether the codes stand in an order, as on a scale.
        ordered: bool,
    },
    /// 1 for what was chosen, 0 for what was not.
    Ticks,
    /// A number.
    Number {
        /// How many decimals it may have.
        decimals: u8,
        /// Words for some of the numbers, such as the ends of a scale.
        labels: Vec<(i32, String)>,
    },
    /// A day.
    Day,
    /// Words.
    Words,
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// A number or a code.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// Words.
    Words(String),
}

impl Variable {
    /// A variable of this name.
    pub fn new(name: impl Into<String>, label: impl Into<String>, holds: Holds) -> Self {
        Self { name: name.into(), label: label.into(), holds }
    }
}

impl Holds {
    /// The words for codes and numbers, in order.
    #[must_use]
    pub fn labels(&self) -> Vec<(i32, String)> {
        match self {
            Self::Codes { labels, .. } | Self::Number { labels, .. } => labels.clone(),
            Self::Ticks => vec![(0, "Not chosen".to_owned()), (1, "Chosen".to_owned())],
            Self::Day | Self::Words => Vec::new(),
        }
    }

    /// Whether a code says why there is no answer.
    #[must_use]
    pub fn is_missing(&self, code: i32) -> bool {
        matches!(self, Self::Codes { .. }) && (0..=LAST_MISSING).contains(&code)
    }

    /// What it holds, in a word or two.
    #[must_use]
    pub const fn in_words(&self) -> &'static str {
        match self {
            Self::Codes { .. } => "Code",
            Self::Ticks => "Chosen or not",
            Self::Number { .. } => "Number",
            Self::Day => "Day",
            Self::Words => "Words",
        }
    }
}

impl Value {
    /// Words, or nothing where there are none.
    pub fn words(words: impl Into<String>) -> Self {
        let words: String = words.into();
        if words.is_empty() { Self::Blank } else { Self::Words(words) }
    }

    /// A code.
    #[must_use]
    pub fn code(code: u8) -> Self {
        Self::Number(f64::from(code))
    }
}
