//! The receipt: a reference, and what happens next.

use leptos::prelude::*;

use crate::clock;
use crate::questionnaires::store as responses;
use crate::surveys::pages::found;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// `/surveys/{slug}/thanks`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = found::published(&req).await?;
    let reference = req.query("reference").ok_or(PageError::NotFound)?;
    let mut tx = req.app.db.read().await?;
    let receipt = responses::find_by_reference(&mut tx, asked.version.id, reference).await?;
    let receipt = receipt.ok_or(PageError::NotFound)?;
    Ok(Page::new("Thank you", move || {
        let received = format!("We received your answers on {}.", clock::day(receipt.received_on));
        view! {
            <div class="govuk-panel govuk-panel--confirmation">
                <h1 class="govuk-panel__title">"Thank you"</h1>
                <div class="govuk-panel__body">"Your reference "<strong class="ds-reference">{receipt.reference}</strong></div>
            </div>
            <p>{received}" Keep the reference if you may want to ask us about them: it is the only way for us to find them, as they do not carry your name."</p>
            <section class="ds-section">
                <h2>"What happens next"</h2>
                {ui::paragraphs(&asked.survey.next_steps)}
            </section>
            <p><a class="govuk-link" href="/surveys">"See other surveys"</a></p>
        }
    })
    .into())
}
