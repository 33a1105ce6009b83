//! How a standard stands now: its newest value, how that moved, and whether a miss is explained.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::narrative;
use super::period::{Month, Period, Span};
use super::rating::Rating;
use super::recalculate::MONTHS;
use super::shops;
use super::store::{narratives, values};
use super::trend::{self, Trend};
use super::value::{Limits, Shown, Value};
use crate::db::{self, Tx};
use crate::standards::{self, Published, Source, Unit};
use crate::thread::id::StandardId;
use crate::ui::chart::Point;

/// A standard with all its values, oldest first.
#[derive(Debug, Clone)]
pub struct Standing {
    pub standard: Published,
    pub values: Vec<Value>,
    /// The newest three months that have a value, the current month included.
    pub latest: Option<Value>,
    /// The newest three months that are over, as anybody is shown.
    pub over: Option<Value>,
    /// True when an explanation answers for both.
    pub explained: bool,
}

impl Standing {
    /// Puts together what is known of a standard.
    #[must_use]
    pub fn of(
        standard: Published,
        values: Vec<Value>,
        explanations: &[(StandardId, Month, NaiveDate)],
        today: NaiveDate,
    ) -> Self {
        let (latest, over) = (latest(&values).cloned(), latest_over(&values, today).cloned());
        let explained = latest.iter().chain(&over).all(|value| {
            explanations.iter().any(|(id, ends, back_on)| {
                *id == standard.id && narrative::stands(*ends, *back_on, value.period, today)
            })
        });
        Self { standard, values, latest, over, explained }
    }

    /// What may be said of the newest value.
    #[must_use]
    pub fn shown(&self, limits: &Limits) -> Shown {
        self.latest.as_ref().map_or(Shown::Nothing, |value| value.shown(limits))
    }

    /// True when the promise is missed, now or in the months that residents read of.
    #[must_use]
    pub fn is_missed(&self, limits: &Limits) -> bool {
        let missed = |value: &Value| matches!(value.shown(limits), Shown::Value { rating: Some(Rating::Missing), .. });
        self.latest.iter().chain(&self.over).any(missed)
    }

    /// True when the promise is missed and nobody has said why.
    #[must_use]
    pub fn needs_explanation(&self, limits: &Limits) -> bool {
        self.is_missed(limits) && !self.explained
    }

    /// How the newest value moved since the period before, for shops the year before; none where there is nothing to compare.
    #[must_use]
    pub fn trend(&self, limits: &Limits) -> Option<Trend> {
        let latest = self.latest.as_ref()?;
        let earlier = match latest.source {
            Some(Source::Shop) => Period { ends: latest.period.ends.earlier(shops::MONTHS), span: latest.period.span },
            _ => latest.period.before(),
        };
        let before = self.value(earlier)?;
        let (before, now) = (before.shown(limits).reading()?, latest.shown(limits).reading()?);
        (before.source == now.source)
            .then(|| trend::compare(before, now, self.standard.direction, self.standard.unit == Unit::PerCent))
    }

    /// The value of one period.
    #[must_use]
    pub fn value(&self, period: Period) -> Option<&Value> {
        self.values.iter().find(|value| value.period == period)
    }

    /// The months of a year, for a chart: up to the newest with a value.
    #[must_use]
    pub fn points(&self, limits: &Limits) -> Vec<Point> {
        let Some(latest) = &self.latest else { return Vec::new() };
        let first = (0..MONTHS).rev().map(|back| latest.period.ends.earlier(back));
        let months = first.map(|ends| (ends, self.value(Period { ends, span: Span::Month })));
        let months: Vec<_> = months.skip_while(|(_, value)| value.is_none_or(|value| !value.has_value())).collect();
        let points = months.into_iter().map(|(ends, value)| {
            let shown = value.map_or(Shown::Nothing, |value| value.shown(limits));
            Point {
                label: ends.short(),
                value: shown.number(),
                target: value.and_then(|value| value.target),
                reached: matches!(shown, Shown::Value { rating: Some(Rating::Meeting), .. }),
            }
        });
        points.collect()
    }
}

/// The newest three months whose last month has a value of the standard's own source; failing that, whose last month has anything.
#[must_use]
pub fn latest(values: &[Value]) -> Option<&Value> {
    let months = || values.iter().rev().filter(|value| value.period.span == Span::Month);
    let newest = months().find(|value| value.has_value()).or_else(|| months().next())?;
    let period = Period { ends: newest.period.ends, span: Span::Quarter };
    values.iter().find(|value| value.period == period)
}

/// The newest three months as anybody may know them: of months that are over only. A figure that moved with each answer
/// would tell what one person said.
#[must_use]
pub fn latest_over(values: &[Value], today: NaiveDate) -> Option<&Value> {
    let begun = values.partition_point(|value| value.period.is_over(today));
    latest(values.get(..begun)?)
}

/// How every published standard stands, in the landlord's own order.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx, today: NaiveDate) -> Result<Vec<Standing>, db::Error> {
    let since = Month::of(today).earlier(MONTHS);
    let mut values: HashMap<StandardId, Vec<Value>> = HashMap::new();
    for value in values::list_since(tx, since).await? {
        values.entry(value.standard_id).or_default().push(value);
    }
    let explanations = narratives::list_standing(tx, since).await?;
    let standards = standards::list_published(tx).await?;
    let standing = standards.into_iter().map(|standard| {
        let values = values.remove(&standard.id).unwrap_or_default();
        Standing::of(standard, values, &explanations, today)
    });
    Ok(standing.collect())
}

/// How one standard stands.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, standard: Published, today: NaiveDate) -> Result<Standing, db::Error> {
    let since = Month::of(today).earlier(MONTHS);
    let explanations = narratives::list_standing(tx, since).await?;
    let values = values::list(tx, standard.id).await?;
    Ok(Standing::of(standard, values, &explanations, today))
}
