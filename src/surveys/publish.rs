//! Opening a survey to residents, closing it early, copying it, and whether what they said may be published.

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::questionnaires::checker::{self, Finding, Weight};
use crate::questionnaires::sealed::kept as sealed;
use crate::questionnaires::translations;
use crate::random::Random;
use crate::surveys::batches;
use crate::surveys::describe::{self, Description};
use crate::surveys::regulator;
use crate::surveys::spoken::{self, Incomplete};
use crate::surveys::store;
use crate::surveys::survey::{Asked, State};
use crate::thread::id::SurveyId;

/// Why nothing was changed.
#[derive(Debug)]
pub enum Refused {
    /// There is no question to answer.
    NoQuestions,
    /// The logic of the questions has faults.
    Faults(Vec<Finding>),
    /// Its closing time has passed.
    ClosesInThePast,
    /// It was done before.
    DoneBefore,
    /// It is not open.
    NotOpen,
    /// Answers can still arrive.
    NotSettled,
    /// Paper forms wait in a batch that is not closed.
    BatchOpen,
    /// A correction of results without its reason.
    NoReason,
    /// No results wait for approval.
    NothingWaits,
    /// Whoever would approve prepared them.
    OwnWork,
    /// Answers were entered after the results were prepared.
    AnswersCame,
    /// It is not yet as the regulator wants it.
    NotReady(regulator::NotReady),
    /// It has sealed questions, and there is no key.
    NoKey,
    /// Some sealed answers cannot be opened.
    Shut,
    /// It is offered in languages that lack texts.
    Languages(Vec<Incomplete>),
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
            Self::NoQuestions => "Add at least one question before you publish the survey",
            Self::ClosesInThePast => "The closing time has passed. Change it before you publish the survey",
            Self::DoneBefore => "This was done before",
            Self::NotOpen => "The survey is not open",
            Self::NotSettled => {
                "Answers can still arrive until half an hour after closing. Publish the results after that"
            }
            Self::Faults(_) => "The questions have faults. Change them before you publish the survey",
            Self::BatchOpen => {
                "Paper forms wait in a batch that is still open. Close it before you publish the results"
            }
            Self::Languages(_) => {
                "It is offered in a language that lacks texts. Look at its languages: write what is missing, or stop offering it"
            }
            Self::NoKey => {
                "The key for its sealed questions is missing. Ask whoever runs this program: “doorstep doctor” says where it belongs"
            }
            Self::Shut => {
                "Answers to a sealed question cannot be opened, because their key is missing. Ask whoever runs this program to put it back"
            }
            Self::NoReason => "Say why the results are corrected",
            Self::NothingWaits => "No results wait for approval: somebody else has approved them or sent them back",
            Self::OwnWork => "You prepared these results, so that somebody else must approve them",
            Self::AnswersCame => {
                "Answers were entered after these results were prepared. Send them back, so that they are prepared anew"
            }
            Self::NotReady(why) => why.in_words(),
            Self::Internal(_) => return None,
        })
    }
}

/// Publishes a survey: residents see it from now on and can answer it from its opening time.
///
/// # Errors
/// See [`Refused`].
pub async fn publish(tx: &mut Tx, asked: &Asked, now: DateTime<Utc>) -> Result<(), Refused> {
    if asked.version.questionnaire.questions().is_empty() {
        return Err(Refused::NoQuestions);
    }
    let mut faults = checker::check(&asked.version.questionnaire);
    faults.retain(|finding| finding.weight == Weight::Wrong);
    if !faults.is_empty() {
        return Err(Refused::Faults(faults));
    }
    if asked.survey.closes_at <= now {
        return Err(Refused::ClosesInThePast);
    }
    if let Some(why) = regulator::check_survey(tx, asked).await? {
        return Err(Refused::NotReady(why));
    }
    let incomplete = spoken::incomplete(tx, asked).await?;
    if !incomplete.is_empty() {
        return Err(Refused::Languages(incomplete));
    }
    if let Err(why) = sealed::ready(tx, &asked.version.questionnaire).await? {
        tracing::warn!("a survey with sealed questions was not published: {why}");
        return Err(Refused::NoKey);
    }
    if !store::publish(tx, asked.survey.id, now).await? {
        return Err(Refused::DoneBefore);
    }
    tx.public_changed();
    Ok(())
}

/// Closes a survey now. Forms opened before may be sent for half an hour, as at any closing.
///
/// # Errors
/// See [`Refused`].
pub async fn close(tx: &mut Tx, asked: &Asked, now: DateTime<Utc>) -> Result<(), Refused> {
    if !store::close(tx, asked.survey.id, now).await? {
        return Err(Refused::NotOpen);
    }
    tx.public_changed();
    Ok(())
}

/// Checks that nothing can be added to the results of a survey any more, and holds it so until the transaction ends.
///
/// # Errors
/// See [`Refused`].
pub(super) async fn check_results(tx: &mut Tx, asked: &Asked, now: DateTime<Utc>) -> Result<(), Refused> {
    if !asked.survey.is_settled(now) {
        return Err(Refused::NotSettled);
    }
    // Held first, so that no batch is made between the look and the publishing; results that are public hold by themselves.
    if store::hold_for_entry(tx, asked.survey.id).await? && batches::store::count_open(tx, asked.survey.id).await? > 0 {
        return Err(Refused::BatchOpen);
    }
    match regulator::check_results(tx, asked).await? {
        Some(why) => Err(Refused::NotReady(why)),
        None => Ok(()),
    }
}

/// Copies a survey with its questions as a new draft. One that has begun is copied to tomorrow, for as
/// many days and at the same times of day.
///
/// # Errors
/// When the database refuses.
pub async fn copy(tx: &mut Tx, random: &Random, asked: &Asked, now: DateTime<Utc>) -> Result<SurveyId, db::Error> {
    let survey = &asked.survey;
    let days = match survey.state(now) {
        State::Draft | State::Waiting => TimeDelta::zero(),
        State::Open | State::Closed => clock::london_day(now) - clock::london_day(survey.opens_at) + TimeDelta::days(1),
    };
    let description = Description {
        title: survey.title.clone(),
        introduction: survey.introduction.clone(),
        next_steps: survey.next_steps.clone(),
        minutes: survey.minutes,
        access: survey.access,
        one_page: survey.one_page,
        homes: survey.homes,
        opens_at: later(survey.opens_at, days),
        closes_at: later(survey.closes_at, days),
    };
    let id = describe::create(tx, random, survey.kind, &description, &asked.version.questionnaire, now).await?;
    if let Some(copy) = store::find(tx, id).await? {
        translations::store::copy(tx, asked.version.id, copy.version.id).await?;
    }
    store::set_homes(tx, id, survey.homes, &survey.group_homes).await?;
    Ok(id)
}

/// The same time of day in London so many days later; where the clocks skip that time, an hour on.
fn later(at: DateTime<Utc>, days: TimeDelta) -> DateTime<Utc> {
    let local = at.with_timezone(&chrono_tz::Europe::London).naive_local() + days;
    let moved = clock::london_instant(local).or_else(|_| clock::london_instant(local + TimeDelta::hours(1)));
    moved.unwrap_or(at + days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_the_time_of_day_across_a_change_of_the_clocks() {
        let at = |words: &str| words.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(later(at("2026-10-20T22:59:00Z"), TimeDelta::days(10)), at("2026-10-30T23:59:00Z"));
        assert_eq!(later(at("2027-03-27T01:30:00Z"), TimeDelta::days(1)), at("2027-03-28T01:30:00Z"));
    }
}
