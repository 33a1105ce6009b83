//! A series and its months: how many homes, when each month opens and closes, and by which seed its homes are drawn.

use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::clock;
use crate::residents::Ways;
use crate::surveys::sample::plan::{Plan, Strata};
use crate::thread::id::SurveyId;

/// How many months there are where nobody says otherwise.
pub const USUAL_MONTHS: i64 = 12;
/// The most months that are set up at once.
pub const MOST_MONTHS: i64 = 36;
/// The last day of the month on which a month can open: every month has it.
pub const LAST_DAY: i64 = 28;
/// The most homes of one month.
const MOST_HOMES: i64 = 100_000;
/// The most days that a month is open, so that it closes before the next one opens.
pub const LONGEST: i64 = 27;

/// Which homes are asked each month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// So many: 1 to 100,000.
    Homes(i64),
    /// Which part of the homes on the list, in tenths of a per cent: 1 to 1,000.
    Share(i64),
    /// Those at which something happens, such as a repair, so many days after: 0 to 90. None is drawn.
    Events(i64),
}

impl Size {
    /// How many homes are drawn of a list, a part of a home being a whole one; at least one. None where none is drawn.
    #[must_use]
    pub fn of(self, listed: i64) -> Option<i64> {
        match self {
            Self::Homes(homes) => Some(homes),
            Self::Share(tenths) => {
                Some((listed.saturating_mul(tenths).saturating_add(999) / 1_000).clamp(1, MOST_HOMES))
            }
            Self::Events(_) => None,
        }
    }
}

/// A series as it was set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub id: i64,
    /// The survey whose questions and texts every month asks.
    pub pattern: SurveyId,
    pub title: String,
    pub seed: String,
    pub strata: Strata,
    pub size: Size,
    pub ways: Ways,
    /// Homes drawn for another survey within so many months are left out: 12 to 36.
    pub months_apart: i64,
    /// 0 to 5.
    pub most_reminders: i64,
    /// So many days lie between an e-mail and the next: 1 to 27.
    pub remind_after: i64,
    /// 1 to 12.
    pub most_calls: i64,
}

impl Series {
    /// How a month's homes are drawn from a list of so many.
    #[must_use]
    pub fn plan(&self, listed: i64) -> Plan {
        Plan {
            strata: self.strata,
            whole: Vec::new(),
            wanted: self.size.of(listed),
            months: self.months_apart,
            ways: self.ways,
            most_reminders: self.most_reminders,
            most_calls: self.most_calls,
        }
    }

    /// The seed of a month's draw: that of the series, a space, and the year and month, so that anybody who knows the one can
    /// draw every month again.
    #[must_use]
    pub fn seed_of(&self, month: &Month) -> String {
        format!("{} {}", self.seed, month.first_day().format("%Y-%m"))
    }
}

/// How a month is kept. What is open and what is over follows from the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its day has not come.
    Planned,
    /// Its survey was opened.
    Opened,
    /// Nobody could be asked.
    Failed,
    /// The program did not run while it would have been open.
    Missed,
    /// Staff took it out.
    Stopped,
}

impl State {
    const ALL: [Self; 5] = [Self::Planned, Self::Opened, Self::Failed, Self::Missed, Self::Stopped];

    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Opened => "opened",
            Self::Failed => "failed",
            Self::Missed => "missed",
            Self::Stopped => "stopped",
        }
    }
}

impl FromStr for State {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|state| state.code() == code).ok_or(())
    }
}

/// A month of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    pub id: i64,
    pub series: i64,
    /// From one, in the order of time.
    pub number: i64,
    pub opens_at: DateTime<Utc>,
    pub closes_at: DateTime<Utc>,
    pub state: State,
    /// Why it was not asked; empty where it was, or where its day has not come.
    pub why: String,
    /// Its survey, once it was opened.
    pub survey: Option<SurveyId>,
    /// How many homes were wanted then.
    pub wanted: Option<i64>,
    /// How many were drawn.
    pub drawn: Option<i64>,
    /// How many homes were on the list.
    pub listed: Option<i64>,
}

