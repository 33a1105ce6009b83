//! The receipt: a reference, and what happens next.

use leptos::prelude::*;

use crate::clock;
use crate::questionnaires::store as responses;
use crate::surveys::pages::found;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// `/surveys/{slug}/thanks`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = found::spoken(&req).await?;
    let reference = req.query("reference").ok_or(PageError::NotFound)?;
    let mut tx = req.app.db.read().await?;
    let receipt = responses::find_by_reference(&mut tx, asked.version.id, reference).await?;
    let receipt = receipt.ok_or(PageError::NotFound)?;
    let tongue = asked.tongue.clone();
    let page = Page::new(tongue.say("Thank you").words, move || {
        let received = format!("We received your answers on {}.", clock::day(receipt.received_on));
        view! {
            <div class="govuk-panel govuk-panel--confirmation">
                <h1 class="govuk-panel__title">{ui::say("Thank you")}</h1>
                <div class="govuk-panel__body">{ui::say("Your reference")}" "<strong class="ds-reference">{receipt.reference}</strong></div>
            </div>
            <p>{ui::say(received)}" "{ui::say("Keep the reference if you may want to ask us about them: it is the only way for us to find them, as they do not carry your name.")}</p>
            <section class="ds-section">
                <h2>{ui::say("What happens next")}</h2>
                {ui::paragraphs(&asked.survey.next_steps)}
            </section>
            <p><a class="govuk-link" href="/surveys">{ui::say("See other surveys")}</a></p>
        }
    });
    Ok(page.in_tongue(&tongue).into())
}
