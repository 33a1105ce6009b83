//! Late, slipped and how far along: computed from deadlines and statuses, never typed.

use chrono::NaiveDate;

use super::deadline::Span;
use super::month::Month;
use super::status::Status;

/// What lateness depends on, as known on some day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The state of the action as a whole.
    pub status: Status,
    /// The state of each part, where the plan states them one by one; else empty.
    pub part_statuses: Vec<Status>,
    /// The original deadline of each part.
    pub original: Vec<Option<Span>>,
    /// The deadline that took the place of all of them.
    pub revised: Option<Span>,
}

impl Standing {
    /// The last month of the original deadline.
    #[must_use]
    pub fn first_promised(&self) -> Option<Month> {
        self.original.iter().flatten().map(|s| s.last).max()
    }

    /// The deadline now in force: the revised one if there is one. Its last day counts as in time.
    #[must_use]
    pub fn due(&self) -> Option<Month> {
        self.revised.map(|s| s.last).or_else(|| self.first_promised())
    }

    /// Unfinished on that day with a deadline past. Where an action has several deadlines, one of
    /// them past with its own part unfinished is enough.
    #[must_use]
    pub fn is_late(&self, day: NaiveDate) -> bool {
        if self.status.is_over() {
            return false;
        }
        if let Some(revised) = self.revised {
            return revised.last.last_day() < day;
        }
        let several = self.part_statuses.len() == self.original.len();
        self.original.iter().enumerate().any(|(at, span)| {
            let over = several && self.part_statuses.get(at).is_some_and(|s| s.is_over());
            !over && span.is_some_and(|s| s.last.last_day() < day)
        })
    }

    /// By how many months the deadline was moved back, if it was.
    #[must_use]
    pub fn slipped(&self) -> Option<i32> {
        let months = self.revised?.last.since(self.first_promised()?);
        (months > 0).then_some(months)
    }
}

/// The word shown for an action: a late one says so, whatever else is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// Finished.
    Done,
    /// Going on, in time.
    OnTrack,
    /// Unfinished with its deadline past.
    Late,
    /// Not begun, in time.
    NotStarted,
    /// Nobody has yet said how it stands.
    NotClear,
    /// Given up.
    Stopped,
    /// Carried on inside another action.
    Merged,
    /// Neither finished nor given up when its plan was closed. No open plan has it.
    Unfinished,
}

impl Word {
    /// Every word of an open plan, in the order of the public filter.
    pub const ALL: [Self; 7] =
        [Self::Done, Self::OnTrack, Self::Late, Self::NotStarted, Self::NotClear, Self::Stopped, Self::Merged];

    /// The word for a status on a day when the action is late or not.
    #[must_use]
    pub fn of(status: Status, late: bool) -> Self {
        match status {
            Status::Done => Self::Done,
            Status::Stopped => Self::Stopped,
            Status::Merged => Self::Merged,
            _ if late => Self::Late,
            Status::OnTrack => Self::OnTrack,
            Status::NotStarted => Self::NotStarted,
            Status::Unclassified => Self::NotClear,
        }
    }

    /// The word once the plan is closed: what was going on is going on no longer.
    #[must_use]
    pub fn once_closed(self) -> Self {
        match self {
            Self::Done | Self::Stopped | Self::Merged => self,
            _ => Self::Unfinished,
        }
    }

    /// As used in addresses, and for its shape and colour.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::OnTrack => "on-track",
            Self::Late => "late",
            Self::NotStarted => "not-started",
            Self::NotClear => "not-clear",
            Self::Stopped | Self::Unfinished => "stopped",
            Self::Merged => "merged",
        }
    }

    /// Reads a code.
    #[must_use]
    pub fn read(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|w| w.code() == code)
    }

    /// As residents read it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::OnTrack => "On track",
            Self::Late => "Late",
            Self::NotStarted => "Not started",
            Self::NotClear => "Not clear yet",
            Self::Stopped => "Stopped",
            Self::Merged => "Merged",
            Self::Unfinished => "Not finished, plan closed",
        }
    }
}

/// How many actions stand how. Each action is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Finished.
    pub done: usize,
    /// Going on, in time.
    pub on_track: usize,
    /// Unfinished with the deadline past.
    pub late: usize,
    /// Not begun, in time.
    pub not_started: usize,
    /// Nobody has yet said.
    pub not_clear: usize,
    /// Given up.
    pub stopped: usize,
    /// Carried on inside another action.
    pub merged: usize,
}

