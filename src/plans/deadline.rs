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
#[path = "deadline_tests.rs"]
mod tests;
