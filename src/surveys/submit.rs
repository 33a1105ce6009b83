//! Keeping a person's answers: once, whole, and acknowledged only when they are on disk.

use chrono::{DateTime, NaiveDate, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::questionnaires::answer::Answers;
use crate::questionnaires::code_book;
use crate::questionnaires::response::{Channel, NewResponse, Receipt};
use crate::questionnaires::sealed::kept;
use crate::questionnaires::store as responses;
use crate::random::{Random, sha256};
use crate::surveys::draft::Ticket;
use crate::surveys::photos::hand_over;
use crate::surveys::survey::{Access, Asked, Sending};
use crate::surveys::{jobs, links, store};

/// Answers about to be sent.
#[derive(Clone, Copy)]
pub struct Submission<'a> {
    /// The survey and the questions that were answered.
    pub asked: &'a Asked,
    /// The answers.
    pub answers: &'a Answers,
    /// The key that the form carried.
    pub submission_key: &'a str,
    /// When the form was opened.
    pub opened_at: DateTime<Utc>,
    /// What the person's browser remembers.
    pub ticket: &'a Ticket,
}

/// Answers that may be kept, however they came.
#[derive(Clone, Copy)]
pub struct Arrived<'a> {
    /// The survey and the questions that were answered.
    pub asked: &'a Asked,
    /// The answers.
    pub answers: &'a Answers,
    /// The key that the form carried: a second sending is known by it.
    pub submission_key: &'a str,
    /// How they came.
    pub channel: Channel,
    /// The day in London.
    pub received_on: NaiveDate,
}

/// Why answers were not kept.
#[derive(Debug)]
pub enum Refused {
    /// A form with this key was kept before: look for its receipt. The transaction must be dropped.
    SentBefore,
    /// The survey is over for this form.
    Closed,
    /// The survey is by invitation and the person has no personal link.
    LinkNeeded,
    /// The personal link was used before, or is not of this survey.
    LinkSpent,
    /// A photo among the answers is not there any more.
    PhotoGone,
    /// Staff changed the questions before this first answer arrived.
    Changed,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Keeps the answers in one transaction with everything that follows from them: the link is spent, the
/// draft is gone, results will be counted anew.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn submit(
    tx: &mut Tx,
    random: &Random,
    submission: &Submission<'_>,
    now: DateTime<Utc>,
) -> Result<Receipt, Refused> {
    let survey = &submission.asked.survey;
    // Whatever stands in published results could be told apart from one answer more.
    if survey.results_published_at.is_some() || survey.sending(submission.opened_at, now) == Sending::TooLate {
        return Err(Refused::Closed);
    }
    let invitation = submission.ticket.invitation.as_deref();
    if survey.access == Access::Personal && invitation.is_none() {
        return Err(Refused::LinkNeeded);
    }
    let draft = submission.ticket.draft.as_deref().map(sha256);
    if !hand_over::hand_over(tx, submission.asked, submission.answers, draft.as_deref()).await? {
        return Err(Refused::PhotoGone);
    }
    if let Some(draft) = &draft {
        store::delete_draft(tx, draft).await?;
    }
    let arrived = Arrived {
        asked: submission.asked,
        answers: submission.answers,
        submission_key: submission.submission_key,
        channel: invitation.map_or(Channel::OpenLink, |_| Channel::PersonalLink),
        received_on: clock::london_day(now),
    };
    let receipt = keep(tx, random, &arrived, now).await?;
    // After the insertion, so that sending the same form again is told apart from using a link twice.
    if let Some(token) = invitation
        && !links::spend(tx, survey.id, &sha256(token), receipt.received_on).await?
    {
        return Err(Refused::LinkSpent);
    }
    Ok(receipt)
}

/// The one way in for answers, whoever typed them: the questions lock, the results will be counted anew, and a form
/// that was kept before is known by its key. Whether the survey takes them is for the caller to say.
pub(super) async fn keep(
    tx: &mut Tx,
    random: &Random,
    arrived: &Arrived<'_>,
    now: DateTime<Utc>,
) -> Result<Receipt, Refused> {
    let version = &arrived.asked.version;
    if !responses::lock(tx, version, now).await? {
        return Err(Refused::Changed);
    }
    jobs::counts_changed(tx, version.id, now).await?;
    let coded = code_book::encode(&version.questionnaire, arrived.answers);
    let digest = kept::digest(tx.keyring(), &coded, arrived.submission_key)?;
    let receipt = Receipt { reference: random.reference(), digest, received_on: arrived.received_on };
    // Last of all, so that the lock on the tally is held for little but the commit.
    let kept = responses::insert_response(
        tx,
        random,
        &NewResponse {
            version_id: version.id,
            coded: &coded,
            channel: arrived.channel,
            received_on: receipt.received_on,
            reference: &receipt.reference,
            submission_key: arrived.submission_key,
            digest: &receipt.digest,
        },
    )
    .await?;
    if kept { Ok(receipt) } else { Err(Refused::SentBefore) }
}

#[cfg(test)]
#[path = "submit_tests.rs"]
pub mod tests;
