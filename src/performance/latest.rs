//! What anybody may know of how a standard stands, for its page, its area's page and the home page.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::period::Period;
use super::rating::Rating;
use super::sentence::{self, Told};
use super::shops;
use super::standing::{self, Standing};
use super::store::values;
use super::value::{Limits, Shown, Value};
use crate::db::{self, Tx};
use crate::settings;
use crate::standards::{self, Published, Source};
use crate::thread::id::StandardId;

/// The newest published value of a standard, of months that are over.
#[derive(Debug, Clone, PartialEq)]
pub struct Latest {
    /// The whole of it in one sentence, with a full stop.
    pub sentence: String,
    /// The status' code: meeting, close, missing, too-few; none when there was no promise to judge by.
    pub code: Option<&'static str>,
    /// The status in words.
    pub status: &'static str,
    /// The value in a few words, as residents read it, where it may be shown.
    pub value: Option<String>,
    /// The value as a number in the standard's unit, where it may be shown.
    pub number: Option<f64>,
    /// How many stand behind it, where that may be shown.
    pub base: Option<i64>,
    /// Where it comes from, in words.
    pub source: &'static str,
    pub period: Period,
    /// The day of the newest thing counted.
    pub on: Option<NaiveDate>,
}

impl Latest {
    /// What may be said of a value; none when there is nothing to say.
    #[must_use]
    pub fn of(standard: &Published, value: &Value, limits: &Limits) -> Option<Self> {
        let shown = value.shown(limits);
        let source = value.source.unwrap_or(Source::Survey);
        let goal = value.target.map(|target| (target, standard.direction));
        let (sentence, number, base) = match shown {
            Shown::Nothing => return None,
            Shown::TooFew => {
                let what = if source == Source::Shop { "checks by trained residents" } else { "answers" };
                (format!("Too few {what} to say, in {}.", shops::when(source, value.period)), None, None)
            }
            Shown::Value { value: number, base, source, .. } => {
                let about = limits.rounds(source);
                let told = Told { source, result: number, count: base, about, goal, period: value.period };
                let said = sentence::sentence(standard, &told);
                // The sentence knows the value's own months; shops are counted over more.
                let said = said.replace(&sentence::when(value.period), &shops::when(source, value.period));
                (format!("{said}."), Some(number), Some(base))
            }
        };
        Some(Self {
            sentence,
            code: shown.code(),
            status: shown.label(),
            value: number.map(|number| sentence::short(standard.unit, number, goal)),
            number,
            base,
            source: source.label(),
            period: value.period,
            on: value.on(source),
        })
    }

    /// True when the promise was met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.code == Some(Rating::Meeting.code())
    }
}

/// What anybody may know of how a standard stands; none when nothing is known yet.
///
/// # Errors
/// When the database refuses.
pub async fn latest_for(tx: &mut Tx, standard: StandardId, today: NaiveDate) -> Result<Option<Latest>, db::Error> {
    let Some(published) = standards::find_by_id(tx, standard).await? else { return Ok(None) };
    let limits = Limits::public(&settings::store::find(tx).await?);
    let values = values::list(tx, standard).await?;
    Ok(standing::latest_over(&values, today).and_then(|value| Latest::of(&published, value, &limits)))
}

/// The same for every published standard that has something to show.
///
/// # Errors
/// When the database refuses.
pub async fn latest_of_all(tx: &mut Tx, today: NaiveDate) -> Result<HashMap<StandardId, Latest>, db::Error> {
    let limits = Limits::public(&settings::store::find(tx).await?);
    let all = standing::list(tx, today).await?;
    let said = all.iter().filter_map(|Standing { standard, over, .. }| {
        Some((standard.id, Latest::of(standard, over.as_ref()?, &limits)?))
    });
    Ok(said.collect())
}
