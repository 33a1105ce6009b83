//! Asking about what happened: a list of homes with a day each, such as repairs done last week, and an invitation to each
//! home so many days after.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::clock;
use crate::db::{self, Tx};
use crate::exchange::Fault;
use crate::exchange::sheet::{Row, SheetError};
use crate::jobs::JobError;
use crate::residents::import::columns::{Columns, Field};
use crate::residents::import::read::{Table, table};
use crate::residents::{self, Ways};
use crate::surveys::rolling::store as rolling;
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

/// How homes are asked about events: everybody by their own way, once, with one reminder. `months` is within how many no home
/// is asked for another survey.
#[must_use]
pub fn plan(months: i64) -> Plan {
    Plan {
        strata: Strata::None,
        whole: Vec::new(),
        wanted: None,
        months,
        ways: Ways::ALL,
        most_reminders: 1,
        most_calls: 6,
    }
}

/// Makes a survey one that asks about events, so many days after each. Homes are asked as events come; none is drawn.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn begin(tx: &mut Tx, survey: &Survey, days: i64, plan: &Plan, now: DateTime<Utc>) -> Result<(), Refused> {
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
    samples::insert(tx, survey.id, plan, "", &[], now).await?;
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
            match ask(&mut tx, survey, household, now).await? {
                Asking::Done(state) => events::settle(&mut tx, id, state).await?,
                Asking::Later(day) => events::put_off(&mut tx, id, day).await?,
            }
        }
        Ok(tx.commit().await?)
    })
}

/// What becomes of an event that is due.
enum Asking {
    /// It came to this, as it is stored.
    Done(&'static str),
    /// The survey is over, and the next month of it is open on this day.
    Later(NaiveDate),
}

async fn ask(tx: &mut Tx, id: SurveyId, household: HouseholdId, now: DateTime<Utc>) -> Result<Asking, db::Error> {
    let survey = surveys::find(tx, id).await?.map(|asked| asked.survey);
    let (Some(survey), Some(sample)) = (survey, samples::find(tx, id).await?) else {
        return Ok(Asking::Done("closed"));
    };
    if survey.state(now) != State::Open {
        // What happened between two months is asked about in the next one, if somebody may still remember it.
        let next = rolling::opens_next(tx, id).await?.map(|next| clock::london_day(next.max(now)));
        let later = next.and_then(|next| next.succ_opt());
        return Ok(later.map_or(Asking::Done("closed"), Asking::Later));
    }
    let Some(home) = residents::find(tx, household).await?.filter(residents::Household::may_be_contacted) else {
        return Ok(Asking::Done(Standing::NoContact.code()));
    };
    let Some(way) = sample.plan.ways.to(&home) else {
        return Ok(Asking::Done(Standing::Unreachable.code()));
    };
    let months = chrono::Months::new(u32::try_from(sample.plan.months).unwrap_or(0));
    let since = now.checked_sub_months(months).unwrap_or(now);
    // A home has one invitation to a survey; a second event there is asked about in the next survey.
    let is_drawn = homes::find_by_household(tx, id, household).await?.is_some();
    if is_drawn || samples::was_asked_since(tx, household, since).await? {
        return Ok(Asking::Done(Standing::AskedLately.code()));
    }
    let place = homes::next_place(tx, id).await?;
    homes::insert(tx, id, (&home, way), place, "All homes").await?;
    mailing::enqueue(tx, id, now).await?;
    Ok(Asking::Done("asked"))
}

/// How many days after its e-mail a home is reminded of an event.
pub const REMIND_AFTER: u64 = 7;

/// Reminds homes that were asked about events by e-mail a week ago and have not answered, as often as the plan says.
pub fn remind_due(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let (now, today) = (app.clock.now(), app.clock.today());
        let before = today.checked_sub_days(Days::new(REMIND_AFTER)).unwrap_or(today);
        let mut tx = app.db.read().await?;
        if homes::list_to_remind(&mut tx, before, now).await?.is_empty() {
            return Ok(());
        }
        drop(tx);
        let mut tx = app.db.write().await?;
        for survey in homes::list_to_remind(&mut tx, before, now).await? {
            homes::remind(&mut tx, survey, before).await?;
            mailing::enqueue(&mut tx, survey, now).await?;
        }
        Ok(tx.commit().await?)
    })
}
