//! The kinds of question. This is the only file that asks which kind a question is.

pub mod choice;
pub mod date;
pub mod field;
pub mod long_text;
pub mod number;
pub mod one_choice;
pub mod scale;
pub mod several_choices;
pub mod short_text;
pub mod text;
pub mod zero_to_ten;

use serde::{Deserialize, Serialize};

use crate::questionnaires::answer::{Answer, Given};
use crate::questionnaires::kinds::choice::Special;
use crate::questionnaires::kinds::field::{Field, Setting, SettingProblem};
use crate::statistics::counts::Counts;

/// A kind of question with its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kind {
    /// One of a list.
    OneChoice(one_choice::Settings),
    /// Any of a list.
    SeveralChoices(several_choices::Settings),
    /// Five points from very good to very bad.
    Scale(scale::Settings),
    /// Nought to ten.
    ZeroToTen(zero_to_ten::Settings),
    /// A whole number.
    Number(number::Settings),
    /// A day.
    Date(date::Settings),
    /// A line of words.
    ShortText(short_text::Settings),
    /// Some paragraphs.
    LongText(long_text::Settings),
}

/// Every kind with its tag in forms and its name for people, in the order the builder offers them.
pub const ALL: [(&str, &str); 8] = [
    ("scale", "Five-point scale"),
    ("one_choice", "One choice from a list"),
    ("several_choices", "Several choices from a list"),
    ("zero_to_ten", "A score from 0 to 10"),
    ("number", "A number"),
    ("date", "A date"),
    ("short_text", "A short answer in words"),
    ("long_text", "A longer answer in words"),
];

macro_rules! each {
    ($kind:expr, $settings:ident => $body:expr) => {
        match $kind {
            Kind::OneChoice($settings) => $body,
            Kind::SeveralChoices($settings) => $body,
            Kind::Scale($settings) => $body,
            Kind::ZeroToTen($settings) => $body,
            Kind::Number($settings) => $body,
            Kind::Date($settings) => $body,
            Kind::ShortText($settings) => $body,
            Kind::LongText($settings) => $body,
        }
    };
}

impl Kind {
    /// The kind with this tag and its usual settings.
    #[must_use]
    pub fn usual(tag: &str) -> Option<Self> {
        Some(match tag {
            "one_choice" => Self::OneChoice(one_choice::Settings::default()),
            "several_choices" => Self::SeveralChoices(several_choices::Settings::default()),
            "scale" => Self::Scale(scale::Settings::default()),
            "zero_to_ten" => Self::ZeroToTen(zero_to_ten::Settings::default()),
            "number" => Self::Number(number::Settings::default()),
            "date" => Self::Date(date::Settings::default()),
            "short_text" => Self::ShortText(short_text::Settings::default()),
            "long_text" => Self::LongText(long_text::Settings::default()),
            _ => return None,
        })
    }

    /// The tag in forms.
    #[must_use]
    pub fn tag(&self) -> &'static str {
        match self {
            Self::OneChoice(_) => "one_choice",
            Self::SeveralChoices(_) => "several_choices",
            Self::Scale(_) => "scale",
            Self::ZeroToTen(_) => "zero_to_ten",
            Self::Number(_) => "number",
            Self::Date(_) => "date",
            Self::ShortText(_) => "short_text",
            Self::LongText(_) => "long_text",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn name(&self) -> &'static str {
        let tag = self.tag();
        ALL.iter().find(|(other, _)| *other == tag).map_or("", |(_, name)| name)
    }

