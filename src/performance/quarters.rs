//! The values of a standard one after another, as anybody may know them, so that a report can say how it was before and after.

use chrono::NaiveDate;

use super::latest::Latest;
use super::period::Span;
use super::shops;
use super::store::values;
use super::trend::{self, Reading, Trend};
use super::value::Limits;
use crate::db::{self, Tx};
use crate::settings;
use crate::standards::{self, Direction, Source, Unit};
use crate::thread::id::StandardId;

/// Three months of a standard that are over.
#[derive(Debug, Clone, PartialEq)]
pub struct Quarter {
    /// What may be said of them.
    pub latest: Latest,
    /// The value with what stands behind it, where that may be shown.
    pub reading: Option<Reading>,
    direction: Direction,
    unit: Unit,
}

impl Quarter {
    /// The last month as an address and a form hold it: "2026-10".
    #[must_use]
    pub fn code(&self) -> String {
        self.latest.period.ends.code()
    }

    /// How the value moved until later months; none where either may not be shown, the two rest on different sources, or they share months.
    #[must_use]
    pub fn moved_until(&self, later: &Self) -> Option<Trend> {
        let (before, now) = (self.reading?, later.reading?);
        let months = if now.source == Source::Shop { shops::MONTHS } else { 3 };
        let apart = later.latest.period.ends.earlier(months) >= self.latest.period.ends;
        (apart && before.source == now.source)
            .then(|| trend::compare(before, now, self.direction, self.unit == Unit::PerCent))
    }
}

/// Every three months of a standard that are over and of which something may be said, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn quarters_for(tx: &mut Tx, standard: StandardId, today: NaiveDate) -> Result<Vec<Quarter>, db::Error> {
    let Some(published) = standards::find_by_id(tx, standard).await? else { return Ok(Vec::new()) };
    let limits = Limits::public(&settings::store::find(tx).await?);
    let values = values::list(tx, standard).await?;
    let over = values.iter().rev().filter(|one| one.period.span == Span::Quarter && one.period.is_over(today));
    let told = over.filter_map(|value| {
        let latest = Latest::of(&published, value, &limits)?;
        let reading = value.shown(&limits).reading();
        Some(Quarter { latest, reading, direction: published.direction, unit: published.unit })
    });
    Ok(told.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::performance::figure::NewFigure;
    use crate::performance::period::Month;
    use crate::performance::recalculate::recalculate;
    use crate::performance::store::{figures, testing};
    use crate::testing::app_on;

    db_test!(months_that_are_over_are_told_newest_first_and_compared_when_they_share_none, db => {
        let app = app_on(db);
        let (today, now) = (app.clock.today(), app.clock.now());
        let mut tx = app.db.write().await.unwrap();
        let standard_id = testing::standard(&app, &mut tx, "Calls answered").await;
        for (month, numerator) in [("2026-05", 800.0), ("2026-06", 800.0), ("2026-07", 800.0), ("2026-08", 900.0), ("2026-09", 900.0), ("2026-10", 900.0), ("2026-11", 1.0)] {
            let month: Month = month.parse().unwrap();
            figures::insert(&mut tx, &NewFigure { standard_id, month, numerator, denominator: 1000 }, None, now).await.unwrap();
        }
        recalculate(&mut tx, standard_id, today, now).await.unwrap();
        let told = quarters_for(&mut tx, standard_id, today).await.unwrap();
        assert_eq!(told[0].code(), "2026-10", "November is not over");
        assert!(told[0].latest.sentence.contains("3,000"), "{}", told[0].latest.sentence);
        let july = told.iter().find(|one| one.code() == "2026-07").unwrap();
        let september = told.iter().find(|one| one.code() == "2026-09").unwrap();
        assert_eq!(july.moved_until(&told[0]), Some(Trend::Better));
        assert_eq!(july.moved_until(september), None, "they share August and September, or July");
        assert_eq!(told[0].moved_until(july), None, "time does not run backwards");
    });
}
