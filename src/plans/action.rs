//! An action and everything said about it; how it stood on any day.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::deadline::Span;
use super::month::Month;
use super::plan::ObjectiveId;
use super::progress::{Standing, Word};
use super::resources::Resources;
use super::status::Status;
pub use crate::thread::id::ActionId;

/// The most characters of a heading that is put together of several lines.
const LONGEST_HEADING: usize = 120;

/// An action as the plan words it. A sub-row has a parent and no reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    pub id: ActionId,
    pub slug: String,
    pub objective: ObjectiveId,
    pub parent: Option<ActionId>,
    pub position: i64,
    pub reference: Option<String>,
    pub title: String,
    pub measure: String,
    pub outcome: String,
    /// The words of the plan about cost.
    pub resources_text: String,
    pub resources: Resources,
    pub merged_into: Option<ActionId>,
    /// The document's own cells as JSON, where it came from a file.
    pub document: Option<String>,
    /// What the reading of the document left for a person.
    pub warnings: Vec<String>,
}

impl Action {
    /// The words a person knows it by: the reference and the action.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.reference {
            Some(reference) => format!("{reference} {}", self.heading()),
            None => self.heading().into_owned(),
        }
    }

    /// The first sentence or line of the action, or of its measure where it has no words of its own. A line that only
    /// begins something, such as "New surveys for:" or the first of several names, goes on with the lines under it.
    #[must_use]
    pub fn heading(&self) -> Cow<'_, str> {
        let text = if self.title.is_empty() { &self.measure } else { &self.title };
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let Some(first) = lines.next() else { return Cow::Borrowed("") };
        let goes_on = lines.clone().next().is_some() && !first.ends_with(['.', '!', '?', ';']);
        if !goes_on {
            return Cow::Borrowed(first.trim_end_matches(':'));
        }
        let mut whole = first.to_owned();
        for line in lines {
            // A line after a colon begins the list; one after a comma goes on in the same sentence.
            let joint = if whole.ends_with([':', ',', ';']) { " " } else { ", " };
            if whole.chars().count() + line.chars().count() > LONGEST_HEADING {
                whole.push_str(" \u{2026}");
                break;
            }
            whole.push_str(joint);
            whole.push_str(line);
        }
        Cow::Owned(whole)
    }
}

/// Where a statement came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Read from a file.
    Document,
    /// Read from a file that names no day: the day it is kept with is the one on which it was sent, which says
    /// nothing about when the words were true.
    Undated,
    /// Said by a member of staff.
    Staff,
}

impl Source {
    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Document | Self::Undated => "document",
            Self::Staff => "staff",
        }
    }

    /// Whether it was read from a file, dated or not.
    #[must_use]
    pub fn is_document(self) -> bool {
        self != Self::Staff
    }

    /// Reads a code.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        [Self::Document, Self::Staff].into_iter().find(|s| s.code() == code)
    }
}

/// A dated statement of how an action stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    pub action: ActionId,
    pub said_on: NaiveDate,
    pub status: Status,
    /// One state per line of the deadline, or empty.
    pub parts: Vec<Status>,
    pub per_cent: Option<u8>,
    /// The words with it: the document's status cell, or what staff wrote.
    pub words: String,
    pub source: Source,
    /// Why an action is called done without evidence in the system; else empty.
    pub waiver: String,
}

/// A dated statement of a deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    pub action: ActionId,
    /// Whether it took the place of the original.
    pub is_revision: bool,
    pub spans: Vec<Option<Span>>,
    pub words: String,
    pub reason: String,
    pub said_on: NaiveDate,
    pub source: Source,
}

/// Writes spans as stored: one to a line.
#[must_use]
pub fn write_spans(spans: &[Option<Span>]) -> String {
    let lines: Vec<String> = spans
        .iter()
        .map(|s| s.map_or_else(|| "-".to_owned(), |s| format!("{}/{}", s.first.code(), s.last.code())))
        .collect();
    lines.join("\n")
}

/// Reads spans as stored.
#[must_use]
pub fn read_spans(text: &str) -> Vec<Option<Span>> {
    let read = |line: &str| {
        let (first, last) = line.split_once('/')?;
        Some(Span { first: Month::read(first)?, last: Month::read(last)? })
    };
    text.lines().map(read).collect()
}

/// An action with all its statements, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub action: Action,
    pub progress: Vec<Progress>,
    pub promises: Vec<Promise>,
}

