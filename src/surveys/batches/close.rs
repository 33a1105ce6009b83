//! Closing a batch: its forms become responses, all of them or none.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::questionnaires::response::Channel;
use crate::random::Random;
use crate::surveys::batches::batch::{Form, Stage};
use crate::surveys::batches::store;
use crate::surveys::submit::{self, Arrived};
use crate::surveys::survey::Asked;

/// Why a batch stays open.
#[derive(Debug)]
pub enum Refused {
    /// It waits for something yet, or was closed before.
    NotReady,
    /// The results of the survey are published.
    ResultsPublished,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Closes a batch and says how many answers it added, which are none for a form on which nothing is written. The day was looked at when the batch was made, so that a survey
/// closed early since then leaves no form behind.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn close(
    tx: &mut Tx,
    random: &Random,
    asked: &Asked,
    batch_id: i64,
    now: DateTime<Utc>,
) -> Result<usize, Refused> {
    if !crate::surveys::store::hold_for_entry(tx, asked.survey.id).await? {
        return Err(Refused::ResultsPublished);
    }
    if !store::hold(tx, batch_id).await? {
        return Err(Refused::NotReady);
    }
    let standing = store::find(tx, asked, batch_id).await?.ok_or(Refused::NotReady)?;
    let questionnaire = &asked.version.questionnaire;
    if standing.stage(questionnaire) != Stage::Ready {
        return Err(Refused::NotReady);
    }
    if !store::close(tx, batch_id, now, standing.errors(questionnaire), standing.blank()).await? {
        return Err(Refused::NotReady);
    }
    let forms = shuffled(random, standing.that_count());
    for form in &forms {
        let arrived = Arrived {
            asked,
            answers: &form.answers,
            submission_key: &form.submission_key,
            channel: Channel::Post,
            received_on: standing.batch.received_on,
        };
        match submit::keep(tx, random, &arrived, now).await {
            Ok(_) => {}
            Err(submit::Refused::Internal(error)) => return Err(error.into()),
            Err(_) => return Err(Refused::NotReady),
        }
    }
    Ok(forms.len())
}

/// In random order (Fisher and Yates), so that a response's number says nothing of the number on the paper.
fn shuffled<'a>(random: &Random, mut forms: Vec<&'a Form>) -> Vec<&'a Form> {
    for at in (1..forms.len()).rev() {
        let other = random.below(at as u64 + 1);
        forms.swap(at, usize::try_from(other).unwrap_or(at));
    }
    forms
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
