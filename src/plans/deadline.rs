//! A deadline as a plan writes it: a month, a range of months, or several, one to a line.

use super::dates;
use super::month::Month;

/// From the first to the last month named. A single month is both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first month named.
    pub first: Month,
    /// The last month named: its last day is the deadline.
    pub last: Month,
}

impl Span {
    /// A span of one month.
    #[must_use]
    pub fn month(month: Month) -> Self {
        Self { first: month, last: month }
    }

    /// `March 2009` or `March 2009 to May 2010`.
    #[must_use]
    pub fn words(self) -> String {
        if self.first == self.last {
            self.last.to_string()
        } else if self.first.year() == self.last.year() {
            let first = self.first.to_string();
            let name = first.split(' ').next().unwrap_or_default().to_owned();
            format!("{name} to {}", self.last)
        } else {
            format!("{} to {}", self.first, self.last)
        }
    }
}

/// Everything a deadline cell says. Each line is a part of its own; a line that names no month is
/// kept as a part without a span, so that parts still match the lines of neighbouring cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deadline {
    /// One entry per line of the cell.
    pub parts: Vec<Option<Span>>,
}

impl Deadline {
    /// The first month of all parts.
    #[must_use]
    pub fn first(&self) -> Option<Month> {
        self.parts.iter().flatten().map(|s| s.first).min()
    }

    /// The last month of all parts.
    #[must_use]
    pub fn last(&self) -> Option<Month> {
        self.parts.iter().flatten().map(|s| s.last).max()
    }

    /// In words: the first and last month of all parts.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        Some(Span { first: self.first()?, last: self.last()? }.words())
    }
}

/// Reads a deadline cell; the second value says what could not be read.
#[must_use]
pub fn read(text: &str) -> (Deadline, Vec<String>) {
    let mut deadline = Deadline::default();
    let mut warnings = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let found = dates::find(line);
        let months = found.dated();
        let span = months.iter().min().zip(months.iter().max());
        deadline.parts.push(span.map(|(first, last)| Span { first: *first, last: *last }));
        if span.is_none() {
            warnings.push(format!("\u{201c}{line}\u{201d} names no month and year; kept as written"));
        } else if !found.others.is_empty() || months.len() < found.months.len() {
            warnings.push(format!("Only the months of \u{201c}{line}\u{201d} were read; the rest is kept as written"));
        }
        let order: Vec<_> = months.windows(2).filter(|w| w.first() > w.last()).collect();
        if !order.is_empty() {
            warnings.push(format!("The months of \u{201c}{line}\u{201d} run backwards; please check"));
        }
    }
    (deadline, warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str) -> (Option<String>, Option<String>, usize) {
        let (deadline, _) = read(text);
        (deadline.first().map(Month::code), deadline.last().map(Month::code), deadline.parts.len())
    }

    #[test]
    fn several_lines_are_several_parts() {
        let (deadline, warnings) = read("Oct 2009\nJan 2010\nJan 2010");
        assert_eq!(deadline.parts.len(), 3);
        assert_eq!(deadline.first().map(Month::code).as_deref(), Some("2009-10"));
        assert_eq!(deadline.last().map(Month::code).as_deref(), Some("2010-01"));
        assert!(warnings.is_empty());
        assert_eq!(ends("Oct 2009\nOct 09").2, 2);
    }

    #[test]
    fn an_empty_cell_has_no_parts_and_no_warning() {
        assert_eq!(read(" \n"), (Deadline::default(), vec![]));
    }

    #[test]
    fn what_names_no_month_is_kept_with_a_warning() {
        let (deadline, warnings) = read("Oct 2009\nto be agreed");
        assert_eq!(deadline.parts.len(), 2);
        assert_eq!(deadline.last().map(Month::code).as_deref(), Some("2009-10"));
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("to be agreed"));
    }

    #[test]
    fn a_month_without_a_year_anywhere_is_not_guessed() {
        let (deadline, warnings) = read("March");
        assert_eq!(deadline.last(), None);
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn months_that_run_backwards_are_pointed_out() {
        assert!(read("Jun 2010 \u{2013} Apr 2009").1[0].contains("backwards"));
    }

    #[test]
    fn words_say_the_range_once() {
        assert_eq!(read("Apr \u{2013} Jun 2009").0.words().as_deref(), Some("April to June 2009"));
        assert_eq!(read("Mar 2009 \u{2013} May 2010").0.words().as_deref(), Some("March 2009 to May 2010"));
        assert_eq!(read("(October 2009)").0.words().as_deref(), Some("October 2009"));
    }
}
