//! Any number of choices from a list.

use serde::{Deserialize, Serialize};

use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::code_book::{FIRST_OPTION, NOT_APPLICABLE};
use crate::questionnaires::kinds::asks::{Asks, Registered};
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

impl Registered for Settings {
    const TAG: &'static str = "several_choices";
    const NAME: &'static str = "Several choices from a list";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let options = choice::options_from(given.part(Setting::Options.part()))
            .map_err(|message| vec![(Setting::Options, message)])?;
        Ok(Self { options })
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Options]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        vec![field::pair(Setting::Options, self.options.join("\n"))]
    }

    fn field(&self) -> Field {
        let mut choices = choice::choices(self.options.iter().map(String::as_str), &[]);
        choices.push(Choice { value: NONE.to_owned(), label: "None of these".to_owned(), apart: true, says: false });
        Field::Checkboxes(choices)
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        let (mut chosen, mut none) = (Vec::new(), false);
        for value in given.all() {
            match choice::read(value, self.options.len(), &[Special::NotApplicable]).map_err(Wrong::whole)? {
                Answer::Option(at) => chosen.push(at),
                Answer::NotApplicable => none = true,
                _ => {}
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        match (chosen.is_empty(), none) {
            (false, true) => Err(Wrong::whole("Choose either “None of these” or some of the answers")),
            (false, false) => Ok(Answer::Several(chosen)),
            (true, true) => Ok(Answer::NotApplicable),
            (true, false) => Ok(Answer::NoAnswer),
        }
    }

    fn missing(&self) -> String {
        "Choose at least one answer".to_owned()
    }

    fn options(&self) -> Vec<String> {
        self.options.clone()
    }

    /// One bit for each option.
    fn more_bytes(&self) -> usize {
        self.options.len().div_ceil(8)
    }

    fn more(&self, _state: u8, answer: Option<&Answer>) -> Vec<u8> {
        let mut bits = vec![0_u8; self.more_bytes()];
        if let Some(Answer::Several(ats)) = answer {
            for at in ats {
                if let Some(byte) = bits.get_mut(usize::from(at / 8)) {
                    *byte |= 1 << (at % 8);
                }
            }
        }
        bits
    }

    fn stored(&self, _code: u8, more: &[u8], _open: Option<&str>) -> Option<Answer> {
        Some(Answer::Several(chosen(more).filter_map(|at| u8::try_from(at).ok()).collect()))
    }

    fn counts(&self) -> Option<Counts> {
        Some(Counts::several_of(self.options.iter().map(Category::plain).collect()))
    }

    /// Whoever chose "None of these" stands in the base with no choice.
    fn tally(&self, code: u8, more: &[u8], counts: &mut Counts) {
        match code {
            NOT_APPLICABLE => counts.record_several(&[]),
            code if code >= FIRST_OPTION => counts.record_several(&chosen(more).collect::<Vec<_>>()),
            _ => counts.record_outside(),
        }
    }
}

/// The options whose bits are set.
fn chosen(bits: &[u8]) -> impl Iterator<Item = usize> + use<'_> {
    let set = |byte: u8| (0..8).filter(move |bit| byte & (1 << bit) != 0);
    bits.iter().enumerate().flat_map(move |(at, byte)| set(*byte).map(move |bit| 8 * at + bit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Result<Answer, Vec<Wrong>> {
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
