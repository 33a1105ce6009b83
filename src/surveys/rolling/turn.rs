//! What the program does by itself: opens the months that are due, draws and invites their homes, and reminds those who have
//! not answered. A month is taken by a conditional update in the very transaction that opens it, so that however often and on
//! however many nodes this runs, it is opened once. It closes by the clock, as every survey does.

use chrono::{DateTime, Days, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::clock;
use crate::db::{self, Tx};
use crate::jobs::JobError;
use crate::random::Random;
use crate::residents::{self, Way};
use crate::surveys::publish;
use crate::surveys::rolling::plan::{Month, Series, Size, State};
use crate::surveys::rolling::{store, wave};
use crate::surveys::sample::store::{events as sample_events, samples};
use crate::surveys::sample::{draw, events, mailing};
use crate::surveys::store as surveys;
use crate::surveys::waves;
use crate::thread::id::SurveyId;

/// What is said of a month that went by while the program did not run.
const MISSED: &str = "The program did not run while the month would have been open";

/// Why a month was not opened.
#[derive(Debug)]
pub enum Refused {
    /// In words for staff.
    Said(String),
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

impl From<publish::Refused> for Refused {
    fn from(refused: publish::Refused) -> Self {
        match refused {
            publish::Refused::Internal(error) => Self::Internal(error),
            other => Self::Said(other.in_words().unwrap_or_default().to_owned()),
        }
    }
}

/// Opens what is due and reminds whom it is time to remind. A month that fails holds up no other; the first failure is told.
pub fn turn(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let now = app.clock.now();
        // A look before the leap: an idle node must not take SQLite's write lock again and again.
        let mut tx = app.db.read().await?;
        let (due, open) = (store::list_due(&mut tx, now).await?, store::list_open(&mut tx, now).await?);
        drop(tx);
        let mut done = Ok(());
        for month in due {
            done = done.and(open_due(&app, &month, now).await);
        }
        for month in open {
            done = done.and(remind_due(&app, &month, now).await);
        }
        Ok(done?)
    })
}

async fn open_due(app: &App, month: &Month, now: DateTime<Utc>) -> Result<(), db::Error> {
    let mut tx = app.db.write().await?;
    let why = if month.closes_at <= now {
        (State::Missed, MISSED.to_owned())
    } else {
        match open(&mut tx, &app.random, month, now).await {
            Ok(true) => return tx.commit().await,
            Ok(false) => return Ok(()),
            Err(Refused::Internal(error)) => return Err(error),
            Err(Refused::Said(why)) => {
                drop(tx);
                tx = app.db.write().await?;
                (State::Failed, why)
            }
        }
    };
    if store::take(&mut tx, month.id, why.0, &why.1).await? {
        tx.commit().await?;
    }
    Ok(())
}

/// Opens a month: copies the pattern, draws the homes, publishes, and orders the invitations. False when somebody else took
/// the month.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn open(tx: &mut Tx, random: &Random, month: &Month, now: DateTime<Utc>) -> Result<bool, Refused> {
    if !store::take(tx, month.id, State::Opened, "").await? {
        return Ok(false);
    }
    let gone = || Refused::Said("The survey that every month copies is gone".to_owned());
    let series = store::find(tx, month.series).await?.ok_or_else(gone)?;
    let pattern = surveys::find(tx, series.pattern).await?.ok_or_else(gone)?;
    // Made before the homes are looked at: its number is drawn from one row, which makes two nodes that draw homes for
    // different series wait for each other, so that no home is drawn for both.
    let id = wave::copy(tx, random, (&pattern, &series.title), month, now).await?;
    let asked = surveys::find(tx, id).await?.ok_or_else(gone)?;
    publish::publish(tx, &asked, now).await?;
    let asked = surveys::find(tx, id).await?.ok_or_else(gone)?;
    let listed = i64::try_from(residents::list_current(tx).await?.len()).unwrap_or(i64::MAX);
    let plan = series.plan(listed);
    let before = store::survey_before(tx, month).await?;
    let drawn = match series.size {
        Size::Events(days) => events::begin(tx, &asked.survey, days, &plan, now).await.map(|()| None),
        Size::Homes(_) | Size::Share(_) => {
            let drawn = draw::draw(tx, &asked.survey, &plan, &series.seed_of(month), now).await;
            drawn.map(|drawn| Some(i64::try_from(drawn).unwrap_or(i64::MAX)))
        }
    };
    let drawn = drawn.map_err(|refused| match refused {
        draw::Refused::Internal(error) => Refused::Internal(error),
        draw::Refused::NobodyToAsk => Refused::Said(nobody(&series, listed)),
        other => Refused::Said(other.in_words().unwrap_or_default().to_owned()),
    })?;
    store::opened(tx, month.id, id, [plan.wanted, drawn, Some(listed)]).await?;
    if let Some(before) = before {
        // Staff may have joined another survey to the one before; then this month begins a line of its own.
        let _ = waves::store::join(tx, id, before).await?;
        sample_events::carry(tx, before, id).await?;
    }
    samples::begin(tx, id, now).await?;
    if drawn.is_some() && series.ways.holds(Way::Email) {
        order(tx, id, 0, now).await?;
    }
    Ok(true)
}

/// What is said of a month for which no home was left.
fn nobody(series: &Series, listed: i64) -> String {
    if listed == 0 {
        return "There was no home on the list to draw from".to_owned();
    }
    format!(
        "The list is too small: none of its {listed} homes could be asked. Each was drawn for a survey in the {} months before, may not be contacted, or cannot be reached by the ways that are chosen",
        series.months_apart
    )
}

/// The survey to remind homes of, and how many times they were written to; none where it is not time.
async fn reminder_due(tx: &mut Tx, month: &Month, now: DateTime<Utc>) -> Result<Option<(SurveyId, i64)>, db::Error> {
    let (Some(survey), Some(series)) = (month.survey, store::find(tx, month.series).await?) else { return Ok(None) };
    let Some(sample) = samples::find(tx, survey).await? else { return Ok(None) };
    let waits = u64::try_from(series.remind_after).unwrap_or(1);
    let next = sample.mailed_on.and_then(|last| last.checked_add_days(Days::new(waits)));
    let is_due = next.is_some_and(|next| next <= clock::london_day(now));
    let is_left = (1..=sample.plan.most_reminders).contains(&sample.mailings);
    Ok((series.ways.holds(Way::Email) && is_due && is_left).then_some((survey, sample.mailings)))
}

async fn remind_due(app: &App, month: &Month, now: DateTime<Utc>) -> Result<(), db::Error> {
    let Some((survey, before)) = reminder_due(&mut app.db.read().await?, month, now).await? else { return Ok(()) };
    let mut tx = app.db.write().await?;
    order(&mut tx, survey, before, now).await?;
    tx.commit().await
}

/// Orders e-mails, unless somebody ordered them meanwhile or the survey has closed.
async fn order(tx: &mut Tx, survey: SurveyId, before: i64, now: DateTime<Utc>) -> Result<(), db::Error> {
    let Some(asked) = surveys::find(tx, survey).await? else { return Ok(()) };
    match mailing::order(tx, &asked.survey, before, now).await {
        Err(mailing::Refused::Internal(error)) => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
