//! A score from nought to ten.

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Holds, Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::kinds::asks::{Asks, Registered};
use crate::questionnaires::kinds::choice;
use crate::questionnaires::kinds::field::{self, Choice, Field, Setting, SettingProblem};
use crate::statistics::counts::{Category, Counts};

/// What the two ends mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// What nought means.
    pub low_end: String,
    /// What ten means.
    pub high_end: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { low_end: "Not at all".to_owned(), high_end: "Completely".to_owned() }
    }
}

impl Registered for Settings {
    const TAG: &'static str = "zero_to_ten";
    const NAME: &'static str = "A score from 0 to 10";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let ends = [(Setting::LowEnd, "0"), (Setting::HighEnd, "10")];
        let problems: Vec<SettingProblem> = ends
            .into_iter()
            .filter_map(|(setting, score)| match given.part(setting.part()).chars().count() {
                0 => Some((setting, format!("Say what {score} means"))),
                1..=60 => None,
                _ => Some((setting, format!("Say what {score} means in 60 characters or fewer"))),
            })
            .collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            low_end: given.part(Setting::LowEnd.part()).to_owned(),
            high_end: given.part(Setting::HighEnd.part()).to_owned(),
        })
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::LowEnd, Setting::HighEnd]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        vec![field::pair(Setting::LowEnd, &self.low_end), field::pair(Setting::HighEnd, &self.high_end)]
    }

    fn own_words(&mut self) -> Vec<(String, &mut String)> {
        vec![("low-end".to_owned(), &mut self.low_end), ("high-end".to_owned(), &mut self.high_end)]
    }

    fn field(&self) -> Field {
        let label = |score: u8| match score {
            0 => format!("0 – {}", self.low_end),
            10 => format!("10 – {}", self.high_end),
            _ => score.to_string(),
        };
        let choice = |score: u8| Choice { value: score.to_string(), label: label(score), apart: false, says: false };
        Field::Radios((0..=10).map(choice).collect())
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        choice::read(given.one(), 11, &[]).map_err(Wrong::whole)
    }

    fn missing(&self) -> String {
        "Choose a number from 0 to 10".to_owned()
    }

    /// The score itself, so that it adds up.
    fn variables(&self) -> Vec<Variable> {
        let labels = vec![(0, self.low_end.clone()), (10, self.high_end.clone())];
        vec![Variable::new("", "", Holds::Number { decimals: 0, labels })]
    }

    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        vec![if let Some(Answer::Option(score)) = answer { Value::code(*score) } else { Value::Blank }]
    }

    fn options(&self) -> Vec<String> {
        (0..=10).map(|score: u8| score.to_string()).collect()
    }

    fn is_row(&self) -> bool {
        true
    }

    fn counts(&self) -> Option<Counts> {
        let category = |score: i32| Category { label: score.to_string(), score: Some(score), favourable: false };
        Some(Counts::one_of((0..=10).map(category).collect()))
    }

    fn has_mean(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_scores_are_taken_and_no_other() {
        let read = |value: &str| {
            let pairs = vec![("q".to_owned(), value.to_owned())];
            Settings::default().read(&Given::new(&pairs, "q"))
        };
        assert_eq!(read("10"), Ok(Answer::Option(10)));
        assert!(read("11").is_err() && read("ten").is_err());
    }

    #[test]
    fn both_ends_need_words() {
        let pairs = vec![("s-low-end".to_owned(), "Never".to_owned())];
        let problems = Settings::from_form(&Given::new(&pairs, "s")).unwrap_err();
        assert_eq!(problems, [(Setting::HighEnd, "Say what 10 means".to_owned())]);
    }
}
