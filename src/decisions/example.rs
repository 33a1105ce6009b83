//! Two decisions of the example landlord, all invented: one published that differs from what residents said, one draft that waits for approval.

use chrono::Days;

use super::approve::{StepError, approve, publish};
use super::decision::{Alignment, Choice, Outcome, Text};
use super::write::{WriteError, create};
use crate::app::App;
use crate::db::{self, Tx};
use crate::thread::Record;
use crate::web::slug::slug;
use crate::{focus_groups, people, plans, surveys};

/// Adds them.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let missing = || db::Error::Corrupt { table: "accounts", column: "email" };
    let person = async |tx: &mut Tx, email: &str| people::store::find_by_email(tx, email).await?.ok_or_else(missing);
    let (officer, _) = person(tx, "officer@larkfield.example").await?;
    let (manager, _) = person(tx, "manager@larkfield.example").await?;
    let text = appointments(app, tx).await?;
    let id = create(app, tx, officer.id, &slug(&text.title), &text).await.map_err(written)?;
    let newest = async |tx: &mut Tx| super::store::list_versions(tx, id).await.map(|all| all.into_iter().next());
    if let Some(version) = newest(tx).await? {
        approve(app, tx, &version, manager.id).await.map_err(stepped)?;
        publish(app, tx, &version, officer.id).await.map_err(stepped)?;
    }
    let text = cleaning(app, tx).await?;
    create(app, tx, officer.id, &slug(&text.title), &text).await.map_err(written)?;
    Ok(())
}

fn written(error: WriteError) -> db::Error {
    match error {
        WriteError::Internal(error) => error,
        other => db::Error::Conflict(other.to_string()),
    }
}

fn stepped(error: StepError) -> db::Error {
    match error {
        StepError::Internal(error) => error,
        other => db::Error::Conflict(other.to_string()),
    }
}

fn choice(option: &str, residents: &str, outcome: Outcome) -> Choice {
    Choice { option: option.into(), residents: residents.into(), outcome }
}

/// The action of that number.
async fn action(app: &App, tx: &mut Tx, number: &str) -> Result<Option<Record>, db::Error> {
    let start = format!("{number} ");
    let all = plans::list_choices(tx, app.clock.today()).await?;
    Ok(all.into_iter().find(|(_, name)| name.starts_with(&start)).map(|(id, _)| Record::Action(id)))
}

async fn appointments(app: &App, tx: &mut Tx) -> Result<Text, db::Error> {
    let groups = focus_groups::list_all(tx).await?;
    let group = groups.into_iter().find(|one| one.slug == focus_groups::example::PAST);
    let mut sources: Vec<Record> = group.map(|one| Record::FocusGroup(one.id)).into_iter().collect();
    sources.extend(action(app, tx, "1.1").await?);
    Ok(Text {
        title: "Appointments on Sundays".into(),
        question: "Whether repairs can be booked on Sundays too, now that evenings and Saturday mornings can be.".into(),
        choices: vec![
            choice("Every Sunday from 9 to 1", "Five of eight would use it, most of all those who work shifts.", Outcome::NotChosen),
            choice("One Sunday a month in each area", "Three said that once a month is too rare to be of use.", Outcome::InPart),
            choice("No Sundays", "Two would rather have the day quiet.", Outcome::NotChosen),
        ],
        views: "Most would take a Sunday, and would rather wait two weeks for one than lose pay.\n\nTwo asked us to leave the day quiet. One said that a Sunday without the spare-parts shop is a wasted visit.".into(),
        heard_from: "Eight residents in a focus group".into(),
        sources,
        decided: "We try one Sunday a month in each area for half a year, for repairs that need no parts from outside. Then we count how many were booked and finished, and decide again.".into(),
        reasons: "The suppliers are closed on Sundays, so that one visit in three could not be finished. A Sunday costs twice a weekday, and a trial tells us whether it is worth it.".into(),
        decided_on: day(app, 34),
        body: "The Operations Committee".into(),
        alignment: Alignment::Differs,
        differs_why: "Most wanted every Sunday. We do less than that, because a visit that cannot be finished helps nobody. We will publish what the trial shows and ask the same people again.".into(),
        correction: String::new(),
    })
}

async fn cleaning(app: &App, tx: &mut Tx) -> Result<Text, db::Error> {
    let survey = surveys::list_published(tx).await?.into_iter().find(|one| one.results_published_at.is_some());
    let mut sources: Vec<Record> = survey.map(|one| Record::Survey(one.id)).into_iter().collect();
    sources.extend(action(app, tx, "6.1").await?);
    Ok(Text {
        title: "How the stairs are checked".into(),
        question: "Who checks that the stairs were cleaned, and how often.".into(),
        choices: vec![
            choice(
                "Residents grade the stairs from photos, once a month",
                "Most of those who wrote about stairs offered to.",
                Outcome::Chosen,
            ),
            choice(
                "The caretaker signs a sheet",
                "Several said that the sheet is signed whatever the stairs look like.",
                Outcome::NotChosen,
            ),
        ],
        views: "People wanted a check by somebody who uses the stairs.".into(),
        heard_from: "Answers to the survey, and comments on our promises".into(),
        sources,
        decided: "Residents who want to grade the stairs from photos once a month. The firm is paid by the grade."
            .into(),
        reasons: "It costs little and tells us more than the sheet did.".into(),
        decided_on: day(app, 6),
        body: "The Residents’ Panel".into(),
        alignment: Alignment::AsSaid,
        differs_why: String::new(),
        correction: String::new(),
    })
}

/// So many days before today.
fn day(app: &App, days: u64) -> chrono::NaiveDate {
    let today = app.clock.today();
    today.checked_sub_days(Days::new(days)).unwrap_or(today)
}
