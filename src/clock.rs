//! The one place that asks the machine what time it is, so that a test can choose the moment.

use std::sync::{Arc, Mutex};

use chrono::{
    DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, SubsecRound, TimeDelta, TimeZone, Timelike, Utc,
};
use chrono_tz::Europe::London;

/// Where the current instant comes from: the machine, or a moment a test has fixed.
#[derive(Clone)]
pub enum Clock {
    /// The machine's own clock, moved by a fixed offset that is zero outside the lab.
    Machine(TimeDelta),
    /// A moment chosen by a test, moved on by hand.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests choose the moment"))]
    Fixed(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock as it is.
    #[must_use]
    pub fn machine() -> Self {
        Self::Machine(TimeDelta::zero())
    }

    /// A clock that stands at `at` until it is moved.
    #[cfg(test)]
    #[must_use]
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(Arc::new(Mutex::new(at)))
    }

    /// The current instant, cut to microseconds, which is what both databases keep.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one permitted reading of the machine's clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Machine(offset) => (Utc::now() + *offset).trunc_subsecs(6),
            Self::Fixed(at) => *at.lock().unwrap_or_else(std::sync::PoisonError::into_inner),
        }
    }

    /// Today's date in the landlord's time zone, Europe/London.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        london_day(self.now())
    }

    /// Moves a fixed clock on; the machine's clock cannot be moved and ignores it.
    #[cfg(test)]
    pub fn advance(&self, by: TimeDelta) {
        if let Self::Fixed(at) = self {
            let mut at = at.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *at += by;
        }
    }
}

/// The calendar day of an instant in Europe/London.
#[must_use]
pub fn london_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&London).date_naive()
}

/// A wall-clock time in Europe/London that never happens, because the clocks go forward over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchTime;

/// The instant meant by a local time in Europe/London. A time that happens twice means the later one.
///
/// # Errors
/// `NoSuchTime` when the clocks skip over that time.
pub fn london_instant(local: NaiveDateTime) -> Result<DateTime<Utc>, NoSuchTime> {
    match London.from_local_datetime(&local) {
        LocalResult::Single(at) => Ok(at.with_timezone(&Utc)),
        LocalResult::Ambiguous(_, later) => Ok(later.with_timezone(&Utc)),
        LocalResult::None => Err(NoSuchTime),
    }
}

/// An instant as a resident reads it: "12 November 2026, 11:59pm", "midnight at the start of 12 November 2026".
#[must_use]
pub fn day_and_time(at: DateTime<Utc>) -> String {
    let day = day(london_day(at));
    midnight_of(at, &day).unwrap_or_else(|| format!("{day}, {}", time_of_day(at)))
}

/// The same within a sentence: "11:59pm on 12 November 2026".
#[must_use]
pub fn time_on_day(at: DateTime<Utc>) -> String {
    let day = day(london_day(at));
    midnight_of(at, &day).unwrap_or_else(|| format!("{} on {day}", time_of_day(at)))
}

/// Which night is meant must be said wherever a day stands beside midnight.
fn midnight_of(at: DateTime<Utc>, day: &str) -> Option<String> {
    (time_of_day(at) == MIDNIGHT).then(|| format!("midnight at the start of {day}"))
}

const MIDNIGHT: &str = "midnight";

/// The time of an instant in Europe/London as a resident reads it: "6pm", "10:30am", "midday", "midnight".
#[must_use]
pub fn time_of_day(at: DateTime<Utc>) -> String {
    let local = at.with_timezone(&London);
    match (local.hour(), local.minute()) {
        (0, 0) => MIDNIGHT.to_owned(),
        (12, 0) => "midday".to_owned(),
        (_, 0) => local.format("%-I%P").to_string(),
        _ => local.format("%-I:%M%P").to_string(),
    }
}

/// A day as a resident reads it: "12 November 2026".
#[must_use]
pub fn day(on: NaiveDate) -> String {
    on.format("%-d %B %Y").to_string()
}

/// A time as people type it: 14:05, 14.05, 1405, 14, 2pm, 2.05 p.m.
#[must_use]
pub fn read_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace("p.m.", "pm").replace("a.m.", "am");
    let text = text.replace('.', ":").replace(' ', "");
    let (digits, afternoon) = match (text.strip_suffix("pm"), text.strip_suffix("am")) {
        (Some(digits), _) => (digits, Some(true)),
        (None, Some(digits)) => (digits, Some(false)),
        (None, None) => (&*text, None),
    };
    let without_colon = || if digits.len() > 2 { digits.split_at_checked(digits.len() - 2) } else { None };
    let (hour, minute) = digits.split_once(':').or_else(without_colon).unwrap_or((digits, "0"));
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        for (text, expected) in [
            ("14:00", at(14, 0)),
            ("2pm", at(14, 0)),
            ("2.30 pm", at(14, 30)),
            ("14.05", at(14, 5)),
            ("1405", at(14, 5)),
            (" 2:05 p.m. ", at(14, 5)),
            ("2.05 PM", at(14, 5)),
            ("12:30pm", at(12, 30)),
            ("9am", at(9, 0)),
            ("11:59 pm", at(23, 59)),
            ("12am", at(0, 0)),
            ("12 PM", at(12, 0)),
            ("9", at(9, 0)),
            ("25:00", None),
            ("13pm", None),
            ("12:75", None),
            ("½:30", None),
            ("0é5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(read_time(text), expected, "{text}");
        }
    }

    #[test]
    fn a_time_that_happens_twice_is_the_later_one() {
        for (text, utc) in [("2026-10-25 01:30", "2026-10-25T01:30:00Z"), ("2027-10-31 01:30", "2027-10-31T01:30:00Z")]
        {
            assert_eq!(london_instant(local(text)).unwrap(), utc.parse::<DateTime<Utc>>().unwrap());
        }
    }

    #[test]
    fn a_time_the_clocks_skip_is_refused() {
        assert_eq!(london_instant(local("2027-03-28 01:30")), Err(NoSuchTime));
    }

    #[test]
    fn twelve_is_never_am_or_pm_and_a_full_hour_has_no_minutes() {
        for (text, said) in [
            ("2026-11-18 00:00", "midnight"),
            ("2026-11-18 12:00", "midday"),
            ("2026-11-18 12:30", "12:30pm"),
            ("2026-07-18 18:00", "6pm"),
            ("2026-11-18 10:30", "10:30am"),
        ] {
            assert_eq!(time_of_day(london_instant(local(text)).unwrap()), said);
        }
        assert_eq!(day_and_time(london_instant(local("2026-11-18 12:00")).unwrap()), "18 November 2026, midday");
        let night = london_instant(local("2026-11-18 00:00")).unwrap();
        assert_eq!(day_and_time(night), "midnight at the start of 18 November 2026");
        assert_eq!(time_on_day(night), day_and_time(night));
    }

    #[test]
    fn a_day_is_the_day_in_london() {
        assert_eq!(london_day("2026-06-30T23:30:00Z".parse().unwrap()), NaiveDate::from_ymd_opt(2026, 7, 1).unwrap());
    }
}
