//! The programme: for each standard in scope, how many shops are planned, given out, waiting and done, and what they say.

use chrono::{DateTime, Months, NaiveDate, Utc};

use super::score::{self, Score};
use super::store::results;
use crate::db::{self, Tx};
use crate::statistics::disclosure::Policy;
use crate::thread::id::StandardId;

/// A standard in the programme.
#[derive(Debug, Clone)]
pub struct Line {
    pub standard: StandardId,
    /// Shops wanted in twelve months; none when nobody has said.
    pub planned: Option<i64>,
    pub given: i64,
    pub waiting: i64,
    /// Accepted in the last twelve months.
    pub done: i64,
    pub score: Score,
}

/// The first day of the twelve months that end today.
#[must_use]
pub fn a_year_before(today: NaiveDate) -> NaiveDate {
    today.checked_sub_months(Months::new(12)).and_then(|day| day.succ_opt()).unwrap_or(today)
}

/// Every standard that an item cites or that has a plan.
///
/// # Errors
/// When the database refuses.
pub async fn lines(tx: &mut Tx, today: NaiveDate) -> Result<Vec<Line>, db::Error> {
    let since = a_year_before(today);
    let targets = results::targets(tx).await?;
    let mut lines: Vec<Line> = results::standings(tx, since, today)
        .await?
        .into_iter()
        .map(|found| Line {
            standard: found.standard_id,
            planned: None,
            given: found.given,
            waiting: found.waiting,
            done: found.done,
            score: Score::default(),
        })
        .collect();
    for (standard, planned) in targets {
        match lines.iter_mut().find(|line| line.standard == standard) {
            Some(line) => line.planned = Some(planned),
            None => lines.push(Line {
                standard,
                planned: Some(planned),
                given: 0,
                waiting: 0,
                done: 0,
                score: Score::default(),
            }),
        }
    }
    for line in &mut lines {
        line.score = score::score_for_standard(tx, line.standard, since, today).await?;
    }
    Ok(lines)
}

/// Plans how many shops a standard should have in twelve months.
///
/// # Errors
/// When the database refuses.
pub async fn plan(tx: &mut Tx, now: DateTime<Utc>, standard: StandardId, shops: i64) -> Result<(), db::Error> {
    results::set_target(tx, standard, shops, now).await
}

/// One item of a standard over a period, summed over every scenario that words it so.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemResult {
    pub wording: String,
    pub measure: String,
    pub score: Score,
    /// The middle of the numbers noted; none where few noted one.
    pub median: Option<f64>,
}

/// The items of a standard over a period.
///
/// # Errors
/// When the database refuses.
pub async fn items(
    tx: &mut Tx,
    standard: StandardId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<ItemResult>, db::Error> {
    let mut found: Vec<ItemResult> = Vec::new();
    let mut values: Vec<Vec<f64>> = Vec::new();
    for row in results::items(tx, standard, from, to).await? {
        if found.last().is_none_or(|last| last.wording != row.wording) {
            found.push(ItemResult {
                wording: row.wording,
                measure: row.measure,
                score: Score::default(),
                median: None,
            });
            values.push(Vec::new());
        }
        let (Some(item), Some(numbers)) = (found.last_mut(), values.last_mut()) else { continue };
        match row.outcome.as_str() {
            "met" => item.score.met += 1,
            "not_met" => item.score.not_met += 1,
            _ => continue,
        }
        item.score.shops += 1;
        numbers.extend(row.value);
    }
    for (item, mut numbers) in found.iter_mut().zip(values) {
        let enough = u32::try_from(numbers.len()).is_ok_and(|count| count >= Policy::shops().minimum());
        item.median = median(&mut numbers).filter(|_| enough);
    }
    Ok(found)
}

fn median(numbers: &mut [f64]) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    let upper = numbers.get(middle).copied()?;
    if numbers.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = numbers.get(middle.checked_sub(1)?).copied()?;
    Some(f64::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_number_or_between_the_two_in_the_middle() {
        assert_eq!(median(&mut [9.0, 1.0, 5.0]), Some(5.0));
        assert_eq!(median(&mut [4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(median(&mut []), None);
    }

    #[test]
    fn twelve_months_end_today() {
        assert_eq!(a_year_before("2026-11-22".parse().unwrap()), "2025-11-23".parse::<NaiveDate>().unwrap());
    }
}
