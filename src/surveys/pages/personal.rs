//! A personal link. Looking at it never spends it, because mail programs look at links before people do.

use std::sync::Arc;

use axum::http::StatusCode;
use leptos::prelude::*;

use crate::random::sha256;
use crate::shell;
use crate::surveys::draft::{self, Ticket};
use crate::surveys::links;
use crate::surveys::pages::{found, start};
use crate::surveys::seal;
use crate::surveys::spoken::{self, Spoken};
use crate::surveys::store;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// `/s/{token}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, token) = match invited(&req).await? {
        Link::Good(asked, token) => (asked, token),
        Link::Spent(asked) => return Ok(spent(&req, &asked)),
    };
    let ticket = found::ticket(&req, &asked.survey);
    let mut tx = req.app.db.read().await?;
    let draft = draft::find(&mut tx, &asked, ticket.draft.as_deref()).await?;
    let sent = found::last_receipt(&mut tx, &asked, &ticket).await?;
    let action = spoken::path_in(
        &format!("/s/{token}"),
        Some(asked.tongue.language()).filter(|_| !asked.tongue.is_plain_english()),
    );
    Ok(start::page(&req, Arc::new(asked), (draft.as_ref(), sent), true, action).into())
}

/// Begins with the link in the browser's memory: it is spent when the answers are sent.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (asked, token) = match invited(&req).await? {
        Link::Good(asked, token) => (asked, token),
        Link::Spent(asked) => return Ok(spent(&req, &asked)),
    };
    let ticket = Ticket { invitation: Some(token), ..found::ticket(&req, &asked.survey) };
    start::begin(&req, &asked, ticket).await
}

/// What a personal link leads to.
enum Link {
    /// A survey to be answered with it, and its token.
    Good(Spoken, String),
    /// A survey that was answered with it.
    Spent(Spoken),
}

/// The survey of the link in the language of the address, if the link is whole and ours.
async fn invited(req: &Req) -> Result<Link, PageError> {
    let (token, code) = spoken::split(req.param("token")?);
    if !seal::is_token(token) {
        return Err(PageError::NotFound);
    }
    let mut tx = req.app.db.read().await?;
    let found = links::find(&mut tx, &sha256(token)).await?;
    let (id, is_spent) = found.ok_or(PageError::NotFound)?;
    let asked = store::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let asked = spoken::load(&mut tx, asked, code).await?.ok_or(PageError::NotFound)?;
    Ok(if is_spent { Link::Spent(asked) } else { Link::Good(asked, token.to_owned()) })
}

/// The page of a link that was used (410).
fn spent(req: &Req, asked: &Spoken) -> Reply {
    let phone = req.landlord.phone.clone();
    let page = Page::new(asked.tongue.say("This has ended").words, move || {
        let phone = (!phone.is_empty()).then(|| view! { <p>{shell::phone(&phone)}</p> });
        view! {
            <h1 class="govuk-heading-l">{ui::say("This has ended")}</h1>
            <p>{ui::say("This personal link has been used: answers were sent with it. Thank you. Each link counts once.")}</p>
            {phone}
            <p><a class="govuk-link" href="/">{ui::say("Go to the home page")}</a></p>
        }
    });
    page.in_tongue(&asked.tongue).with_status(StatusCode::GONE).into()
}
