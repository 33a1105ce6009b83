//! A personal link. Looking at it never spends it, because mail programs look at links before people do.

use crate::random::sha256;
use crate::surveys::draft::{self, Ticket};
use crate::surveys::links;
use crate::surveys::pages::{found, start};
use crate::surveys::seal;
use crate::surveys::store;
use crate::surveys::survey::Asked;
use crate::web::{PageError, Reply, Req};

/// `/s/{token}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, token) = invited(&req).await?;
    let ticket = found::ticket(&req, &asked.survey);
    let mut tx = req.app.db.read().await?;
    let draft = draft::find(&mut tx, asked.survey.id, ticket.draft.as_deref()).await?;
    let sent = found::last_receipt(&mut tx, &asked, &ticket).await?;
    Ok(start::page(&req, asked.into(), (draft.as_ref(), sent), true, format!("/s/{token}")).into())
}

/// Begins with the link in the browser's memory: it is spent when the answers are sent.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (asked, token) = invited(&req).await?;
    let ticket = Ticket { invitation: Some(token), ..found::ticket(&req, &asked.survey) };
    start::begin(&req, &asked, ticket).await
}

/// The survey of the link, if the link is whole, ours and unspent.
async fn invited(req: &Req) -> Result<(Asked, String), PageError> {
    let token = req.param("token")?;
    if !seal::is_token(token) {
        return Err(PageError::NotFound);
    }
    let mut tx = req.app.db.read().await?;
    let found = links::find(&mut tx, &sha256(token)).await?;
    let (id, is_spent) = found.ok_or(PageError::NotFound)?;
    if is_spent {
        let words = "This personal link has been used: answers were sent with it. Thank you. Each link counts once.";
        return Err(PageError::Gone(words.to_owned()));
    }
    let asked = store::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    Ok((asked, token.to_owned()))
}
