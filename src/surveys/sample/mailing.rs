//! E-mails to the homes of a sample: ordered in one step, written in batches, so that nine thousand of them hold up nobody.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::clock;
use crate::db::{self, Tx};
use crate::jobs::{self, JobError};
use crate::mail;
use crate::random::sha256;
use crate::residents;
use crate::settings;
use crate::surveys::sample::languages::Languages;
use crate::surveys::sample::mail::{Sender, letter};
use crate::surveys::sample::store::{homes, keys, samples};
use crate::surveys::store as surveys;
use crate::surveys::survey::{State, Survey};
use crate::thread::id::SurveyId;

/// The kind of job that writes the next batch.
pub const JOB: &str = "sample_mailing";

/// How many e-mails are written in one transaction.
const BATCH: i64 = 100;

/// Why nothing was ordered.
#[derive(Debug)]
pub enum Refused {
    /// The survey is a draft or over.
    NotOpen,
    /// There is no sample.
    NoSample,
    /// E-mails were ordered today already.
    Today,
    /// There were as many as there may be, or somebody else ordered meanwhile.
    DoneBefore,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

impl Refused {
    /// What to tell the person; none for a fault of the database.
    #[must_use]
    pub fn in_words(&self) -> Option<&'static str> {
        Some(match self {
            Self::NotOpen => "Publish the survey before homes are asked. A closed survey asks nobody",
            Self::NoSample => "Draw a sample first",
            Self::Today => "E-mails were sent today. Wait until tomorrow before you remind anybody",
            Self::DoneBefore => "As many e-mails as there may be were sent, or somebody else sent them meanwhile",
            Self::Internal(_) => return None,
        })
    }
}

/// True while homes may be asked.
#[must_use]
pub fn may_ask(survey: &Survey, now: DateTime<Utc>) -> bool {
    matches!(survey.state(now), State::Open | State::Waiting)
}

/// Orders e-mails to every home whose way they are and that has not answered: the invitation first, then reminders.
/// `before` is how many times they were ordered before, so that pressing twice orders once.
///
/// # Errors
/// See [`Refused`].
pub async fn order(tx: &mut Tx, survey: &Survey, before: i64, now: DateTime<Utc>) -> Result<(), Refused> {
    if !may_ask(survey, now) {
        return Err(Refused::NotOpen);
    }
    let sample = samples::find(tx, survey.id).await?.ok_or(Refused::NoSample)?;
    let today = clock::london_day(now);
    if sample.mailings != before {
        return Err(Refused::DoneBefore);
    }
    if sample.mailed_on == Some(today) {
        return Err(Refused::Today);
    }
    if !samples::order_mailing(tx, survey.id, before, today).await? {
        return Err(Refused::DoneBefore);
    }
    samples::begin(tx, survey.id, now).await?;
    Ok(enqueue(tx, survey.id, now).await?)
}

/// Has the next batch written.
///
/// # Errors
/// When the database refuses.
pub(super) async fn enqueue(tx: &mut Tx, survey: SurveyId, now: DateTime<Utc>) -> Result<(), db::Error> {
    let key = format!("{JOB}:{survey}");
    jobs::enqueue(tx, now, JOB, &survey.to_string(), Some(&key)).await
}

