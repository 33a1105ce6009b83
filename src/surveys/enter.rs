//! Answers that staff enter for somebody: told on the telephone, at a door, a desk or an event, or written on paper.
//!
//! One rule of time for all of them: what counts is the day on which the person answered, for paper the day on which
//! it was received, and it must be a day on which the survey was open. Typing may come later, until the results are
//! published, which says that everything is in.

use chrono::{DateTime, NaiveDate, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::questionnaires::response::{Channel, Receipt};
use crate::random::Random;
use crate::surveys::sample;
use crate::surveys::store;
use crate::surveys::submit::{self, Arrived};
use crate::surveys::survey::{State, Survey};

/// Why answers were not kept.
#[derive(Debug)]
pub enum Refused {
    /// The survey is a draft, or does not open until later.
    NotOpenYet,
    /// Its results are published.
    ResultsPublished,
    /// The day has not come yet.
    InFuture,
    /// The survey had not opened on that day.
    BeforeOpening,
    /// The survey had closed before that day.
    AfterClosing,
    /// The survey has a sample, and no home of it is named.
    HomeNeeded,
    /// Somebody of that home has answered, or it is not of the sample.
    HomeSpent,
    /// Answers come in by themselves on that channel.
    NotEntered,
    /// As for answers that people send themselves.
    NotKept(submit::Refused),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::NotKept(submit::Refused::Internal(error))
    }
}

/// Whether a survey takes answers that staff enter.
///
/// # Errors
/// `NotOpenYet` or `ResultsPublished`.
pub fn check_survey(survey: &Survey, now: DateTime<Utc>) -> Result<(), Refused> {
    match survey.state(now) {
        State::Draft | State::Waiting => Err(Refused::NotOpenYet),
        State::Open | State::Closed if survey.results_published_at.is_some() => Err(Refused::ResultsPublished),
        State::Open | State::Closed => Ok(()),
    }
}

/// Whether answers of a day count.
///
/// # Errors
/// `InFuture`, `BeforeOpening` or `AfterClosing`.
pub fn check_day(survey: &Survey, on: NaiveDate, now: DateTime<Utc>) -> Result<(), Refused> {
    if on > clock::london_day(now) {
        return Err(Refused::InFuture);
    }
    if on < survey.first_day() {
        return Err(Refused::BeforeOpening);
    }
    if on > survey.last_day() { Err(Refused::AfterClosing) } else { Ok(()) }
}

/// Keeps the answers as those that people send themselves: once, whole, and without a trace of who typed them. They
/// count for the day on which the person gave them, or on which their form was received. `home` is the home of the sample,
/// where the survey has one: it is noted that it answered, and nothing by which to tell what.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn enter(
    tx: &mut Tx,
    random: &Random,
    arrived: &Arrived<'_>,
    home: Option<i64>,
    now: DateTime<Utc>,
) -> Result<Receipt, Refused> {
    let survey = &arrived.asked.survey;
    check_survey(survey, now)?;
    check_day(survey, arrived.received_on, now)?;
    if !Channel::ENTERED.contains(&arrived.channel) {
        return Err(Refused::NotEntered);
    }
    if !store::hold_for_entry(tx, survey.id).await? {
        return Err(Refused::ResultsPublished);
    }
    if home.is_none() && sample::exists(tx, survey.id).await? {
        return Err(Refused::HomeNeeded);
    }
    let receipt = submit::keep(tx, random, arrived, now).await.map_err(Refused::NotKept)?;
    // After the insertion, so that sending the same form again is told apart from a home that has answered.
    if let Some(home) = home
        && !sample::store::homes::spend(tx, survey.id, home).await?
    {
        return Err(Refused::HomeSpent);
    }
    Ok(receipt)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::db_test;
    use crate::questionnaires::answer::{Answer, Answers};
    use crate::questionnaires::store::{self as responses, rows};
    use crate::surveys::pages::tests::{open, three_questions};
    use crate::surveys::survey::Access;
    use crate::surveys::survey::tests::november;
    use crate::testing::app_on;

    fn yes() -> Answers {
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(0));
        answers
    }

    #[test]
    fn the_day_the_person_answered_counts_and_not_the_day_of_typing() {
        let survey = november();
        let after: DateTime<Utc> = "2026-12-05T10:00:00Z".parse().unwrap();
        let day = |words: &str| words.parse::<NaiveDate>().unwrap();
        for (on, fits) in [("2026-10-31", false), ("2026-11-01", true), ("2026-11-30", true), ("2026-12-01", false)] {
            assert_eq!(check_day(&survey, day(on), after).is_ok(), fits, "{on}");
        }
        let during: DateTime<Utc> = "2026-11-10T10:00:00Z".parse().unwrap();
        assert!(matches!(check_day(&survey, day("2026-11-11"), during), Err(Refused::InFuture)));
        assert!(check_survey(&survey, after).is_ok());
        let published = Survey { results_published_at: Some(after), ..november() };
        assert!(matches!(check_survey(&published, after), Err(Refused::ResultsPublished)));
        let draft = Survey { published_at: None, ..november() };
        assert!(matches!(check_survey(&draft, during), Err(Refused::NotOpenYet)));
    }

    db_test!(every_channel_is_kept_with_its_day_and_a_form_counts_once, db => {
        let app = app_on(db);
        let asked = open(&app, Access::Personal, &three_questions()).await;
        let (answers, now) = (yes(), app.clock.now());
        let on = app.clock.today();
        let mut references = Vec::new();
        for channel in Channel::ENTERED {
            let entry = Arrived { asked: &asked, answers: &answers, submission_key: channel.code(), channel, received_on: on };
            let mut tx = app.db.write().await.unwrap();
            references.push(enter(&mut tx, &app.random, &entry, None, now).await.unwrap().reference);
            tx.commit().await.unwrap();
            let mut tx = app.db.write().await.unwrap();
            let again = enter(&mut tx, &app.random, &entry, None, now).await;
            assert!(matches!(again, Err(Refused::NotKept(submit::Refused::SentBefore))));
        }
        let mut tx = app.db.read().await.unwrap();
        let stored = rows::list_after(&mut tx, asked.version.id, (0, 9), 9).await.unwrap();
        let kept: Vec<_> = stored.iter().map(|stored| stored.channel.as_str()).collect();
        assert_eq!(kept, Channel::ENTERED.map(Channel::code));
        let receipt = responses::find_receipt(&mut tx, asked.version.id, "post").await.unwrap().unwrap();
        assert_eq!(receipt.reference, references[3]);
    });

    db_test!(nothing_is_entered_once_the_results_are_published_and_links_take_no_entries, db => {
        let app = app_on(db);
        let asked = open(&app, Access::Open, &three_questions()).await;
        let answers = yes();
        let on = app.clock.today();
        let late = asked.survey.closes_at + TimeDelta::days(3);
        let mut entry = Arrived { asked: &asked, answers: &answers, submission_key: "k", channel: Channel::OpenLink, received_on: on };
        let mut tx = app.db.write().await.unwrap();
        assert!(matches!(enter(&mut tx, &app.random, &entry, None, late).await, Err(Refused::NotEntered)));
        entry.channel = Channel::Post;
        enter(&mut tx, &app.random, &entry, None, late).await.unwrap();
        // The page was read before the results were published.
        assert!(store::publish_results(&mut tx, asked.survey.id, late).await.unwrap());
        entry.submission_key = "another";
        assert!(matches!(enter(&mut tx, &app.random, &entry, None, late).await, Err(Refused::ResultsPublished)));
    });
}
