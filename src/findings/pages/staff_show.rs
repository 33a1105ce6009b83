//! One entry for staff: as residents will read it, with publishing by a second person and taking it back.

use leptos::prelude::*;

use super::parts;
use crate::findings::publish::{PublishError, publish, take_back};
use crate::findings::{Finding, around, store};
use crate::people;
use crate::permissions;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn find(req: &Req) -> Result<Finding, PageError> {
    let mut tx = req.app.db.read().await?;
    store::find(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let finding = find(req).await?;
    let mut tx = req.app.db.read().await?;
    let around = around::read(&mut tx, finding.id, req.now()).await?;
    let writer =
        people::store::find(&mut tx, finding.written_by).await?.map(|account| account.name).unwrap_or_default();
    let (own, role) = (finding.written_by == req.account()?.id, req.viewer.role());
    let changes = permissions::may_post(role, "/staff/what-changed/{id}");
    let refused = form.clone();
    Ok(Page::staff(finding.title.clone(), move || {
        let here = format!("/staff/what-changed/{}", finding.id);
        let published = finding.published_at.is_some();
        let work = match (changes, published, own) {
            (false, _, _) => ().into_any(),
            (true, true, _) => view! {
                <p><a href=finding.href()>"The page residents see"</a></p>
                <form method="post" action=here.clone()><button type="submit" class="govuk-button govuk-button--secondary" id="step" name=ui::STEP value="take-back">"Take it back to change it"</button></form>
            }
            .into_any(),
            (true, false, true) => view! {
                <div class="govuk-inset-text">"You wrote this. Somebody else reads it and publishes it."</div>
                {ui::link_button("Change it", format!("{here}/edit"))}
            }
            .into_any(),
            (true, false, false) => view! {
                <form method="post" action=here.clone()><div class="govuk-button-group">
                    <button type="submit" class="govuk-button" id="step" name=ui::STEP value="publish">"Publish it to everyone"</button>
                    <a href=format!("{here}/edit")>"Change it (then somebody else publishes it)"</a>
                </div></form>
            }
            .into_any(),
        };
        view! {
            <a class="govuk-back-link" href="/staff/what-changed">"What changed because of residents"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{if published { "Published" } else { "Draft" }}</span>{finding.title.clone()}</h1></div>
            <p class="ds-meta">"Last written by "{writer}</p>
            {work}
            {parts::entry(&finding, &around)}
        }
    })
    .with_form(&refused)
    .into())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let finding = find(&req).await?;
    let (mut form, by) = (req.form(), req.account()?.id);
    let here = format!("/staff/what-changed/{}", finding.id);
    let mut tx = req.app.db.write().await?;
    let (done, action, words) = match form.value("step") {
        "publish" => (
            publish(&req.app, &mut tx, finding.id, by).await,
            "published what changed",
            "Published. Everyone can read it now.",
        ),
        "take-back" => {
            (take_back(&mut tx, finding.id).await, "took back what changed", "Taken back. It is a draft again.")
        }
        _ => {
            drop(tx);
            form.error("step", "Choose what to do with one of the buttons");
            return show(&req, form).await;
        }
    };
    let refusal = match done {
        Ok(()) => {
            req.audit(&mut tx, action, &format!("finding {}", finding.id), &finding.title).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(here).saying(words));
        }
        Err(PublishError::OwnWork) => "You wrote this, so somebody else must read and publish it",
        Err(PublishError::NotSo) => "Somebody else has just changed this. See how it stands now",
        Err(PublishError::Internal(error)) => return Err(error.into()),
    };
    drop(tx);
    form.error("step", refusal);
    show(&req, form).await
}
