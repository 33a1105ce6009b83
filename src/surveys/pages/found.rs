//! What the resident pages share: finding the survey, what the browser remembers, words on closing.

use std::sync::Arc;

use axum::http::Method;
use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::clock;
use crate::config::Config;
use crate::db::{self, Tx};
use crate::questionnaires::response::Receipt;
use crate::questionnaires::store as responses;
use crate::surveys::draft::{self, Draft, KEPT_FOR, Ticket};
use crate::surveys::spoken::{self, Spoken};
use crate::surveys::store;
use crate::surveys::survey::{Asked, Sending, State, Survey};
use crate::ui;
use crate::web::{PageError, Req, cookie};

/// The survey of the address. A draft is there for nobody.
pub async fn published(req: &Req) -> Result<Arc<Asked>, PageError> {
    let (db, slug) = (&req.app.db, req.param("slug")?);
    let publication = db.publication();
    if let Some(asked) = db.kept(publication, slug) {
        return Ok(asked);
    }
    let asked = store::find_by_slug(&mut db.read().await?, slug).await?;
    let asked = asked.filter(|asked| asked.survey.published_at.is_some()).ok_or(PageError::NotFound)?;
    Ok(db.keep(publication, slug, asked))
}

/// The survey of the address in the language of the address. A language that nobody may choose is not there; but a form
/// from one that was taken back meanwhile is read all the same, so that nothing typed in it is lost.
pub async fn spoken(req: &Req) -> Result<Arc<Spoken>, PageError> {
    let (db, part) = (&req.app.db, req.param("slug")?);
    let publication = db.publication();
    if let Some(found) = db.kept(publication, part) {
        return Ok(found);
    }
    let (slug, code) = spoken::split(part);
    let mut tx = db.read().await?;
    let asked = store::find_by_slug(&mut tx, slug).await?;
    let asked = asked.filter(|asked| asked.survey.published_at.is_some()).ok_or(PageError::NotFound)?;
    if let Some(found) = spoken::load(&mut tx, asked.clone(), code).await? {
        return Ok(db.keep(publication, part, found));
    }
    if req.method != Method::POST {
        return Err(PageError::NotFound);
    }
    Ok(Arc::new(Spoken::english(asked)))
}

/// The survey of the address, what the person's browser remembers of it, and their answers so far.
pub async fn begun(req: &Req) -> Result<(Arc<Spoken>, Ticket, Option<Draft>), PageError> {
    let asked = spoken(req).await?;
    let ticket = ticket(req, &asked.survey);
    let draft = match ticket.draft.as_deref() {
        Some(token) => draft::find(&mut req.app.db.read().await?, &asked, Some(token)).await?,
        None => None,
    };
    Ok((asked, ticket, draft))
}

/// What the person's browser remembers of the survey.
pub fn ticket(req: &Req, survey: &Survey) -> Ticket {
    req.cookie(&cookie_name(survey)).map(Ticket::read).unwrap_or_default()
}

/// Makes the browser remember.
pub fn remember(config: &Config, survey: &Survey, ticket: &Ticket) -> String {
    cookie::set(config, &cookie_name(survey), &ticket.write(), KEPT_FOR)
}

/// The receipt of answers that were sent from the person's browser before.
pub async fn last_receipt(tx: &mut Tx, asked: &Asked, ticket: &Ticket) -> Result<Option<Receipt>, db::Error> {
    match ticket.sent.as_deref() {
        Some(reference) => responses::find_by_reference(tx, asked.version.id, reference).await,
        None => Ok(None),
    }
}

fn cookie_name(survey: &Survey) -> String {
    format!("survey-{}", survey.id)
}

/// "About 5 minutes".
pub fn minutes(survey: &Survey) -> String {
    match survey.minutes {
        1 => "About 1 minute".to_owned(),
        minutes => format!("About {minutes} minutes"),
    }
}

/// "11:59pm on 30 November 2026", UK time.
pub fn moment(at: DateTime<Utc>) -> String {
    format!("{} (UK time)", clock::time_on_day(at))
}

/// What a person reads on a page of a survey that has closed since they began.
pub fn closing_notice(survey: &Survey, opened: DateTime<Utc>, now: DateTime<Utc>) -> Option<String> {
    if survey.sending(opened, now) != Sending::InGrace {
        return None;
    }
    Some(format!(
        "This survey closed at {}. You began before then, so you can still send your answers until {}.",
        moment(survey.closes_at),
        moment(survey.last_sending()),
    ))
}

/// A notice as it is drawn.
pub fn inset(words: Option<String>) -> Option<AnyView> {
    words.map(|words| view! { <div class="govuk-inset-text">{ui::say(words)}</div> }.into_any())
}

/// What is wrong when answers come too late, or before the survey opens.
pub fn too_late(survey: &Survey, now: DateTime<Utc>) -> String {
    if survey.state(now) == State::Waiting {
        return format!(
            "This survey does not open until {}. Your answers are still on this page",
            moment(survey.opens_at)
        );
    }
    format!(
        "This survey closed at {}, so your answers cannot be taken any more. They are still on this page for you to keep",
        moment(survey.closes_at),
    )
}
