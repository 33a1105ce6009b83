//! One decision for staff: as everybody will read it, with the steps from draft to page, and its versions.

use leptos::prelude::*;

use super::parts;
use crate::clock;
use crate::decisions::approve::{StepError, approve, publish, reopen};
use crate::decisions::{Version, store};
use crate::people;
use crate::permissions;
use crate::thread::id::DecisionId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// Every version, newest first.
pub(super) async fn versions_of(req: &Req) -> Result<Vec<Version>, PageError> {
    let mut tx = req.app.db.read().await?;
    let all = store::list_versions(&mut tx, req.id::<DecisionId>("id")?).await?;
    if all.is_empty() { Err(PageError::NotFound) } else { Ok(all) }
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let all = versions_of(req).await?;
    let newest = all.first().ok_or(PageError::NotFound)?.number;
    let wanted = match req.query("version") {
        Some(number) => number.parse().map_err(|_| PageError::NotFound)?,
        None => newest,
    };
    let version = all.iter().find(|one| one.number == wanted).ok_or(PageError::NotFound)?.clone();
    let mut tx = req.app.db.read().await?;
    let sources = parts::sources(&mut tx, &version, req.today()).await?;
    let staff = people::store::list(&mut tx).await?;
    let name = move |id| staff.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let own = version.written_by == req.account()?.id;
    let changes = wanted == newest && permissions::may_post(req.viewer.role(), "/staff/decisions/{id}");
    let public = all.iter().find(|one| one.published_at.is_some()).map(Version::href);
    let refused = form.clone();
    Ok(Page::staff(version.text.title.clone(), move || {
        let (code, word) = version.standing();
        let mut said = format!(
            "Version {}, written by {} on {}",
            version.number,
            name(version.written_by),
            clock::day_and_time(version.written_at)
        );
        if let Some((by, at)) = version.approved {
            said.push_str(&format!("; approved by {} on {}", name(by), clock::day_and_time(at)));
        }
        let public = public.map(|href| view! { <p><a href=href>"The page everybody reads"</a></p> });
        let next = changes.then(|| work(&version, own));
        view! {
            <a class="govuk-back-link" href="/staff/decisions">"Decisions"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{version.text.title.clone()}</h1></div>
            <p>{ui::status(code, word)}</p>
            <p class="ds-meta">{said}</p>
            {public}
            {next}
            {parts::whole(&version, &sources, |one| Some(one.href.clone()))}
            {others(&all, wanted)}
        }
    })
    .with_form(&refused)
    .into())
}

/// The steps that this version can take.
fn work(version: &Version, own: bool) -> AnyView {
    let edit = format!("{}/edit", version.staff_href());
    match (version.published_at.is_some(), version.approved.is_some(), own) {
        (true, _, _) => ui::link_button("Put it right in a new version", edit).into_any(),
        (false, true, _) => view! {
            <form method="post"><div class="govuk-button-group">
                <button type="submit" class="govuk-button" id="step" name=ui::STEP value="publish">"Publish it to everyone"</button>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="reopen">"Make it a draft again"</button>
            </div></form>
        }
        .into_any(),
        (false, false, true) => view! {
            <div class="govuk-inset-text">"You wrote this. Somebody else reads it and approves it."</div>
            {ui::link_button("Change it", edit)}
        }
        .into_any(),
        (false, false, false) => view! {
            <form method="post"><div class="govuk-button-group">
                <button type="submit" class="govuk-button" id="step" name=ui::STEP value="approve">"Approve it"</button>
                <a href=edit>"Change it (then somebody else approves it)"</a>
            </div></form>
        }
        .into_any(),
    }
}

fn others(all: &[Version], shown: i64) -> Option<AnyView> {
    if all.len() < 2 {
        return None;
    }
    let rows = all.iter().filter(|one| one.number != shown).map(|one| {
        let href = format!("{}?version={}", one.staff_href(), one.number);
        view! { <li><a href=href>{format!("Version {}", one.number)}</a>" "{one.standing().1}</li> }
    });
    let rows = rows.collect_view();
    Some(view! { <section class="ds-section"><h2>"Other versions"</h2><ul>{rows}</ul></section> }.into_any())
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let version = versions_of(&req).await?.into_iter().next().ok_or(PageError::NotFound)?;
    let (mut form, by) = (req.form(), req.account()?.id);
    let mut tx = req.app.db.write().await?;
    let (done, action, words) = match form.value("step") {
        "approve" => (
            approve(&req.app, &mut tx, &version, by).await,
            "approved a decision",
            "Approved. It can be published now.",
        ),
        "reopen" => (reopen(&mut tx, &version).await, "reopened a decision", "It is a draft again."),
        "publish" => (
            publish(&req.app, &mut tx, &version, by).await,
            "published a decision",
            "Published. Everyone can read it now.",
        ),
        _ => {
            drop(tx);
            form.error("step", "Choose what to do with one of the buttons");
            return show(&req, form).await;
        }
    };
    let refusal = match done {
        Ok(()) => {
            let object = format!("decision {}", version.decision_id);
            req.audit(&mut tx, action, &object, &format!("Version {}: {}", version.number, version.text.title)).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(version.staff_href()).saying(words));
        }
        Err(StepError::OwnWork) => "You wrote this, so somebody else must read and approve it",
        Err(StepError::NotSo) => "Somebody else has just changed this. See how it stands now",
        Err(StepError::Internal(error)) => return Err(error.into()),
    };
    drop(tx);
    form.error("step", refusal);
    show(&req, form).await
}
