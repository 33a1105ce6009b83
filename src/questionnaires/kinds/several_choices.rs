//! Any number of choices from a list.

use serde::{Deserialize, Serialize};

use crate::questionnaires::answer::{Answer, Given};
use crate::questionnaires::kinds::choice::{self, Special};
use crate::questionnaires::kinds::field::{self, Choice, Field, Setting, SettingProblem};
use crate::statistics::counts::{Category, Counts};

/// The list. "None of these" is always offered, so that leaving all blank stays "no answer".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The options in order.
    pub options: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { options: ["First answer", "Second answer"].map(str::to_owned).to_vec() }
    }
}

/// The form value of "None of these".
const NONE: &str = Special::NotApplicable.value();

impl Settings {
    pub(super) fn offered(&self) -> &'static [Setting] {
        &[Setting::Options]
    }

    pub(super) fn to_form(&self) -> Vec<(String, String)> {
        vec![field::pair(Setting::Options, self.options.join("\n"))]
    }

    pub(super) fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let options = choice::options_from(given.part(Setting::Options.part()))
            .map_err(|message| vec![(Setting::Options, message)])?;
        Ok(Self { options })
    }

    pub(super) fn field(&self) -> Field {
        let mut choices = choice::choices(self.options.iter().map(String::as_str), &[]);
        choices.push(Choice { value: NONE.to_owned(), label: "None of these".to_owned(), apart: true });
        Field::Checkboxes(choices)
    }

    pub(super) fn read(&self, given: &Given<'_>) -> Result<Answer, String> {
        let (mut chosen, mut none) = (Vec::new(), false);
        for value in given.all() {
            match choice::read(value, self.options.len(), &[Special::NotApplicable])? {
                Answer::Option(at) => chosen.push(at),
                Answer::NotApplicable => none = true,
                _ => {}
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        match (chosen.is_empty(), none) {
            (false, true) => Err("Choose either “None of these” or some of the answers".to_owned()),
            (false, false) => Ok(Answer::Several(chosen)),
            (true, true) => Ok(Answer::NotApplicable),
            (true, false) => Ok(Answer::NoAnswer),
        }
    }

    pub(super) fn counts(&self) -> Counts {
        Counts::several_of(self.options.iter().map(Category::plain).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Result<Answer, String> {
        let pairs: Vec<_> = values.iter().map(|value| ("q".to_owned(), (*value).to_owned())).collect();
        Settings::default().read(&Given::new(&pairs, "q"))
    }

    #[test]
    fn ticks_are_kept_once_and_in_order() {
        assert_eq!(read(&["1", "0", "1"]), Ok(Answer::Several(vec![0, 1])));
        assert_eq!(read(&[]), Ok(Answer::NoAnswer));
        assert_eq!(read(&["na"]), Ok(Answer::NotApplicable));
    }

    #[test]
    fn none_of_these_beside_a_tick_is_refused() {
        assert!(read(&["0", "na"]).is_err());
        assert!(read(&["9"]).is_err());
    }
}
