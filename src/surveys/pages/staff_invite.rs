//! Sending personal links to a pasted list of addresses.

use leptos::prelude::*;

use crate::surveys::invite::{self, MOST_AT_ONCE, Refused, Sender};
use crate::surveys::pages::staff_details;
use crate::surveys::sample;
use crate::surveys::spoken;
use crate::surveys::store;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// `/staff/surveys/{id}/invite`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    page(&req, asked, Form::default()).await
}

/// Sends a link to each address that has none yet.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let addresses = match invite::addresses_in(form.value("addresses")) {
        Ok(addresses) if addresses.is_empty() => {
            form.error("addresses", "Paste at least one e-mail address");
            Vec::new()
        }
        Ok(addresses) if addresses.len() > MOST_AT_ONCE => {
            form.error("addresses", format!("Paste at most {MOST_AT_ONCE} addresses at a time"));
            Vec::new()
        }
        Ok(addresses) => addresses,
        Err(word) => {
            form.error("addresses", format!("“{word}” is not an e-mail address. Mend it or take it out"));
            Vec::new()
        }
    };
    if !form.is_valid() {
        return page(&req, asked, form).await;
    }
    let id = asked.survey.id;
    let mut tx = req.app.db.write().await?;
    let offered = spoken::load(&mut tx, asked.clone(), None).await?.map(|spoken| spoken.offered).unwrap_or_default();
    let sender = Sender { landlord: &req.landlord.name, base_url: &req.app.config.base_url, languages: &offered };
    let outcome = invite::invite(&mut tx, &req.app.random, &asked.survey, sender, &addresses, req.now()).await;
    match outcome {
        Ok(sent) => {
            let detail = format!("{} sent, {} had one", sent.sent, sent.known);
            req.audit(&mut tx, "sent invitations", &format!("survey/{id}"), &detail).await?;
            tx.commit().await?;
            let links = ui::counted(sent.sent, "personal link is on its way", "personal links are on their way");
            let known = ui::counted(sent.known, "person had", "people had");
            let done = match (sent.sent, sent.known) {
                (_, 0) => links,
                (0, _) => format!("No link was sent: {known} one already"),
                _ => format!("{links}. {known} one already"),
            };
            Ok(Reply::redirect(format!("/staff/surveys/{id}")).saying(done))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(Refused::HasSample) => {
            drop(tx);
            form.error(
                "addresses",
                "This survey has a sample. Ask its homes from the page of the sample, so that none counts twice",
            );
            page(&req, asked, form).await
        }
        Err(Refused::NotOpen) => {
            form.error("addresses", "Publish the survey before you send links to it. A closed survey takes none");
            page(&req, asked, form).await
        }
    }
}

async fn page(req: &Req, asked: Asked, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (sent, used) = store::count_invitations(&mut tx, asked.survey.id).await?;
    // Where addresses were typed they stay, with what stands against them.
    let has_sample = form.is_valid() && sample::exists(&mut tx, asked.survey.id).await?;
    let error_form = form.clone();
    let page = Page::staff("Send personal links", move || {
        let so_far = format!(
            "{} sent so far, {used} used.",
            if sent == 1 { "1 link".to_owned() } else { format!("{sent} links") }
        );
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}", asked.survey.id)>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Send personal links"</h1>
                <p class="ds-lead">"Each person gets an e-mail with a link of their own that works once."</p>
            </div>
            <p>"We keep who was sent a link and whether it was used, so that each person answers once. Their answers are kept apart from that: nobody, staff included, can see who said what."</p>
            <p class="ds-meta">{so_far}</p>
            {has_sample.then(|| view! { <div class="govuk-inset-text">"This survey has a sample, whose homes are asked from "<a href=format!("/staff/surveys/{}/sample", asked.survey.id)>"the page of the sample"</a>", so that none counts twice."</div> })}
            {(!has_sample).then(|| addresses(&form))}
        }
    });
    Ok(page.with_form(&error_form).into())
}

fn addresses(form: &Form) -> AnyView {
    view! {
        <form method="post" novalidate>
            {ui::textarea(form, "addresses", "E-mail addresses").hint("Paste them one on each line, or with commas between. Somebody who has a link already is left alone. The e-mail is in English, with a link to each language of the survey.").rows(10).view()}
            {ui::button("Send the links")}
        </form>
    }
    .into_any()
}