impl Month {
    /// The day in London on which it opens.
    #[must_use]
    pub fn first_day(&self) -> NaiveDate {
        clock::london_day(self.opens_at)
    }

    /// "March 2027".
    #[must_use]
    pub fn name(&self) -> String {
        self.first_day().format("%B %Y").to_string()
    }

    /// What stands after the title of its survey, which is the same in every language: "3/2027".
    #[must_use]
    pub fn mark(&self) -> String {
        self.first_day().format("%-m/%Y").to_string()
    }

    /// Whether its survey takes answers.
    #[must_use]
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.state == State::Opened && now < self.closes_at
    }
}

/// When every month opens and closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Any day of the first month.
    pub first: NaiveDate,
    /// 1 to 36.
    pub months: i64,
    /// On which day of the month each opens: 1 to 28.
    pub day: i64,
    /// At what time in London.
    pub time: NaiveTime,
    /// For how many days it is open, the first among them: 1 to 27.
    pub days: i64,
}

impl Calendar {
    /// The opening and closing of each month, in order. A month closes a minute before midnight; an opening at a time that
    /// the clocks skip is an hour later.
    #[must_use]
    pub fn times(&self) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let day = u32::try_from(self.day).unwrap_or(1);
        let last = Days::new(u64::try_from(self.days - 1).unwrap_or(0));
        let midnight = NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default();
        let month = |at: i64| {
            let after = Months::new(u32::try_from(at).unwrap_or(0));
            let opens_on = self.first.with_day(1)?.checked_add_months(after)?.with_day(day)?;
            Some((moment(opens_on, self.time), moment(opens_on.checked_add_days(last)?, midnight)))
        };
        (0..self.months).filter_map(month).collect()
    }
}

fn moment(on: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let local = on.and_time(time);
    let found = clock::london_instant(local).or_else(|_| clock::london_instant(local + TimeDelta::hours(1)));
    found.unwrap_or_else(|_| local.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_list_is_whole_homes() {
        assert_eq!((Size::Homes(30).of(7), Size::Events(3).of(7)), (Some(30), None));
        assert_eq!(
            [Size::Share(83).of(1_000), Size::Share(83).of(1_001), Size::Share(1).of(4)],
            [Some(83), Some(84), Some(1)]
        );
        assert_eq!(Size::Share(1_000).of(240), Some(240));
    }

    #[test]
    fn every_month_opens_at_the_same_time_of_day_and_closes_before_the_next() {
        let at = |words: &str| words.parse::<DateTime<Utc>>().unwrap();
        let first = NaiveDate::from_ymd_opt(2027, 1, 31).unwrap();
        let time = NaiveTime::from_hms_opt(9, 0, 0).unwrap();
        let calendar = Calendar { first, months: 14, day: 28, time, days: 27 };
        let times = calendar.times();
        assert_eq!(times.len(), 14);
        assert_eq!(times[0], (at("2027-01-28T09:00:00Z"), at("2027-02-23T23:59:00Z")));
        // In summer time nine is eight by the sun.
        assert_eq!(times[3].0, at("2027-04-28T08:00:00Z"));
        assert_eq!(times[12].0, at("2028-01-28T09:00:00Z"));
        assert!(times.windows(2).all(|two| two[0].1 < two[1].0));
        // The clocks skip half past one on 28 March 2027.
        let skipped = Calendar { time: NaiveTime::from_hms_opt(1, 30, 0).unwrap(), ..calendar };
        assert_eq!(skipped.times()[2].0, at("2027-03-28T01:30:00Z"));
    }

    #[test]
    fn states_come_back_from_their_codes() {
        for state in State::ALL {
            assert_eq!(state.code().parse(), Ok(state));
        }
        assert_eq!("open".parse::<State>(), Err(()));
    }
}
