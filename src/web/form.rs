//! A posted form: values in the order they came, errors by field, so that a refused form can be shown again with nothing lost.

use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::NaiveDate;

use super::number;

/// The values of a form and what is wrong with them. An empty one stands for a form not yet filled in.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    errors: Vec<(String, String)>,
}

impl Form {
    /// A form as it was posted, or filled in beforehand from a record.
    #[must_use]
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self { fields, errors: Vec::new() }
    }

    /// A form filled in beforehand with pairs of name and value.
    #[must_use]
    pub fn filled(fields: &[(&str, &str)]) -> Self {
        Self::new(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// Sets a value, as if it had been typed; a day is set in its three parts.
    pub fn set(&mut self, name: &str, value: &str) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
    }

    /// Sets the three parts of a day field.
    pub fn set_day(&mut self, name: &str, on: Option<NaiveDate>) {
        if let Some(on) = on {
            self.set(&format!("{name}-day"), &on.format("%-d").to_string());
            self.set(&format!("{name}-month"), &on.format("%-m").to_string());
            self.set(&format!("{name}-year"), &on.format("%Y").to_string());
        }
    }

    /// Every pair in the order in which it was posted.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The first value of a field as typed; empty when it was not sent.
    #[must_use]
    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field, for boxes of which several may be ticked.
    #[must_use]
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// True when the field was sent with that value: a ticked box, a chosen radio.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields.iter().any(|(field, sent)| field == name && sent == value)
    }

    /// Says what is wrong with a field; shown beside it and in the summary.
    pub fn error(&mut self, name: &str, message: impl Into<String>) {
        self.errors.push((name.to_owned(), message.into()));
    }

    /// Puts the errors in the order in which their fields stand on the page; others come last.
    pub fn order_errors(&mut self, fields: &[String]) {
        self.errors.sort_by_key(|(name, _)| fields.iter().position(|field| field == name).unwrap_or(fields.len()));
    }

    /// What is wrong, in the order in which it was found: pairs of field and sentence.
    #[must_use]
    pub fn errors(&self) -> &[(String, String)] {
        &self.errors
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn error_of(&self, name: &str) -> Option<&str> {
        self.errors.iter().find(|(field, _)| field == name).map(|(_, message)| message.as_str())
    }

    /// True when nothing is wrong so far.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// A text that may be left empty, trimmed, of at most `longest` characters. `what` names it in the error: "Your comment".
    pub fn text(&mut self, name: &str, what: &str, longest: usize) -> String {
        let text = self.value(name).trim().replace("\r\n", "\n");
        let more = text.chars().count().saturating_sub(longest);
        if more > 0 {
            let (longest, more) = (number::grouped(&longest), number::grouped(&more));
            self.error(name, format!("{what} must be {longest} characters or fewer. You have {more} too many"));
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            self.error(name, format!("{what} holds a character that cannot be used"));
        }
        text
    }

    /// A text that must be given; `missing` is the sentence when it is not: "Enter your name".
    pub fn required(&mut self, name: &str, what: &str, longest: usize, missing: &str) -> String {
        let text = self.text(name, what, longest);
        if text.is_empty() {
            self.error(name, missing);
        }
        text
    }

    /// A whole number in a range; commas are forgiven. `message` is the sentence when it is not: "Enter the number of places, from 1 to 500".
    pub fn whole(&mut self, name: &str, range: RangeInclusive<i64>, message: &str) -> Option<i64> {
        let number =
            number::plain(self.value(name)).and_then(|text| text.parse().ok()).filter(|number| range.contains(number));
        if number.is_none() {
            self.error(name, message);
        }
        number
    }

    /// A whole number that may be left empty.
    pub fn optional_whole(&mut self, name: &str, range: RangeInclusive<i64>, message: &str) -> Option<i64> {
        if self.value(name).trim().is_empty() { None } else { self.whole(name, range, message) }
    }

    /// A number with decimals in a range; commas and a per cent sign are forgiven.
    pub fn decimal(&mut self, name: &str, range: RangeInclusive<f64>, message: &str) -> Option<f64> {
        let typed = number::plain(self.value(name).trim().trim_end_matches('%'));
        let number = typed.and_then(|text| text.parse::<f64>().ok()).filter(|number| range.contains(number));
        if number.is_none() {
            self.error(name, message);
        }
        number
    }

    /// One of the choices that a type knows by its code.
    pub fn choice<T: FromStr>(&mut self, name: &str, missing: &str) -> Option<T> {
        let chosen = self.value(name).parse().ok();
        if chosen.is_none() {
            self.error(name, missing);
        }
        chosen
    }

    /// An e-mail address that may be left empty.
    pub fn optional_email(&mut self, name: &str) -> Option<String> {
        let text = self.value(name).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        if !crate::mail::is_address(&text) {
            self.error(name, "Enter an e-mail address in the right form, like name@example.org");
        }
        Some(text)
    }

    /// An e-mail address that must be given.
    pub fn email(&mut self, name: &str) -> String {
        let found = self.optional_email(name).unwrap_or_default();
        if found.is_empty() {
            self.error(name, "Enter an e-mail address");
        }
        found
    }

    /// A day typed in three boxes, `name-day`, `name-month` and `name-year`. `what` names it: "The date of the group".
    pub fn day(&mut self, name: &str, what: &str) -> Option<NaiveDate> {
        let found = self.optional_day(name, what);
        if found.is_none() && self.error_of(name).is_none() {
            self.error(name, format!("{what}: enter a day, month and year"));
        }
        found
    }

    /// A day that may be left empty.
    pub fn optional_day(&mut self, name: &str, what: &str) -> Option<NaiveDate> {
        let part = |part: &str| self.value(&format!("{name}-{part}")).trim().to_owned();
        let (day, month, year) = (part("day"), part("month"), part("year"));
        if day.is_empty() && month.is_empty() && year.is_empty() {
            return None;
        }
        let found =
            year.parse().ok().filter(|year| (1900..=2200).contains(year)).zip(month.parse().ok()).zip(day.parse().ok());
        let found = found.and_then(|((year, month), day)| NaiveDate::from_ymd_opt(year, month, day));
        if found.is_none() {
            self.error(name, format!("{what} must be a real date, like 27 3 2026"));
        }
        found
    }

    /// True when the box that people cannot see was filled in, which only a program does.
    #[must_use]
    pub fn is_from_a_program(&self) -> bool {
        !self.value(HONEYPOT).is_empty()
    }
}

