//! A day.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::exchange::variable::{Holds, Value, Variable};
use crate::questionnaires::answer::{Answer, Given, Wrong};
use crate::questionnaires::kinds::asks::{Asks, Registered};
use crate::questionnaires::kinds::field::{Field, SettingProblem};
use crate::statistics::counts::{Category, Counts};
use crate::statistics::joint::People;

/// A day has no settings yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {}

impl Registered for Settings {
    const TAG: &'static str = "date";
    const NAME: &'static str = "A date";

    fn from_form(_given: &Given<'_>) -> Result<Self, Vec<SettingProblem>> {
        Ok(Self {})
    }
}

impl Asks for Settings {
    fn field(&self) -> Field {
        Field::Date
    }

    fn read(&self, given: &Given<'_>) -> Result<Answer, Vec<Wrong>> {
        let [day, month, year] = ["day", "month", "year"].map(|part| given.part(part));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return Ok(Answer::NoAnswer);
        }
        for (part, name) in [(day, "day"), (month, "month"), (year, "year")] {
            if part.is_empty() {
                return Err(Wrong::whole(format!("The date must include a {name}")));
            }
        }
        let read = || {
            let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month_of(month)?, day.parse().ok()?)?;
            (1900..=2100).contains(&date.year()).then_some(date)
        };
        match read() {
            Some(date) => Ok(Answer::Open(date.to_string())),
            None => Err(Wrong::whole("Enter a real date, such as 12 11 2026")),
        }
    }

    fn missing(&self) -> String {
        "Enter a date".to_owned()
    }

    /// A stored day fills its three boxes.
    fn pairs(&self, name: &str, answer: &Answer) -> Vec<(String, String)> {
        let Answer::Open(day) = answer else { return Vec::new() };
        let Ok(date) = day.parse::<NaiveDate>() else { return Vec::new() };
        let parts =
            [("day", date.day().to_string()), ("month", date.month().to_string()), ("year", date.year().to_string())];
        parts.map(|(part, value)| (format!("{name}-{part}"), value)).to_vec()
    }

    fn in_words(&self, answer: &Answer) -> String {
        match answer {
            Answer::Open(day) => in_words(day),
            _ => String::new(),
        }
    }

    fn has_points(&self) -> bool {
        true
    }

    /// The day by its number, the first of January of the year 1 being 1.
    fn point(&self, value: &str) -> Option<i32> {
        Some(value.parse::<NaiveDate>().ok()?.num_days_from_ce())
    }

    fn counts_of_points(&self, points: &[(i32, People)]) -> Option<Counts> {
        Some(by_month(points))
    }

    fn variables(&self) -> Vec<Variable> {
        vec![Variable::new("", "", Holds::Day)]
    }

    fn values(&self, answer: Option<&Answer>) -> Vec<Value> {
        let day = if let Some(Answer::Open(day)) = answer { day.parse().ok() } else { None };
        vec![day.map_or(Value::Blank, Value::Day)]
    }
}

/// A month as a figure or by name.
fn month_of(words: &str) -> Option<u32> {
    words.parse().ok().or_else(|| words.parse::<chrono::Month>().ok().map(|m| m.number_from_month()))
}

/// A stored day in words: "12 November 2026".
fn in_words(day: &str) -> String {
    day.parse::<NaiveDate>().map_or_else(|_| day.to_owned(), |date| date.format("%-d %B %Y").to_string())
}

/// How many gave a day in each month, earliest month first; the months between are left out.
fn by_month(points: &[(i32, People)]) -> Counts {
    let day = |(point, people): &(i32, People)| Some((NaiveDate::from_num_days_from_ce_opt(*point)?, *people));
    let days: Vec<(NaiveDate, People)> = points.iter().filter_map(day).collect();
    let mut months: Vec<(i32, u32)> = days.iter().map(|(day, _)| (day.year(), day.month())).collect();
    months.sort_unstable();
    months.dedup();
    let label = |(year, month): &(i32, u32)| {
        NaiveDate::from_ymd_opt(*year, *month, 1).map_or_else(String::new, |first| first.format("%B %Y").to_string())
    };
    let mut counts = Counts::one_of(months.iter().map(|month| Category::plain(label(month))).collect());
    for (day, people) in days {
        if let Ok(at) = months.binary_search(&(day.year(), day.month())) {
            counts.record_people(&[at], people);
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(day: &str, month: &str, year: &str) -> Result<Answer, Vec<Wrong>> {
        let pairs: Vec<(String, String)> = [("q-day", day), ("q-month", month), ("q-year", year)]
            .map(|(key, value)| (key.into(), value.into()))
            .into();
        Settings::default().read(&Given::new(&pairs, "q"))
    }

    #[test]
    fn a_day_is_read_from_its_parts() {
        assert_eq!(read("4", "7", "2026"), Ok(Answer::Open("2026-07-04".to_owned())));
        assert_eq!(read("4", "July", "2026"), Ok(Answer::Open("2026-07-04".to_owned())));
        assert_eq!(read("", "", ""), Ok(Answer::NoAnswer));
        assert_eq!(in_words("2026-07-04"), "4 July 2026");
    }

    #[test]
    fn a_day_that_never_was_is_refused() {
        assert_eq!(read("4", "", "2026"), Err(Wrong::whole("The date must include a month")));
        assert!(read("31", "2", "2026").is_err() && read("1", "1", "26").is_err());
    }

    #[test]
    fn a_stored_day_fills_its_three_boxes() {
        let day = Answer::Open("2026-07-04".to_owned());
        assert_eq!(Settings::default().pairs("q", &day).first(), Some(&("q-day".to_owned(), "4".to_owned())));
    }
}
