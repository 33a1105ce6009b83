//! What came of a series: each month, small ones joined, and twelve months together.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::settings::Landlord;
use crate::statistics::counts::Counts;
use crate::statistics::disclosure::{self, Policy};
use crate::statistics::periods::{self, Period};
use crate::statistics::table::Table;
use crate::statistics::trend::{self, Change};
use crate::surveys::regulator::store as regulator;
use crate::surveys::results::{self, Gathered};
use crate::surveys::rolling::plan::Month;
use crate::surveys::store as surveys;
use crate::surveys::survey::Asked;
use crate::surveys::waves::comparable::Standing;
use crate::surveys::waves::followed::{self, Followed};

/// How many months are told together.
pub const TOGETHER: usize = 12;

/// What came of the months that are over.
#[derive(Clone, Debug)]
pub struct Results {
    /// Those months, in order.
    pub months: Vec<Month>,
    pub lines: Vec<Line>,
}

impl Results {
    /// The name of the month at a place.
    #[must_use]
    pub fn name(&self, at: usize) -> String {
        self.months.iter().find(|month| place(month) == at).map(Month::name).unwrap_or_default()
    }
}

/// One question, or one item or tenure of it.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was asked.
    pub text: String,
    /// What the share did, in words.
    pub did: &'static str,
    /// Months, or several as one, in the order of their last months.
    pub periods: Vec<Told>,
    /// Twelve months together, ending with each month that is told; all so far where there are fewer.
    pub windows: Vec<Told>,
    /// The places of the months that wait for others, since too few answered to say anything of them.
    pub waiting: Vec<usize>,
    /// Why months are not compared, month by month.
    pub standings: Vec<Standing>,
}

/// What is told of some months.
#[derive(Clone, Debug)]
pub struct Told {
    /// Their places, in order.
    pub months: Vec<usize>,
    /// Share and base.
    pub table: Table,
    /// How it stands to the period before; none for several months together, which overlap, and where either is not told.
    pub since: Option<Change>,
}

/// The results of the months of a series that are over; none where none is, or nothing that was asked has a share.
///
/// # Errors
/// When the database refuses.
pub async fn load(
    tx: &mut Tx,
    months: Vec<Month>,
    landlord: &Landlord,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<Option<Results>, db::Error> {
    let (mut over, mut found): (Vec<Month>, Vec<(Asked, Gathered)>) = (Vec::new(), Vec::new());
    for month in months {
        let Some(survey) = month.survey else { continue };
        // What is still coming in would be read off from one look to the next.
        if let Some(asked) = surveys::find(tx, survey).await?.filter(|asked| asked.survey.is_settled(now)) {
            let gathered = results::gather(tx, &asked).await?;
            found.push((asked, gathered));
            over.push(month);
        }
    }
    let Some((last, _)) = found.last() else { return Ok(None) };
    let stock = regulator::find_stock(tx, last.survey.id).await?;
    let followed = followed::all(last, &found, stock.as_ref(), landlord, policy);
    let told: Vec<Vec<Period>> = followed.iter().map(|line| told(line, &over)).collect();
    let ended: Vec<trend::Asked> = followed.iter().zip(&told).map(|(line, told)| by_end(line, told)).collect();
    let points = trend::over_told(&ended);
    let lines = followed.into_iter().zip(told).zip(points);
    let lines = lines.map(|((line, told), points)| {
        let since = |period: &Period| points.get(period.end()).and_then(Option::as_ref)?.since;
        let release = |period: &Period, since: Option<Change>| Told {
            months: period.months.clone(),
            table: disclosure::release(&period.counts, &line.policy),
            since,
        };
        let is_told = |month: &usize| told.iter().any(|period| period.months.contains(month));
        let compared =
            over.iter().zip(&line.waves).filter(|(_, counts)| counts.is_some()).map(|(month, _)| place(month));
        Line {
            periods: told.iter().map(|period| release(period, since(period))).collect(),
            windows: periods::windows(&told, TOGETHER).iter().map(|window| release(window, None)).collect(),
            waiting: compared.filter(|month| !is_told(month)).collect(),
            text: line.text,
            did: line.did,
            standings: line.standings,
        }
    });
    let lines: Vec<Line> = lines.collect();
    Ok((!lines.is_empty()).then_some(Results { months: over, lines }))
}

/// The place of a month in time, so that one that was not asked still passes.
fn place(month: &Month) -> usize {
    usize::try_from(month.number - 1).unwrap_or(0)
}

/// The months of a question as they may be told.
fn told(line: &Followed, over: &[Month]) -> Vec<Period> {
    let mut waves: Vec<Option<Counts>> = Vec::new();
    for (month, counts) in over.iter().zip(&line.waves) {
        waves.resize_with(place(month), || None);
        waves.push(counts.clone());
    }
    periods::join(periods::of_months(waves), &line.policy)
}

/// Each period in the place of its last month, to be compared.
fn by_end(line: &Followed, told: &[Period]) -> trend::Asked {
    let mut waves: Vec<Option<Counts>> = vec![None; told.last().map_or(0, |last| last.end() + 1)];
    for period in told {
        if let Some(wave) = waves.get_mut(period.end()) {
            *wave = Some(period.counts.clone());
        }
    }
    trend::Asked { waves, policy: line.policy }
}
