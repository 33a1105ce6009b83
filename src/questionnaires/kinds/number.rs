//! A whole number.

use serde::{Deserialize, Serialize};

use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::kinds::asks::{Asks, Registered};
use crate::questionnaires::kinds::field::{self, Field, Setting, SettingProblem};
use crate::web::number;

/// The bounds and the unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The smallest number allowed.
    pub smallest: Option<i32>,
    /// The largest number allowed.
    pub largest: Option<i32>,
    /// "days", or empty.
    #[serde(default)]
    pub unit: String,
}

impl Registered for Settings {
    const TAG: &'static str = "number";
    const NAME: &'static str = "A number";

    fn from_form(given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        let mut problems = Vec::new();
        let mut bound = |setting: Setting| {
            let words = given.part(setting.part());
            if words.is_empty() {
                return None;
            }
            let number = whole(words);
            if number.is_none() {
                problems.push((setting, "Enter a whole number, or leave it empty".to_owned()));
            }
            number
        };
        let (smallest, largest) = (bound(Setting::Smallest), bound(Setting::Largest));
        if smallest.zip(largest).is_some_and(|(low, high)| low > high) {
            let message = "The largest number must not be below the smallest";
            problems.push((Setting::Largest, message.to_owned()));
        }
        let unit = given.part(Setting::Unit.part());
        if unit.chars().count() > 30 {
            problems.push((Setting::Unit, "Shorten the unit to 30 characters or fewer".to_owned()));
        }
        if problems.is_empty() { Ok(Self { smallest, largest, unit: unit.to_owned() }) } else { Err(problems) }
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Smallest, Setting::Largest, Setting::Unit]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        let bound = |value: Option<i32>| value.map(|value| value.to_string()).unwrap_or_default();
        vec![
            field::pair(Setting::Smallest, bound(self.smallest)),
            field::pair(Setting::Largest, bound(self.largest)),
            field::pair(Setting::Unit, &self.unit),
        ]
    }


    fn field(&self) -> Field {
        Field::Number { unit: self.unit.clone() }
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        let words = given.one();
        if words.is_empty() {
            return Ok(Answer::NoAnswer);
        }
        let Some(number) = whole(words) else {
            let message = if has_decimals(words) {
                "Enter a whole number. Round 3.5 or 3,5 up or down"
            } else {
                "Enter a whole number in figures, such as 4"
            };
            return Err(Wrong::whole(message));
        };
        match (self.smallest, self.largest) {
            (Some(low), Some(high)) if number < low || number > high => {
                Err(Wrong::whole(format!("Enter a number from {low} to {high}")))
            }
            (Some(low), _) if number < low => Err(Wrong::whole(format!("Enter {low} or more"))),
            (_, Some(high)) if number > high => Err(Wrong::whole(format!("Enter {high} or less"))),
            _ => Ok(Answer::Open(number.to_string())),
        }
    }

    fn missing(&self) -> String {
        "Enter a number".to_owned()
    }

    fn in_words(&self, answer: &Answer) -> String {
        match answer {
            Answer::Open(value) => self.with_unit(value),
            _ => String::new(),
        }
    }

    fn cells(&self, answer: &Answer) -> Vec<String> {
        match answer {
            Answer::Open(number) => vec![number.clone()],
            _ => vec![String::new()],
        }
    }

    fn is_number(&self) -> bool {
        true
    }
}

impl Settings {
    fn with_unit(&self, value: &str) -> String {
        match self.unit.as_str() {
            "" => value.to_owned(),
            // The unit is the landlord's own word, which nobody can put into the singular for them.
            unit if value == "1" && unit.ends_with('s') => format!("{value} ({unit})"),
            unit => format!("{value} {unit}"),
        }
    }
}

/// Whether a text is a number with decimals, behind a point or a comma.
fn has_decimals(words: &str) -> bool {
    [words.to_owned(), words.replace(',', ".")]
        .iter()
        .filter_map(|words| number::plain(words))
        .any(|number| number.contains('.'))
}

/// A whole number as people write it.
fn whole(words: &str) -> Option<i32> {
    number::plain(words)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(settings: &Settings, value: &str) -> Result<Answer, String> {
        let pairs = vec![("q".to_owned(), value.to_owned())];
        settings.read(&Given::new(&pairs, "q")).map_err(|wrong| wrong[0].message.clone())
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let settings = Settings::default();
        assert_eq!(read(&settings, " 1,200 "), Ok(Answer::Open("1200".to_owned())));
        assert_eq!(read(&settings, "-3"), Ok(Answer::Open("-3".to_owned())));
        assert_eq!(read(&settings, "1 200 000"), Ok(Answer::Open("1200000".to_owned())));
        assert_eq!(read(&settings, "12000"), Ok(Answer::Open("12000".to_owned())));
        assert!(read(&settings, "a few").is_err() && read(&settings, "2.5").is_err());
    }

    #[test]
    fn a_comma_that_parts_no_thousands_is_refused_and_never_dropped() {
        let settings = Settings { smallest: Some(0), largest: Some(90), unit: "years".to_owned() };
        for words in
            ["7,5", "7, 5", "7 5", "1,2000", "1200,300", ",5", "7,", "1,,200", "12,34", "-", "--3", "9,999,999,999"]
        {
            let refused = read(&settings, words);
            assert!(refused.as_ref().is_err_and(|message| message.contains("whole number")), "{words}: {refused:?}");
        }
    }

    #[test]
    fn whoever_typed_decimals_is_told_to_round_and_whoever_typed_words_to_use_figures() {
        for (words, rounds) in [("3.5", true), ("3,5", true), ("1,200.5", true), ("three", false), ("4 or 5", false)] {
            let refused = read(&Settings::default(), words).unwrap_err();
            assert_eq!(refused.contains("Round"), rounds, "{words}: {refused}");
            assert_eq!(refused.contains("in figures"), !rounds, "{words}: {refused}");
        }
    }

    #[test]
    fn one_is_never_written_as_several() {
        let of = |unit: &str| Settings { unit: unit.to_owned(), ..Settings::default() };
        assert_eq!([of("years").with_unit("1"), of("years").with_unit("12")], ["1 (years)", "12 years"]);
        assert_eq!([of("%").with_unit("1"), of("").with_unit("1")], ["1 %", "1"]);
    }

    #[test]
    fn a_number_out_of_bounds_says_the_bounds() {
        let settings = Settings { smallest: Some(0), largest: Some(31), unit: String::new() };
        assert_eq!(read(&settings, "40"), Err("Enter a number from 0 to 31".to_owned()));
        assert!(read(&settings, "31").is_ok());
    }

    #[test]
    fn bounds_the_wrong_way_round_are_refused() {
        let pairs: Vec<(String, String)> =
            [("s-smallest", "5"), ("s-largest", "2")].map(|(k, v)| (k.into(), v.into())).into();
        let problems = Settings::from_form(&Given::new(&pairs, "s")).unwrap_err();
        assert_eq!(problems.first().map(|(setting, _)| *setting), Some(Setting::Largest));
    }
}