/// How an action stood on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsOf {
    pub standing: Standing,
    pub late: bool,
    pub word: Word,
    /// The words of the statement in force.
    pub words: String,
    pub per_cent: Option<u8>,
    /// The day of the newest statement in force; none for an action nobody has spoken about, and where the newest
    /// was read from a file that names no day.
    pub updated: Option<NaiveDate>,
}

impl Told {
    /// The statement of progress in force on that day.
    #[must_use]
    pub fn said(&self, day: NaiveDate) -> Option<&Progress> {
        in_force(&self.progress, day, |p| (p.said_on, p.source))
    }

    /// How the action stood on that day.
    #[must_use]
    pub fn as_of(&self, day: NaiveDate) -> AsOf {
        let said = self.said(day);
        let original = promise_in_force(&self.promises, day, false);
        let revised = promise_in_force(&self.promises, day, true);
        let standing = Standing {
            status: said.map_or(Status::NotStarted, |p| p.status),
            part_statuses: said.map(|p| p.parts.clone()).unwrap_or_default(),
            original: original.map(|p| p.spans.clone()).unwrap_or_default(),
            revised: revised.and_then(|p| whole(&p.spans)),
        };
        let late = standing.is_late(day);
        let promises = [original, revised].into_iter().flatten().map(|p| (p.said_on, p.source));
        let newest = said.map(|p| (p.said_on, p.source)).into_iter().chain(promises);
        // Of one day, what staff said has a day of its own.
        let newest = newest.max_by_key(|(on, source)| (*on, *source == Source::Staff));
        AsOf {
            word: Word::of(standing.status, late),
            late,
            words: said.map(|p| p.words.clone()).unwrap_or_default(),
            per_cent: said.and_then(|p| p.per_cent),
            updated: newest.filter(|(_, source)| *source != Source::Undated).map(|(on, _)| on),
            standing,
        }
    }
}

/// All spans as one.
#[must_use]
pub fn whole(spans: &[Option<Span>]) -> Option<Span> {
    let first = spans.iter().flatten().map(|s| s.first).min()?;
    let last = spans.iter().flatten().map(|s| s.last).max()?;
    Some(Span { first, last })
}

/// The newest statement up to that day. What the first document said holds for all time before it,
/// as nothing else is known of that time; what staff say holds from its own day.
fn in_force<T>(statements: &[T], day: NaiveDate, said: impl Fn(&T) -> (NaiveDate, Source)) -> Option<&T> {
    let first = statements.iter().map(|s| said(s).0).min()?;
    let holds = |s: &&T| {
        let (on, source) = said(s);
        on <= day || (on == first && source.is_document())
    };
    // Oldest first, so that the last of the greatest is the newest of its day.
    statements.iter().filter(holds).max_by_key(|s| said(s).0)
}

