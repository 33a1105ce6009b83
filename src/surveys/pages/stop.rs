//! Asking to hear no more about a survey, by the link of an e-mail. Opening the page changes nothing.

use leptos::prelude::*;

use crate::random::sha256;
use crate::surveys::sample::store::keys;
use crate::surveys::store;
use crate::surveys::survey::Survey;
use crate::surveys::{links, seal};
use crate::web::{Page, PageError, Reply, Req};

async fn found(req: &Req) -> Result<(Survey, String), PageError> {
    let token = req.param("token")?;
    if !seal::is_token(token) {
        return Err(PageError::NotFound);
    }
    let hash = sha256(token);
    let mut tx = req.app.db.read().await?;
    let (id, _) = links::find(&mut tx, &hash).await?.ok_or(PageError::NotFound)?;
    let asked = store::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    Ok((asked.survey, hash))
}

/// `/s/{token}/stop`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (survey, _) = found(&req).await?;
    let back = format!("/s/{}", req.param("token")?);
    Ok(Page::new("Hear no more about this survey", move || {
        view! {
            <div class="ds-heading"><h1><span class="ds-heading__caption">{survey.title.clone()}</span>" Hear no more about this survey"</h1></div>
            <p>"We send no reminder about it to your home and do not ring you about it. You can still answer with the link you have."</p>
            <form method="post">
                <button type="submit" class="govuk-button">"Send us no more about it"</button>
            </form>
            <p><a class="govuk-link" href=back>"I would like to answer"</a></p>
        }
    })
    .into())
}

/// Notes it.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (survey, hash) = found(&req).await?;
    let mut tx = req.app.db.write().await?;
    keys::stop(&mut tx, &hash).await?;
    tx.commit().await?;
    Ok(Reply::redirect(survey.path()).saying("We send you no more about this survey"))
}
