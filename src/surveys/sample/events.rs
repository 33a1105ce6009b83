//! Asking about what happened: a list of homes with a day each, such as repairs done last week, and an invitation to each
//! home so many days after.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::db::{self, Tx};
use crate::exchange::Fault;
use crate::exchange::sheet::{Row, SheetError};
use crate::jobs::JobError;
use crate::residents;
use crate::residents::import::columns::{Columns, Field};
use crate::residents::import::read::{Table, table};
use crate::surveys::sample::draw::Refused;
use crate::surveys::sample::mailing;
use crate::surveys::sample::plan::{Plan, Standing, Strata};
use crate::surveys::sample::store::{events, homes, samples};
use crate::surveys::store as surveys;
use crate::surveys::survey::{Access, State, Survey};
use crate::thread::id::{HouseholdId, SurveyId};

/// How old an event may be when its list is sent, in days: nobody remembers an older repair.
pub const OLDEST: u64 = 90;

/// Something that happened at a home.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    pub household: HouseholdId,
    pub happened_on: NaiveDate,
}

/// Reads a list of events: a reference and a day in each row. Rows that cannot be taken are named.
///
/// # Errors
/// When the file is no table.
pub fn read(
    bytes: &[u8],
    homes: &HashMap<String, HouseholdId>,
    today: NaiveDate,
) -> Result<(Vec<Event>, Vec<Fault>), SheetError> {
    let table = table(bytes)?;
    let Some((reference, day)) = columns(&table) else {
        let words = "the headings must name a reference and a date";
        return Ok((Vec::new(), vec![Fault::new(table.heading.number, "", words)]));
    };
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    for row in &table.rows {
        match event(row, (reference, day), homes, today) {
            Ok(event) if found.contains(&event) => {}
            Ok(event) => found.push(event),
            Err(fault) => faults.push(fault),
        }
    }
    Ok((found, faults))
}

/// The columns of the reference and the day.
fn columns(table: &Table) -> Option<(usize, usize)> {
    let reference = Columns::guess(&table.heading).of(Field::Reference)?;
    let is_day = |cell: &String| ["date", "day", "when"].iter().any(|word| cell.to_lowercase().contains(word));
    Some((reference, table.heading.cells.iter().position(is_day)?))
}

fn event(
    row: &Row,
    (reference, day): (usize, usize),
    homes: &HashMap<String, HouseholdId>,
    today: NaiveDate,
) -> Result<Event, Fault> {
    let cell = |at: usize| row.cells.get(at).map_or("", String::as_str).trim();
    let fault = |words: String| Fault::new(row.number, "", words);
    let household = *homes
        .get(cell(reference))
        .ok_or_else(|| fault(format!("“{}” is not the reference of a home on the list", cell(reference))))?;
    let happened_on =
        read_day(cell(day)).ok_or_else(|| fault(format!("“{}” is not a day like 27/3/2026", cell(day))))?;
    if happened_on > today {
        return Err(fault("the day has not come yet".to_owned()));
    }
    if today.signed_duration_since(happened_on).num_days().unsigned_abs() > OLDEST {
        return Err(fault(format!("the day is more than {OLDEST} days ago")));
    }
    Ok(Event { household, happened_on })
}

/// A day as lists write it, the day before the month.
fn read_day(words: &str) -> Option<NaiveDate> {
    let first = words.split([' ', 'T']).next().unwrap_or_default();
    let of = |text: &str, format: &str| NaiveDate::parse_from_str(text, format).ok();
    of(first, "%Y-%m-%d")
        .or_else(|| of(first, "%d/%m/%Y"))
        .or_else(|| of(first, "%d.%m.%Y"))
        .or_else(|| of(first, "%d-%m-%Y"))
        .or_else(|| of(words, "%d %B %Y"))
        .filter(|day| *day >= NaiveDate::default())
}

/// Makes a survey one that asks about events, so many days after each. Homes are asked as events come; none is drawn.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn begin(tx: &mut Tx, survey: &Survey, days: i64, months: i64, now: DateTime<Utc>) -> Result<(), Refused> {
    if survey.access != Access::Personal {
        return Err(Refused::NotPersonal);
    }
    if survey.state(now) == State::Closed {
        return Err(Refused::Closed);
    }
    if surveys::count_invitations(tx, survey.id).await?.0 > 0 {
        return Err(Refused::LinksSent);
    }
    samples::discard(tx, survey.id).await?;
    if samples::exists(tx, survey.id).await? {
        return Err(Refused::Begun);
    }
    let plan = Plan { strata: Strata::None, wanted: None, months, most_reminders: 1, most_calls: 6 };
    samples::insert(tx, survey.id, &plan, "", &[], now).await?;
    Ok(samples::ask_by_events(tx, survey.id, days, now).await?)
}

/// Keeps events, each once. Gives how many are new.
///
/// # Errors
/// When the database refuses.
pub async fn add(tx: &mut Tx, survey: SurveyId, days: i64, found: &[Event]) -> Result<usize, db::Error> {
    let wait = Days::new(u64::try_from(days).unwrap_or(0));
    let mut new = 0;
    for event in found {
        let due_on = event.happened_on.checked_add_days(wait).unwrap_or(event.happened_on);
        new += usize::from(events::insert(tx, survey, event, due_on).await?);
    }
    Ok(new)
}

/// Asks the homes whose events are due: each joins the sample, unless nobody may be asked there or it was asked lately.
pub fn ask_due(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let (now, today) = (app.clock.now(), app.clock.today());
        let mut tx = app.db.read().await?;
        if events::count_due(&mut tx, today).await? == 0 {
            return Ok(());
        }
        drop(tx);
        let mut tx = app.db.write().await?;
        for (id, survey, household) in events::list_due(&mut tx, today, 100).await? {
            let state = ask(&mut tx, survey, household, now).await?;
            events::settle(&mut tx, id, state).await?;
        }
        Ok(tx.commit().await?)
    })
}

/// What becomes of an event that is due.
async fn ask(tx: &mut Tx, id: SurveyId, household: HouseholdId, now: DateTime<Utc>) -> Result<&'static str, db::Error> {
    let survey = surveys::find(tx, id).await?.map(|asked| asked.survey);
    let (Some(survey), Some(sample)) = (survey, samples::find(tx, id).await?) else { return Ok("closed") };
    if survey.state(now) != State::Open {
        return Ok("closed");
    }
    let Some(home) = residents::find(tx, household).await?.filter(residents::Household::may_be_contacted) else {
        return Ok(Standing::NoContact.code());
    };
    if home.way().is_none() {
        return Ok(Standing::Unreachable.code());
    }
    let months = chrono::Months::new(u32::try_from(sample.plan.months).unwrap_or(0));
    let since = now.checked_sub_months(months).unwrap_or(now);
    // A home has one invitation to a survey; a second event there is asked about in the next survey.
    let is_drawn = homes::find_by_household(tx, id, household).await?.is_some();
    if is_drawn || samples::was_asked_since(tx, household, since).await? {
        return Ok(Standing::AskedLately.code());
    }
    let place = homes::next_place(tx, id).await?;
    homes::insert(tx, id, &home, place, "All homes").await?;
    mailing::enqueue(tx, id, now).await?;
    Ok("asked")
}
