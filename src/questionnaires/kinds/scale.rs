//! Five points, worded as satisfaction or as agreement, with "not applicable" where it can apply.

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Holds, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::kinds::asks::{self, Asks, Registered};
use crate::questionnaires::kinds::choice::{self, Special};
use crate::questionnaires::kinds::field::{self, Field, Setting, SettingProblem};
use crate::statistics::counts::{Category, Counts};

/// Which words the five points have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wording {
    /// Very satisfied to very dissatisfied.
    #[default]
    Satisfaction,
    /// Strongly agree to strongly disagree.
    Agreement,
}

/// The wording, and whether "not applicable" is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Which words the five points have.
    pub wording: Wording,
    /// Offer "Not applicable".
    pub not_applicable: bool,
    /// Say "Not applicable/don’t know" there, as the English tenant satisfaction measures do.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub or_dont_know: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { wording: Wording::Satisfaction, not_applicable: true, or_dont_know: false }
    }
}

impl Settings {
    /// The five points in words, best first.
    #[must_use]
    pub const fn labels(&self) -> [&'static str; 5] {
        match self.wording {
            Wording::Satisfaction => [
                "Very satisfied",
                "Fairly satisfied",
                "Neither satisfied nor dissatisfied",
                "Fairly dissatisfied",
                "Very dissatisfied",
            ],
            Wording::Agreement => {
                ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
            }
        }
    }

    /// What "not applicable" is called.
    const fn not_applicable_words(&self) -> &'static str {
        if self.or_dont_know { "Not applicable/don’t know" } else { Special::NotApplicable.label() }
    }

    /// The points as codes in their order.
    pub(super) fn codes(&self) -> Holds {
        match asks::codes(&self.field(), &self.options()) {
            Holds::Codes { labels, .. } => Holds::Codes { labels, ordered: true },
            other => other,
        }
    }

    pub(super) fn specials(&self) -> &'static [Special] {
        if self.not_applicable { &[Special::NotApplicable] } else { &[] }
    }
}

impl Registered for Settings {
    const TAG: &'static str = "scale";
    const NAME: &'static str = "Five-point scale";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let wording = match given.part(Setting::Wording.part()) {
            "satisfaction" => Wording::Satisfaction,
            "agreement" => Wording::Agreement,
            _ => {
                let message = "Choose whether the scale asks for satisfaction or agreement";
                return Err(vec![(Setting::Wording, message.to_owned())]);
            }
        };
        Ok(Self { wording, not_applicable: given.ticked(Setting::NotApplicable.part()), or_dont_know: false })
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Wording, Setting::NotApplicable]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        let wording = match self.wording {
            Wording::Satisfaction => "satisfaction",
            Wording::Agreement => "agreement",
        };
        let tick = field::tick(Setting::NotApplicable, self.not_applicable);
        std::iter::once(field::pair(Setting::Wording, wording)).chain(tick).collect()
    }

    fn field(&self) -> Field {
        let mut choices = choice::choices(self.labels(), self.specials());
        for choice in choices.iter_mut().filter(|choice| choice.apart) {
            self.not_applicable_words().clone_into(&mut choice.label);
        }
        Field::Radios(choices)
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        choice::read(given.one(), self.labels().len(), self.specials()).map_err(Wrong::whole)
    }

    fn in_words(&self, answer: &Answer) -> String {
        match answer {
            Answer::NotApplicable => self.not_applicable_words().to_owned(),
            Answer::Option(at) => self.labels().get(usize::from(*at)).copied().unwrap_or_default().to_owned(),
            _ => String::new(),
        }
    }

    fn missing(&self) -> String {
        "Choose one answer".to_owned()
    }

    fn variables(&self) -> Vec<Variable> {
        vec![Variable::new("", "", self.codes())]
    }

    fn options(&self) -> Vec<String> {
        self.labels().map(str::to_owned).to_vec()
    }

    /// Scores 5 to 1. The two best points are favourable; the base is the five points, never
    /// "not applicable" (the rule of the English tenant satisfaction measures).
    fn counts(&self) -> Option<Counts> {
        let points = self.labels().into_iter().zip([5, 4, 3, 2, 1]);
        let category = |(label, score): (&str, i32)| Category {
            label: label.to_owned(),
            score: Some(score),
            favourable: score >= 4,
        };
        Some(Counts::one_of(points.map(category).collect()))
    }

    fn share_words(&self) -> Option<&'static str> {
        Some(match self.wording {
            Wording::Satisfaction => "were very or fairly satisfied",
            Wording::Agreement => "agreed or strongly agreed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_wordings_come_back_from_their_form() {
        for wording in [Wording::Satisfaction, Wording::Agreement] {
            let settings = Settings { wording, not_applicable: false, or_dont_know: false };
            let form: Vec<_> = settings.to_form().into_iter().map(|(p, v)| (format!("s-{p}"), v)).collect();
            assert_eq!(Settings::from_form(&Given::new(&form, "s")), Ok(settings));
        }
        assert!(Settings::from_form(&Given::new(&[], "s")).is_err());
    }

    #[test]
    fn not_applicable_is_taken_only_where_offered() {
        let pairs = vec![("q".to_owned(), "na".to_owned())];
        let given = Given::new(&pairs, "q");
        assert_eq!(Settings::default().read(&given), Ok(Answer::NotApplicable));
        let strict = Settings { not_applicable: false, ..Settings::default() };
        assert!(strict.read(&given).is_err());
    }

    #[test]
    fn not_applicable_is_called_as_the_regulator_calls_it_where_it_asks() {
        let settings = Settings { or_dont_know: true, ..Settings::default() };
        let Field::Radios(choices) = settings.field() else { panic!("not radios") };
        assert_eq!(choices.last().map(|choice| choice.label.as_str()), Some("Not applicable/don’t know"));
        assert_eq!(choices.len(), 6);
        let kept = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&kept).unwrap(), settings);
        let old = r#"{"wording":"satisfaction","not_applicable":true}"#;
        assert_eq!(serde_json::from_str::<Settings>(old).unwrap(), Settings::default());
    }
}