fn promise_in_force(promises: &[Promise], day: NaiveDate, revised: bool) -> Option<&Promise> {
    let first = promises.iter().map(|p| p.said_on).min()?;
    let of_kind = promises.iter().filter(|p| p.is_revision == revised);
    let holds = |p: &&Promise| !p.is_revision || p.said_on <= day || (p.said_on == first && p.source.is_document());
    of_kind.filter(holds).max_by_key(|p| if p.said_on <= day { p.said_on } else { NaiveDate::MIN })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::deadline;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn said(on: &str, status: Status) -> Progress {
        Progress {
            action: ActionId(1),
            said_on: day(on),
            status,
            parts: vec![],
            per_cent: None,
            words: on.to_owned(),
            source: Source::Staff,
            waiver: String::new(),
        }
    }

    fn promised(on: &str, due: &str, is_revision: bool) -> Promise {
        Promise {
            action: ActionId(1),
            is_revision,
            spans: deadline::read(due).0.parts,
            words: due.to_owned(),
            reason: String::new(),
            said_on: day(on),
            source: Source::Document,
        }
    }

    fn told(progress: Vec<Progress>, promises: Vec<Promise>) -> Told {
        let action = Action {
            id: ActionId(1),
            slug: "a".to_owned(),
            objective: ObjectiveId(1),
            parent: None,
            position: 0,
            reference: Some("1.1".to_owned()),
            title: "Ask tenants:\nmore".to_owned(),
            measure: String::new(),
            outcome: String::new(),
            resources_text: String::new(),
            resources: Resources::NotStated,
            merged_into: None,
            document: None,
            warnings: vec![],
        };
        Told { action, progress, promises }
    }

    #[test]
    fn a_heading_that_only_begins_something_goes_on() {
        let of = |title: &str| {
            let mut action = told(vec![], vec![]).action;
            action.title = title.to_owned();
            action.heading().into_owned()
        };
        assert_eq!(of("New surveys for:\nlawns\nwindows"), "New surveys for: lawns, windows");
        assert_eq!(of("Sheltered homes\nResponse repairs"), "Sheltered homes, Response repairs");
        assert_eq!(of("Ask tenants what they think.\nWorking groups:"), "Ask tenants what they think.");
        assert_eq!(of("Working groups:"), "Working groups");
        assert_eq!(of(""), "");
        let long = of(&format!("Homes in:\n{}", "a long street name\n".repeat(20)));
        assert!(long.ends_with(" \u{2026}") && long.chars().count() <= LONGEST_HEADING + 2, "{long}");
    }

    #[test]
    fn another_day_has_its_own_truth() {
        let told = told(
            vec![said("2024-03-01", Status::OnTrack), said("2024-06-10", Status::Done)],
            vec![promised("2024-03-01", "Apr 2024", false)],
        );
        assert_eq!(told.as_of(day("2024-04-30")).word, Word::OnTrack);
        assert_eq!(told.as_of(day("2024-05-01")).word, Word::Late);
        let done = told.as_of(day("2024-06-10"));
        assert_eq!((done.word, done.updated), (Word::Done, Some(day("2024-06-10"))));
    }

    #[test]
    fn what_the_first_document_says_holds_before_it_and_what_staff_say_does_not() {
        let read = Progress { source: Source::Document, ..said("2026-01-05", Status::OnTrack) };
        let told = told(vec![read, said("2026-01-05", Status::Done)], vec![promised("2026-01-05", "Oct 2009", false)]);
        assert_eq!(told.as_of(day("2009-11-12")).word, Word::Late);
        assert_eq!(told.as_of(day("2026-01-05")).word, Word::Done);
    }

    #[test]
    fn what_a_file_without_a_day_says_has_no_day_of_update() {
        let read = Progress { source: Source::Undated, ..said("2026-01-05", Status::OnTrack) };
        let undated = told(vec![read.clone()], vec![]).as_of(day("2026-02-01"));
        assert_eq!((undated.word, undated.updated), (Word::OnTrack, None));
        let since = told(vec![read, said("2026-01-05", Status::Done)], vec![]);
        assert_eq!(since.as_of(day("2026-02-01")).updated, Some(day("2026-01-05")));
    }

    #[test]
    fn the_later_of_two_statements_of_one_day_stands() {
        let told = told(vec![said("2024-03-01", Status::OnTrack), said("2024-03-01", Status::Stopped)], vec![]);
        assert_eq!(told.as_of(day("2024-03-01")).word, Word::Stopped);
    }

    #[test]
    fn a_revision_counts_from_the_day_it_was_made() {
        let told = told(
            vec![said("2024-03-01", Status::OnTrack)],
            vec![promised("2024-03-01", "Apr 2024", false), promised("2024-05-20", "Aug 2024", true)],
        );
        assert!(told.as_of(day("2024-05-10")).late);
        let later = told.as_of(day("2024-05-20"));
        assert!(!later.late);
        assert_eq!(later.standing.slipped(), Some(4));
        assert_eq!(told.as_of(day("2024-02-01")).standing.revised, None);
    }

    #[test]
    fn a_revision_read_beside_the_original_is_known_as_early_as_it() {
        let told =
            told(vec![], vec![promised("2026-01-05", "Oct 2009", false), promised("2026-01-05", "Jan 2010", true)]);
        assert!(!told.as_of(day("2009-11-12")).late);
    }

    #[test]
    fn spans_read_back_as_written() {
        let spans = deadline::read("Apr \u{2013} Jun 2009\nsoon\nOct 2009").0.parts;
        assert_eq!(read_spans(&write_spans(&spans)), spans);
        assert_eq!(read_spans(""), vec![]);
    }

    #[test]
    fn an_action_is_known_by_its_reference_and_first_line() {
        assert_eq!(told(vec![], vec![]).action.name(), "1.1 Ask tenants: more");
    }
}
