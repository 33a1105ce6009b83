//! Sending answers from a page: keep them, or find out that they were kept before.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::db;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::code_book;
use crate::questionnaires::response::Receipt;
use crate::questionnaires::sealed::kept;
use crate::questionnaires::store as responses;
use crate::surveys::draft::Ticket;
use crate::surveys::pages::found;
use crate::surveys::photos::hand_over;
use crate::surveys::spoken::Spoken;
use crate::surveys::submit::{Refused, Submission, submit};
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// What became of a sending.
pub enum Sent {
    /// The answers are kept, now or by an earlier sending of the same form.
    Kept(Receipt),
    /// The same form was sent before with other answers.
    Differs,
    /// The answers were not kept, for a reason the person can act on.
    Refused(Refused),
}

/// Keeps the answers. A form that was sent before gets the receipt it got then, even after closing.
pub async fn send(req: &Req, submission: &Submission<'_>) -> Result<Sent, PageError> {
    if !hand_over::are_there(&req.app, submission.asked, submission.answers).await {
        return Ok(Sent::Refused(Refused::PhotoGone));
    }
    let mut tx = req.app.db.write().await?;
    match submit(&mut tx, &req.app.random, submission, req.now()).await {
        Ok(receipt) => {
            tx.commit().await?;
            Ok(Sent::Kept(receipt))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            let before = sent_before(req, submission.asked, submission.answers, submission.submission_key).await?;
            Ok(before.unwrap_or(Sent::Refused(refused)))
        }
    }
}

/// What an earlier sending of the same form came to; none when there was none.
pub async fn sent_before(req: &Req, asked: &Asked, answers: &Answers, key: &str) -> Result<Option<Sent>, PageError> {
    let coded = code_book::encode(&asked.version.questionnaire, answers);
    let is_same = |kept: &Receipt| kept::is_digest(req.app.db.keyring(), &kept.digest, &coded, key);
    found_before(req, asked, key, is_same).await
}

/// What the sending came to of a form that was kept under this key; `is_same` tells whether it was the same then.
pub async fn found_before(
    req: &Req,
    asked: &Asked,
    key: &str,
    is_same: impl FnOnce(&Receipt) -> Result<bool, db::Error>,
) -> Result<Option<Sent>, PageError> {
    let receipt = responses::find_receipt(&mut req.app.db.read().await?, asked.version.id, key).await?;
    let Some(receipt) = receipt else { return Ok(None) };
    Ok(Some(if is_same(&receipt)? { Sent::Kept(receipt) } else { Sent::Differs }))
}

/// The way to the receipt, which is all that the browser goes on remembering.
pub fn thank(req: &Req, asked: &Asked, receipt: &Receipt) -> Reply {
    let ticket = Ticket::of_sent(&receipt.reference);
    Reply::redirect(receipt_path(asked, receipt)).with_cookie(found::remember(&req.app.config, &asked.survey, &ticket))
}

/// The address of a receipt.
pub fn receipt_path(asked: &Asked, receipt: &Receipt) -> String {
    format!("{}/thanks?reference={}", asked.survey.path(), receipt.reference)
}

/// The page for a form that was sent before with other answers (409).
pub fn differs(asked: &Spoken) -> Page {
    let path = asked.survey.path();
    let page = Page::new(asked.tongue.say("These answers were sent before").words, move || {
        view! {
            <h1 class="govuk-heading-l">{ui::say("These answers were sent before")}</h1>
            <p>{ui::say("You sent this form a moment ago, and those answers are kept. What you changed since then has not been sent, so that nobody is counted twice.")}</p>
            <p>{ui::say("If you want to change what you told us, please contact us with the reference from your receipt.")}</p>
            <p><a class="govuk-link" href=path>{ui::say("Back to the survey")}</a></p>
        }
    });
    page.in_tongue(&asked.tongue).with_status(StatusCode::CONFLICT)
}

/// What to tell a person whose answers were not kept.
pub fn in_words(refused: &Refused, asked: &Asked, now: DateTime<Utc>) -> String {
    match refused {
        Refused::Closed => found::too_late(&asked.survey, now),
        Refused::LinkNeeded => {
            "This survey is for people who were sent a personal link. Open the link in your e-mail, then send your answers from there".to_owned()
        }
        Refused::LinkSpent => {
            "Answers were sent with your personal link before. Each link counts once, so these were not added".to_owned()
        }
        Refused::PhotoGone => {
            "The photo you added is not here any more. Choose “Change” beside it, then add it again or take it away".to_owned()
        }
        Refused::Changed => {
            "The questions were changed while you were answering. Look at your answers again, then send them".to_owned()
        }
        Refused::SentBefore | Refused::Internal(_) => "Your answers were not kept. Please send them again".to_owned(),
    }
}