/// Writes the next batch, and orders the one after it where homes are left.
pub fn write_batch(app: App, payload: String) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let id: SurveyId = payload.parse().map_err(|_| JobError::Fail("no survey is named".into()))?;
        let (now, today) = (app.clock.now(), app.clock.today());
        let mut tx = app.db.write().await?;
        let asked = surveys::find(&mut tx, id).await?.ok_or_else(|| JobError::Fail("the survey is gone".into()))?;
        let Some(sample) = samples::find(&mut tx, id).await? else { return Ok(()) };
        // A survey that closed meanwhile asks nobody.
        if !may_ask(&asked.survey, now) {
            return Ok(());
        }
        let landlord = settings::store::find(&mut tx).await?;
        let sender = Sender { landlord: &landlord.name, base_url: &app.config.base_url };
        let batch = homes::list_to_mail(&mut tx, id, (sample.mailings, today), BATCH).await?;
        let languages = Languages::load(&mut tx, &asked).await?;
        let is_last = i64::try_from(batch.len()).is_ok_and(|written| written < BATCH);
        for home in batch {
            let household = residents::find(&mut tx, home.household).await?;
            let to = household.filter(|household| household.may_be_contacted() && !household.email.is_empty());
            if let Some((household, spoken)) = to.as_ref().and_then(|to| Some((to, languages.of(to)?))) {
                let token = app.random.token();
                keys::insert(&mut tx, home.id, &sha256(&token)).await?;
                let others = languages.others(spoken, household);
                let words =
                    letter(spoken, &others, sender, (household.email.as_str(), token.as_str()), home.written > 0);
                let letter = mail::post(&mut tx, now, &words).await?;
                keys::insert_letter(&mut tx, home.id, letter).await?;
            }
            homes::mark_mailed(&mut tx, home.id, sample.mailings, to.is_some(), today).await?;
        }
        if !is_last {
            enqueue(&mut tx, id, now).await?;
        }
        Ok(tx.commit().await?)
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::db_test;
    use crate::residents::Way;
    use crate::surveys::sample::testing::{drawn, drawn_by};
    use crate::testing::{app_on, run_jobs};

    async fn letters(app: &App) -> Vec<crate::mail::store::Posted> {
        crate::mail::store::list(&mut app.db.read().await.unwrap(), 999).await.unwrap()
    }

    db_test!(many_letters_are_written_in_batches_and_pressing_twice_writes_once, db => {
        let app = app_on(db);
        let asked = drawn_by(&app, 250, Some(Way::Email)).await;
        let now = app.clock.now();
        let mut tx = app.db.write().await.unwrap();
        order(&mut tx, &asked.survey, 0, now).await.unwrap();
        assert!(matches!(order(&mut tx, &asked.survey, 0, now).await, Err(Refused::DoneBefore)));
        assert!(matches!(order(&mut tx, &asked.survey, 1, now).await, Err(Refused::Today)));
        tx.commit().await.unwrap();
        // One batch at a time; running it again writes nobody twice.
        write_batch(app.clone(), asked.survey.id.to_string()).await.unwrap();
        assert_eq!(letters(&app).await.len(), 100);
        run_jobs(&app).await;
        let all = letters(&app).await;
        assert_eq!(all.len(), 250);
        let mut people: Vec<&str> = all.iter().map(|letter| letter.recipient.as_str()).collect();
        people.sort_unstable();
        people.dedup();
        assert_eq!(people.len(), 250);
        write_batch(app.clone(), asked.survey.id.to_string()).await.unwrap();
        assert_eq!(letters(&app).await.len(), 250);
    });

    db_test!(reminders_go_to_those_who_neither_answered_nor_asked_for_no_more_and_end, db => {
        let app = app_on(db);
        let asked = drawn_by(&app, 4, Some(Way::Email)).await;
        let (id, long) = (asked.survey.id, TimeDelta::hours(13));
        // Open for weeks.
        let survey = Survey { closes_at: app.clock.now() + TimeDelta::days(30), ..asked.survey.clone() };
        let mut tx = app.db.write().await.unwrap();
        surveys::update(&mut tx, &survey).await.unwrap();
        order(&mut tx, &survey, 0, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        run_jobs(&app).await;
        let tokens: Vec<String> = letters(&app).await.iter().map(|letter| {
            letter.body.split("/s/").nth(1).unwrap().split('\n').next().unwrap().to_owned()
        }).collect();
        app.clock.advance(long);
        let mut tx = app.db.write().await.unwrap();
        assert!(keys::spend(&mut tx, id, &sha256(&tokens[0])).await.unwrap());
        assert!(!keys::spend(&mut tx, id, &sha256(&tokens[0])).await.unwrap());
        assert!(keys::stop(&mut tx, &sha256(&tokens[1])).await.unwrap());
        order(&mut tx, &survey, 1, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        run_jobs(&app).await;
        let all = letters(&app).await;
        assert_eq!(all.len(), 6);
        assert!(all[..2].iter().all(|letter| letter.subject.starts_with("Reminder: ")));
        app.clock.advance(long + long);
        let mut tx = app.db.write().await.unwrap();
        order(&mut tx, &survey, 2, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        run_jobs(&app).await;
        assert_eq!(letters(&app).await.len(), 8);
        app.clock.advance(long + long);
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(order(&mut tx, &survey, 3, app.clock.now()).await, Err(Refused::DoneBefore)), "two reminders are the most");
        let progress = homes::progress(&mut tx, id).await.unwrap();
        let all = &progress[0];
        assert_eq!((all.drawn, all.asked, all.stopped, all.answered, all.failed), (4, 4, 1, 1, 0));
    });

    db_test!(nobody_is_written_to_for_a_closed_survey_or_where_they_may_not_be_contacted, db => {
        let app = app_on(db);
        let asked = drawn(&app, 8).await;
        let now = app.clock.now();
        let mut tx = app.db.write().await.unwrap();
        order(&mut tx, &asked.survey, 0, now).await.unwrap();
        let all = crate::residents::store::households::list(&mut tx).await.unwrap();
        let by_email = all.iter().find(|home| home.way() == Some(Way::Email)).unwrap();
        crate::residents::store::households::set_no_contact(&mut tx, by_email.id, "Asked in May").await.unwrap();
        tx.commit().await.unwrap();
        run_jobs(&app).await;
        // Two of eight are reached by e-mail, and one of them asked not to be.
        assert_eq!(letters(&app).await.len(), 1);
        let over = Survey { closes_at: now, ..asked.survey.clone() };
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(order(&mut tx, &over, 1, now).await, Err(Refused::NotOpen)));
    });
}