    /// Which settings a person may change.
    #[must_use]
    pub fn settings(&self) -> &'static [Setting] {
        each!(self, settings => settings.offered())
    }

    /// The settings as form pairs.
    #[must_use]
    pub fn settings_form(&self) -> Vec<(String, String)> {
        each!(self, settings => settings.to_form())
    }

    /// The same kind with the settings of a form, or what is wrong with them.
    pub fn with_settings(&self, given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        Ok(match self {
            Self::OneChoice(_) => Self::OneChoice(one_choice::Settings::from_form(given)?),
            Self::SeveralChoices(_) => Self::SeveralChoices(several_choices::Settings::from_form(given)?),
            Self::Scale(_) => Self::Scale(scale::Settings::from_form(given)?),
            Self::ZeroToTen(_) => Self::ZeroToTen(zero_to_ten::Settings::from_form(given)?),
            Self::Number(_) => Self::Number(number::Settings::from_form(given)?),
            Self::Date(_) => Self::Date(date::Settings::from_form(given)?),
            Self::ShortText(_) => Self::ShortText(short_text::Settings::from_form(given)?),
            Self::LongText(_) => Self::LongText(long_text::Settings::from_form(given)?),
        })
    }

    /// What the person fills in.
    #[must_use]
    pub fn field(&self) -> Field {
        each!(self, settings => settings.field())
    }

    /// The answer in a form, `NoAnswer` if it was left blank, or a message saying how to mend it.
    pub fn read(&self, given: &Given<'_>) -> Result<Answer, String> {
        each!(self, settings => settings.read(given))
    }

    /// The form pairs that would give this answer again.
    #[must_use]
    pub fn pairs(&self, name: &str, answer: &Answer) -> Vec<(String, String)> {
        let under_name = |value: String| vec![(name.to_owned(), value)];
        match (self, answer) {
            (_, Answer::NoAnswer) => Vec::new(),
            (Self::Date(_), Answer::Open(day)) => date::pairs(name, day),
            (_, Answer::Open(value)) => under_name(value.clone()),
            (_, Answer::Option(at)) => under_name(at.to_string()),
            (_, Answer::Several(ats)) => ats.iter().map(|at| (name.to_owned(), at.to_string())).collect(),
            (_, other) => {
                Special::of(other).map(Special::value).map_or(Vec::new(), |value| under_name(value.to_owned()))
            }
        }
    }

    /// What to say when a required question was left blank.
    #[must_use]
    pub fn missing(&self) -> &'static str {
        match self {
            Self::OneChoice(_) | Self::Scale(_) => "Choose one answer",
            Self::SeveralChoices(_) => "Choose at least one answer",
            Self::ZeroToTen(_) => "Choose a number from 0 to 10",
            Self::Number(_) => "Enter a number",
            Self::Date(_) => "Enter a date",
            Self::ShortText(_) | Self::LongText(_) => "Write an answer",
        }
    }

    /// The answer in words.
    #[must_use]
    pub fn show(&self, answer: &Answer) -> String {
        if let Some(special) = Special::of(answer) {
            return special.label().to_owned();
        }
        match answer {
            Answer::Option(at) => self.option(*at),
            Answer::Several(ats) => ats.iter().map(|at| self.option(*at)).collect::<Vec<_>>().join("; "),
            Answer::Open(value) => match self {
                Self::Date(_) => date::in_words(value),
                Self::Number(settings) => settings.in_words(value),
                _ => value.clone(),
            },
            _ => String::new(),
        }
    }

    /// The answer in a cell of an export: in words, but a number without its unit, so that it adds up.
    #[must_use]
    pub fn export(&self, answer: &Answer) -> String {
        match (self, answer) {
            (Self::Number(_), Answer::Open(number)) => number.clone(),
            _ => self.show(answer),
        }
    }

    fn option(&self, at: u8) -> String {
        self.options().into_iter().nth(usize::from(at)).unwrap_or_default()
    }

    /// The options in words, in the order of their codes; none for open kinds.
    #[must_use]
    pub fn options(&self) -> Vec<String> {
        match self {
            Self::OneChoice(settings) => settings.options.clone(),
            Self::SeveralChoices(settings) => settings.options.clone(),
            Self::Scale(settings) => settings.labels().map(str::to_owned).to_vec(),
            Self::ZeroToTen(_) => (0..=10).map(|score: u8| score.to_string()).collect(),
            Self::Number(_) | Self::Date(_) | Self::ShortText(_) | Self::LongText(_) => Vec::new(),
        }
    }

    /// How many bit bytes follow the state byte: one bit per option where several may be chosen.
    #[must_use]
    pub fn bit_bytes(&self) -> usize {
        match self {
            Self::SeveralChoices(settings) => settings.options.len().div_ceil(8),
            _ => 0,
        }
    }

    /// Nobody yet, in the categories of this question; none for open kinds.
    #[must_use]
    pub fn counts(&self) -> Option<Counts> {
        match self {
            Self::OneChoice(settings) => Some(settings.counts()),
            Self::SeveralChoices(settings) => Some(settings.counts()),
            Self::Scale(settings) => Some(settings.counts()),
            Self::ZeroToTen(_) => Some(zero_to_ten::counts()),
            Self::Number(_) | Self::Date(_) | Self::ShortText(_) | Self::LongText(_) => None,
        }
    }

    /// Which category of `counts` a special answer falls in, if it belongs to the base at all.
    #[must_use]
    pub fn special_category(&self, special: Special) -> Option<usize> {
        match self {
            Self::OneChoice(settings) => settings.special_category(special),
            _ => None,
        }
    }

    /// Counts made from open values: days by month. None where values are not counted.
    #[must_use]
    pub fn counts_of_open(&self, values: &[String]) -> Option<Counts> {
        match self {
            Self::Date(_) => Some(date::by_month(values)),
            _ => None,
        }
    }

    /// Whether the answers are numbers, of which a mean can be shown.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }

    /// Whether the answers are people's own words.
    #[must_use]
    pub fn is_words(&self) -> bool {
        matches!(self, Self::ShortText(_) | Self::LongText(_))
    }

    /// What the favourable share of a scale did, in words: "were very or fairly satisfied".
    #[must_use]
    pub fn share_words(&self) -> Option<&'static str> {
        match self {
            Self::Scale(settings) => Some(settings.share_words()),
            _ => None,
        }
    }

    /// Whether a mean of the scores says something to people: a score they gave themselves.
    #[must_use]
    pub fn has_mean(&self) -> bool {
        matches!(self, Self::ZeroToTen(_))
    }

    /// Whether the question is a five-point scale, whose share of satisfied people can be shown.
    #[must_use]
    pub fn has_share(&self) -> bool {
        matches!(self, Self::Scale(_))
    }

    /// Whether the choices stand in a row where there is room.
    #[must_use]
    pub fn is_row(&self) -> bool {
        matches!(self, Self::ZeroToTen(_))
    }

    /// Whether people can be divided by the answer: exactly one of a list.
    #[must_use]
    pub fn divides(&self) -> bool {
        matches!(self, Self::OneChoice(_))
    }
}