/// Stands before the name of what a page itself puts into a form, so that it is told from what a person typed.
/// Pages read it by its name alone.
pub const CARRIED: char = '~';

/// A field's name without that mark.
pub(super) fn bare(name: &str) -> &str {
    name.strip_prefix(CARRIED).unwrap_or(name)
}

/// The field that people cannot see.
pub const HONEYPOT: &str = "website";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_from_three_boxes() {
        let mut form = Form::filled(&[("held-day", "27"), ("held-month", "3"), ("held-year", "2026")]);
        assert_eq!(form.day("held", "The date"), NaiveDate::from_ymd_opt(2026, 3, 27));
        let mut form = Form::filled(&[("held-day", "31"), ("held-month", "2"), ("held-year", "2026")]);
        assert_eq!(form.day("held", "The date"), None);
        assert_eq!(form.error_of("held"), Some("The date must be a real date, like 27 3 2026"));
        assert_eq!(Form::default().optional_day("held", "The date"), None);
    }

    #[test]
    fn values_are_kept_as_typed_and_errors_name_their_field() {
        let mut form = Form::filled(&[("name", "  "), ("places", "many")]);
        form.required("name", "Your name", 80, "Enter your name");
        form.whole("places", 1..=500, "Enter the number of places, from 1 to 500");
        assert_eq!(form.value("places"), "many");
        assert_eq!(form.errors().len(), 2);
        let last = form.errors()[1].0.clone();
        form.order_errors(std::slice::from_ref(&last));
        assert_eq!(form.errors()[0].0, last);
        assert_eq!(form.error_of("name"), Some("Enter your name"));
    }

    #[test]
    fn a_text_too_long_is_told_by_how_much() {
        let mut form = Form::filled(&[("words", &"é".repeat(2017))]);
        form.text("words", "Your comment", 2000);
        let said = "Your comment must be 2,000 characters or fewer. You have 17 too many";
        assert_eq!(form.error_of("words"), Some(said));
    }

    #[test]
    fn numbers_forgive_commas_and_per_cent() {
        let mut form = Form::filled(&[("n", "1,200"), ("share", "92.5%")]);
        assert_eq!(form.whole("n", 0..=9999, "x"), Some(1200));
        assert_eq!(form.decimal("share", 0.0..=100.0, "x"), Some(92.5));
    }
}
