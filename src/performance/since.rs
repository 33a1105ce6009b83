//! Since when a standard can have figures: there is none for a month that ended before its first day.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::period::Month;
use crate::clock;
use crate::db::{self, Tx};
use crate::standards::{self, Published};
use crate::thread::id::StandardId;

/// The first day of each standard's first version, whichever version is in force now.
pub type FirstDays = HashMap<StandardId, NaiveDate>;

/// The first day of every published standard.
///
/// # Errors
/// When the database refuses.
pub async fn first_days(tx: &mut Tx) -> Result<FirstDays, db::Error> {
    let mut first = FirstDays::new();
    for version in standards::all_history(tx).await? {
        let day = first.entry(version.id).or_insert(version.effective_from);
        *day = version.effective_from.min(*day);
    }
    Ok(first)
}

/// Why a standard can have no figure for a month; none where it can.
#[must_use]
pub fn too_early(standard: &Published, month: Month, first_days: &FirstDays) -> Option<String> {
    let first = *first_days.get(&standard.id)?;
    (month.last_day() < first).then(|| {
        format!("\u{201c}{}\u{201d} holds from {}, so that {month} has no figure", standard.title, clock::day(first))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::performance::store::testing::published;
    use crate::standards::Unit;

    #[test]
    fn the_month_of_the_first_day_is_the_first_that_can_have_a_figure() {
        let standard = published(1, "calls-answered", Unit::PerCent);
        let first_days = FirstDays::from([(standard.id, "2026-09-15".parse().unwrap())]);
        let ask = |month: &str| too_early(&standard, month.parse().unwrap(), &first_days);
        assert_eq!(ask("2026-09"), None);
        assert!(ask("2026-08").unwrap().ends_with("holds from 15 September 2026, so that August 2026 has no figure"));
        assert_eq!(too_early(&standard, "2026-08".parse().unwrap(), &FirstDays::new()), None);
    }
}
