//! A focus group session and its rules, with no reading or writing.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::London;

use super::place::NeedKind;
use crate::clock;
use crate::thread::id::FocusGroupId;

/// How long an offered place is held for somebody on the waiting list.
pub const HELD_FOR: TimeDelta = TimeDelta::hours(48);
/// Every offer has ended this long before the start; later than that nothing is offered by itself.
pub const OFFERS_END_BEFORE: TimeDelta = TimeDelta::hours(24);

/// How a group meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// In one room.
    InPerson,
    /// By video.
    Online,
    /// By a call with several people.
    Phone,
}

impl Format {
    /// Every format, in the order in which it is offered.
    pub const ALL: [Self; 3] = [Self::InPerson, Self::Online, Self::Phone];

    /// The word kept in the database.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::InPerson => "in_person",
            Self::Online => "online",
            Self::Phone => "phone",
        }
    }

    /// The format as people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::InPerson => "In person",
            Self::Online => "Online, by video",
            Self::Phone => "By phone",
        }
    }
}

impl std::str::FromStr for Format {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|format| format.code() == text).ok_or(())
    }
}

/// A focus group session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: FocusGroupId,
    pub slug: String,
    pub title: String,
    /// What it is for and which decision it feeds.
    pub purpose: String,
    pub can_change: String,
    pub cannot_change: String,
    pub format: Format,
    /// Where it meets, a line a line.
    pub place: String,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// The kinds of support on offer.
    pub offers: Vec<NeedKind>,
    pub capacity: i64,
    /// Places held: booked, or offered to somebody who has not answered yet.
    pub taken: i64,
    /// People on the waiting list.
    pub waiting: i64,
    /// How often time or place changed since it was published.
    pub revision: i64,
    /// What people were given to read before the discussion, with its version.
    pub information_given: String,
    /// Notes by question, for staff.
    pub notes: String,
    /// What was heard, for everyone once it is published.
    pub heard: String,
    /// What happens next and when, for everyone once it is published.
    pub next_steps: String,
    pub heard_published_at: Option<DateTime<Utc>>,
    pub published_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub cancel_reason: String,
}

/// A group that takes sign-ups now, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenGroup {
    pub slug: String,
    pub title: String,
    pub starts_at: DateTime<Utc>,
    /// Places that a newcomer can have at once; 0 means the waiting list.
    pub places_left: i64,
}

/// Where a group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Seen by staff only.
    Draft,
    /// Takes sign-ups.
    Open,
    /// Has begun or is over.
    Past,
    /// Will not take place.
    Cancelled,
}

impl Stage {
    /// The stage in one or two words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Open => "Open",
            Self::Past => "Past",
            Self::Cancelled => "Cancelled",
        }
    }
}

impl Group {
    /// Where the group stands at an instant. Sign-up ends when the group begins.
    #[must_use]
    pub fn stage(&self, now: DateTime<Utc>) -> Stage {
        if self.cancelled_at.is_some() {
            Stage::Cancelled
        } else if self.published_at.is_none() {
            Stage::Draft
        } else if self.starts_at <= now {
            Stage::Past
        } else {
            Stage::Open
        }
    }

    /// Places that a newcomer can have at once: none while anybody waits, so that nobody is overtaken.
    #[must_use]
    pub fn places_left(&self) -> i64 {
        if self.waiting > 0 { 0 } else { (self.capacity - self.taken).max(0) }
    }

    /// Until when a place offered now is held: 48 hours, or until 24 hours before the start if that is earlier. None when that has passed.
    #[must_use]
    pub fn hold_until(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        hold_until(now, self.starts_at)
    }

    /// True when the next person waiting can be offered a free place now.
    #[must_use]
    pub fn can_offer(&self, now: DateTime<Utc>) -> bool {
        self.stage(now) == Stage::Open
            && self.waiting > 0
            && self.taken < self.capacity
            && self.hold_until(now).is_some()
    }

    /// Day and times as people read them: "Thursday 10 December 2026, 2pm to 3:30pm (UK time)".
    #[must_use]
    pub fn when(&self) -> String {
        let day = self.starts_at.with_timezone(&London).format("%A %-d %B %Y");
        let [from, to] = [self.starts_at, self.ends_at].map(clock::time_of_day);
        format!("{day}, {from} to {to} (UK time)")
    }

    /// The day as people read it: "10 December 2026".
    #[must_use]
    pub fn on(&self) -> String {
        clock::day(clock::london_day(self.starts_at))
    }

    /// What a newcomer would get, in one sentence.
    #[must_use]
    pub fn places_sentence(&self) -> String {
        match (self.places_left(), self.waiting) {
            (0, 0) => "Every place is taken. You can join the waiting list.".into(),
            (0, 1) => "Every place is taken and 1 person is waiting. You can join the waiting list.".into(),
            (0, waiting) => {
                format!("Every place is taken and {waiting} people are waiting. You can join the waiting list.")
            }
            (1, _) => format!("1 place left of {}.", self.capacity),
            (left, _) => format!("{left} places left of {}.", self.capacity),
        }
    }
}

/// The rule behind [`Group::hold_until`].
#[must_use]
pub fn hold_until(now: DateTime<Utc>, starts_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let until = (now + HELD_FOR).min(starts_at - OFFERS_END_BEFORE);
    (until > now).then_some(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn an_offer_is_held_48_hours_or_until_a_day_before_the_start() {
        let start = at("2026-12-10T14:00:00Z");
        assert_eq!(hold_until(at("2026-12-01T09:00:00Z"), start), Some(at("2026-12-03T09:00:00Z")));
        assert_eq!(hold_until(at("2026-12-08T09:00:00Z"), start), Some(at("2026-12-09T14:00:00Z")));
        assert_eq!(hold_until(at("2026-12-09T13:59:59Z"), start), Some(at("2026-12-09T14:00:00Z")));
        assert_eq!(hold_until(at("2026-12-09T14:00:00Z"), start), None);
    }

    #[test]
    fn r09_the_48_hours_are_hours_that_pass_not_hours_on_the_wall() {
        // The clocks go back on 25 October 2026 and forward on 28 March 2027.
        let autumn = clock::day_and_time(hold_until(at("2026-10-24T11:00:00Z"), at("2026-12-01T10:00:00Z")).unwrap());
        assert_eq!(autumn, "26 October 2026, 11am");
        let spring = clock::day_and_time(hold_until(at("2027-03-27T12:00:00Z"), at("2027-05-01T10:00:00Z")).unwrap());
        assert_eq!(spring, "29 March 2027, 1pm");
    }
}
