//! A number, whole or with a few decimals.

use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Holds, Value, Variable};
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
    /// How many decimals are allowed, from 0 to 2.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub decimals: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_nought(decimals: &u8) -> bool {
    *decimals == 0
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
            let number = scaled(words, 0);
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
        let decimals = match given.part(Setting::Decimals.part()) {
            "" | "0" => 0,
            "1" => 1,
            "2" => 2,
            _ => {
                problems.push((Setting::Decimals, "Enter 0, 1 or 2".to_owned()));
                0
            }
        };
        if problems.is_empty() {
            Ok(Self { smallest, largest, unit: unit.to_owned(), decimals })
        } else {
            Err(problems)
        }
    }
}

impl Asks for Settings {
    fn offered(&self) -> &'static [Setting] {
        &[Setting::Smallest, Setting::Largest, Setting::Unit, Setting::Decimals]
    }

    fn to_form(&self) -> Vec<(String, String)> {
        let bound = |value: Option<i32>| value.map(|value| value.to_string()).unwrap_or_default();
        vec![
            field::pair(Setting::Smallest, bound(self.smallest)),
            field::pair(Setting::Largest, bound(self.largest)),
            field::pair(Setting::Unit, &self.unit),
            field::pair(Setting::Decimals, self.decimals.to_string()),
        ]
    }

    fn own_words(&mut self) -> Vec<(String, &mut String)> {
        if self.unit.is_empty() { Vec::new() } else { vec![("unit".to_owned(), &mut self.unit)] }
    }

    fn field(&self) -> Field {
        Field::Number { unit: self.unit.clone() }
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        let words = given.one();
        if words.is_empty() {
            return Ok(Answer::NoAnswer);
        }
        let Some(number) = scaled(words, self.decimals) else {
            let message = match (self.decimals, has_decimals(words)) {
                (0, true) => "Enter a whole number. Round 3.5 or 3,5 up or down",
                (0, false) => "Enter a whole number in figures, such as 4",
                (1, true) => "Enter a number with one decimal after a point, such as 3.5",
                (_, true) => "Enter a number with two decimals after a point, such as 3.50",
                (_, false) => "Enter a number in figures, such as 3.5",
            };
            return Err(Wrong::whole(message));
        };
        let bound = |bound: i32| i64::from(bound) * i64::from(self.scale());
        let (is_below, is_above) = (|low| i64::from(number) < bound(low), |high| i64::from(number) > bound(high));
        match (self.smallest, self.largest) {
            (Some(low), Some(high)) if is_below(low) || is_above(high) => {
                Err(Wrong::whole(format!("Enter a number from {low} to {high}")))
            }
            (Some(low), _) if is_below(low) => Err(Wrong::whole(format!("Enter {low} or more"))),
            (_, Some(high)) if is_above(high) => Err(Wrong::whole(format!("Enter {high} or less"))),
            _ => Ok(Answer::Open(spelt(number, self.decimals))),
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

    fn variables(&self) -> Vec<Variable> {
        vec![Variable::new("", &self.unit, Holds::Number { decimals: self.decimals, labels: Vec::new() })]
    }

    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        let number = if let Some(Answer::Open(value)) = answer { value.parse().ok() } else { None };
        vec![number.map_or(Value::Blank, Value::Number)]
    }

    fn is_number(&self) -> bool {
        true
    }

    fn has_points(&self) -> bool {
        true
    }

    fn point(&self, value: &str) -> Option<i32> {
        scaled(value, self.decimals)
    }

    fn decimals(&self) -> u8 {
        self.decimals
    }
}

impl Settings {
    /// How many of the smallest parts make one.
    fn scale(&self) -> i32 {
        10_i32.pow(u32::from(self.decimals))
    }

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

/// A number as people write it, in parts of its last decimal: "7.5" with two decimals is 750.
fn scaled(words: &str, decimals: u8) -> Option<i32> {
    let plain = number::plain(words)?;
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let width = usize::from(decimals);
    (rest.len() <= width).then(|| format!("{whole}{rest:0<width$}"))?.parse().ok()
}

/// The one spelling of a number: with all its decimals and no more.
fn spelt(scaled: i32, decimals: u8) -> String {
    if decimals == 0 {
        return scaled.to_string();
    }
    let (width, scale) = (usize::from(decimals), 10_u32.pow(u32::from(decimals)));
    let (sign, parts) = (if scaled < 0 { "-" } else { "" }, scaled.unsigned_abs());
    format!("{sign}{}.{:0>width$}", parts / scale, parts % scale)
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
        let settings = Settings { smallest: Some(0), largest: Some(90), ..Settings::default() };
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
    fn decimals_are_taken_as_far_as_they_are_allowed_and_spelt_in_one_way() {
        let of = |decimals: u8| Settings { smallest: Some(-5), largest: Some(90), decimals, ..Settings::default() };
        let open = |number: &str| Ok(Answer::Open(number.to_owned()));
        assert_eq!([read(&of(1), "7.5"), read(&of(2), "7.5")], [open("7.5"), open("7.50")]);
        assert_eq!([read(&of(2), "-0.05"), read(&of(2), "12")], [open("-0.05"), open("12.00")]);
        assert!(read(&of(1), "7.55").unwrap_err().contains("one decimal after a point"));
        assert!(read(&of(2), "7,5").unwrap_err().contains("after a point"));
        assert!(read(&of(2), "90.01").unwrap_err().contains("from -5 to 90"));
        assert!(read(&of(1), "a few").unwrap_err().contains("in figures"));
        assert_eq!([of(0).point("7"), of(2).point("7.50"), of(2).point("-0.05")], [Some(7), Some(750), Some(-5)]);
    }

    #[test]
    fn decimals_come_back_from_their_form_and_are_two_at_most() {
        for (decimals, fits) in [(0, true), (2, true), (3, false)] {
            let settings = Settings { decimals, ..Settings::default() };
            let form: Vec<_> = settings.to_form().into_iter().map(|(p, v)| (format!("s-{p}"), v)).collect();
            assert_eq!(Settings::from_form(&Given::new(&form, "s")) == Ok(settings), fits, "{decimals}");
        }
    }

    #[test]
    fn a_number_out_of_bounds_says_the_bounds() {
        let settings = Settings { smallest: Some(0), largest: Some(31), ..Settings::default() };
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