impl Counts {
    /// Counts the words.
    pub fn of(words: impl IntoIterator<Item = Word>) -> Self {
        let mut counts = Self::default();
        for word in words {
            *counts.slot(word) += 1;
        }
        counts
    }

    fn slot(&mut self, word: Word) -> &mut usize {
        match word {
            Word::Done => &mut self.done,
            Word::OnTrack => &mut self.on_track,
            Word::Late => &mut self.late,
            Word::NotStarted => &mut self.not_started,
            Word::NotClear | Word::Unfinished => &mut self.not_clear,
            Word::Stopped => &mut self.stopped,
            Word::Merged => &mut self.merged,
        }
    }

    /// How many of one kind.
    #[must_use]
    pub fn get(mut self, word: Word) -> usize {
        *self.slot(word)
    }

    /// All actions.
    #[must_use]
    pub fn total(self) -> usize {
        Word::ALL.into_iter().map(|w| self.get(w)).sum()
    }

    /// All actions that were not given up or merged: what "done" is measured against.
    #[must_use]
    pub fn expected(self) -> usize {
        self.total() - self.stopped - self.merged
    }

    /// How many stand in each of these ways, without those of which there is none: "3 not started, 1 stopped".
    #[must_use]
    pub fn in_words(self, words: &[Word]) -> String {
        let some = words.iter().map(|word| (self.get(*word), word.words())).filter(|(number, _)| *number > 0);
        some.map(|(number, words)| format!("{number} {}", words.to_lowercase())).collect::<Vec<_>>().join(", ")
    }

    /// All actions of which something is still expected.
    #[must_use]
    pub fn unfinished(self) -> usize {
        self.expected() - self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::deadline;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn standing(status: Status, due: &str) -> Standing {
        Standing { status, part_statuses: vec![], original: deadline::read(due).0.parts, revised: None }
    }

    #[test]
    fn a_deadline_lasts_to_the_end_of_its_last_month() {
        let action = standing(Status::OnTrack, "Apr \u{2013} Oct 2009");
        assert!(!action.is_late(day("2009-10-31")));
        assert!(action.is_late(day("2009-11-01")));
        assert!(!standing(Status::Done, "Oct 2009").is_late(day("2009-11-12")));
        assert!(!standing(Status::OnTrack, "soon").is_late(day("2009-11-12")));
    }

    #[test]
    fn an_action_of_which_nobody_said_how_it_stands_is_late_by_its_deadline_alone() {
        assert!(standing(Status::Unclassified, "Oct 2009").is_late(day("2009-11-12")));
        for open in [Status::Unclassified, Status::OnTrack, Status::NotStarted] {
            assert!(!standing(open, "").is_late(day("2009-11-12")), "{open:?}");
        }
    }

    #[test]
    fn a_revised_deadline_takes_the_place_of_the_original() {
        let mut action = standing(Status::NotStarted, "Oct 2009");
        action.revised = Month::new(2010, 1).map(Span::month);
        assert!(!action.is_late(day("2009-11-12")));
        assert!(action.is_late(day("2010-02-01")));
        assert_eq!(action.slipped(), Some(3));
        assert_eq!(action.due(), Month::new(2010, 1));
    }

    #[test]
    fn one_unfinished_part_past_its_deadline_makes_the_action_late() {
        let mut action = standing(Status::OnTrack, "Oct 2009\nJan 2010");
        assert!(action.is_late(day("2009-11-12")));
        action.part_statuses = vec![Status::Done, Status::OnTrack];
        assert!(!action.is_late(day("2009-11-12")));
        assert!(action.is_late(day("2010-02-01")));
    }

    #[test]
    fn each_action_is_counted_once() {
        let counts = Counts::of([
            Word::of(Status::Done, false),
            Word::of(Status::OnTrack, true),
            Word::of(Status::Unclassified, false),
            Word::of(Status::Merged, false),
        ]);
        assert_eq!((counts.done, counts.late, counts.not_clear, counts.merged), (1, 1, 1, 1));
        assert_eq!((counts.total(), counts.expected(), counts.unfinished()), (4, 3, 2));
        assert_eq!(counts.in_words(&[Word::Late, Word::NotStarted, Word::NotClear]), "1 late, 1 not clear yet");
    }
}
