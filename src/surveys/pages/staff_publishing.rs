//! From counted answers to public results: one person freezes them, another reads exactly what will be public and approves
//! it or sends it back.

use leptos::prelude::*;

use crate::clock;
use crate::people;
use crate::permissions;
use crate::surveys::approve;
use crate::surveys::pages::{public_results, staff_details, versions};
use crate::surveys::publish::Refused;
use crate::surveys::snapshot::Snapshot;
use crate::surveys::store::snapshots::{self, Listed, Returned};
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The longest reason, in characters.
const LONGEST: usize = 500;

/// `/staff/surveys/{id}/publishing`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

/// Freezes the results for another person to approve.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let reason = form.text("reason", "The reason", LONGEST);
    if !form.is_valid() {
        return show(&req, form).await;
    }
    let mut tx = req.app.db.write().await?;
    match approve::prepare(&mut tx, &asked, &req.landlord, req.account()?, &reason, req.now()).await {
        Ok(()) => {
            req.audit(&mut tx, "prepared results", &format!("survey/{}", asked.survey.id), &reason).await?;
            tx.commit().await?;
            let done = "The results are prepared. They become public when another person has approved them";
            Ok(Reply::redirect(at(&asked)).saying(done))
        }
        Err(refused) => {
            drop(tx);
            let field = if matches!(refused, Refused::NoReason) { "reason" } else { "prepare" };
            refuse(&req, form, field, &refused).await
        }
    }
}

/// Approves the results that wait, or sends them back with what is wrong.
pub async fn post_approve(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let object = format!("survey/{}", asked.survey.id);
    if form.value("step") == "back" {
        let wrong = form.required("wrong", "What is wrong", LONGEST, "Say what is wrong, so that it can be put right");
        if !form.is_valid() {
            return show(&req, form).await;
        }
        let mut tx = req.app.db.write().await?;
        return match approve::send_back(&mut tx, &asked, &wrong, req.now()).await {
            Ok(()) => {
                req.audit(&mut tx, "sent results back", &object, &wrong).await?;
                tx.commit().await?;
                Ok(Reply::redirect(at(&asked)).saying("The results were sent back. Nothing became public"))
            }
            Err(refused) => {
                drop(tx);
                refuse(&req, form, "wrong", &refused).await
            }
        };
    }
    let mut tx = req.app.db.write().await?;
    match approve::approve(&mut tx, &asked, req.account()?, req.now()).await {
        Ok(approved) => {
            req.audit(&mut tx, "published results", &object, &format!("version {}", approved.number)).await?;
            tx.commit().await?;
            Ok(Reply::redirect(at(&asked)).saying("The results are published"))
        }
        Err(refused) => {
            drop(tx);
            refuse(&req, form, "approve", &refused).await
        }
    }
}

async fn refuse(req: &Req, mut form: Form, field: &str, why: &Refused) -> Result<Reply, PageError> {
    let Some(words) = why.in_words() else { return Err(PageError::Internal(format!("{why:?}"))) };
    form.error(field, words);
    show(req, form).await
}

fn at(asked: &Asked) -> String {
    format!("/staff/surveys/{}/publishing", asked.survey.id)
}

/// What may be done, and by whom.
struct May {
    prepare: bool,
    approve: bool,
    /// The viewer prepared what waits.
    is_own: bool,
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let waiting = snapshots::find_waiting(&mut tx, asked.survey.id).await?;
    let all = snapshots::list_public(&mut tx, asked.survey.id).await?;
    let returned = snapshots::find_returned(&mut tx, asked.survey.id).await?;
    let by = match waiting.as_ref().and_then(|waiting| waiting.prepared_by) {
        Some(id) => people::store::find(&mut tx, id).await?.map(|account| account.name),
        None => None,
    };
    let (role, viewer) = (req.viewer.role(), req.account()?.id);
    let may = May {
        prepare: permissions::may_post(role, "/staff/surveys/{id}/publishing") && asked.survey.is_settled(req.now()),
        approve: permissions::may_post(role, "/staff/surveys/{id}/publishing/approve"),
        is_own: waiting.as_ref().is_some_and(|waiting| waiting.prepared_by == Some(viewer)),
    };
    let settled = asked.survey.is_settled(req.now());
    let refused = form.clone();
    Ok(Page::staff(format!("Publish the results: {}", asked.survey.title), move || {
        let back = format!("/staff/surveys/{}", asked.survey.id);
        let path = asked.survey.path();
        let stands = match (&waiting, all.first(), settled) {
            (Some(_), ..) => "Results wait for approval.".to_owned(),
            (None, Some(newest), _) => format!(
                "Version {} is public since {}.",
                newest.number,
                clock::day(clock::london_day(newest.approved_at))
            ),
            (None, None, true) => "Nothing is public yet.".to_owned(),
            (None, None, false) => {
                "Answers can still arrive until half an hour after closing. After that the results can be prepared.".to_owned()
            }
        };
        let public = (!all.is_empty()).then(|| view! { <a href=format!("{path}/results")>"The public page of results"</a> });
        let versions = (!all.is_empty()).then(|| {
            view! { <section class="ds-section"><h2>"What is public"</h2>{versions::list(&all, &path)}</section> }
        });
        view! {
            <a class="govuk-back-link" href=back>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Publish the results"</h1>
                <p class="ds-lead">{stands}</p>
            </div>
            <p>"One person prepares the results, which freezes them. Another approves what was frozen. Only then are they public, and they do not change after it."</p>
            <div class="ds-toolbar">{public}</div>
            {returned.map(|returned| sent_back(&returned))}
            {waiting.as_ref().map(|waiting| decide(waiting, &asked, by.as_deref(), &may, &form))}
            {may.prepare.then(|| prepare(&asked, &all, waiting.is_some(), &form))}
            {versions}
            {waiting.as_ref().map(|waiting| preview(waiting, &path))}
        }
    })
    .with_form(&refused)
    .into())
}

fn sent_back(returned: &Returned) -> AnyView {
    let on = clock::day(clock::london_day(returned.returned_at));
    view! {
        <div class="govuk-inset-text">
            <p>{format!("Prepared results were sent back on {on}:")}</p>
            {ui::paragraphs(&returned.returned_reason)}
        </div>
    }
    .into_any()
}

/// The form that freezes the results; a correction asks why.
fn prepare(asked: &Asked, all: &[Listed], waits: bool, form: &Form) -> AnyView {
    let corrects = !all.is_empty();
    let reason = corrects.then(|| {
        ui::textarea(form, "reason", "Why are the results corrected?")
            .hint("Everybody can read this beside the new version. The earlier version stays listed.")
            .rows(3)
            .limit(LONGEST)
            .view()
    });
    let label = match (waits, corrects) {
        (true, _) => "Prepare them anew",
        (false, true) => "Prepare a correction",
        (false, false) => "Prepare the results",
    };
    let words = if waits {
        "This replaces the results that wait."
    } else {
        "They are frozen as they stand now, with the smallest numbers that your settings allow. You cannot approve what you prepare."
    };
    view! {
        <section class="ds-section" id="prepare" tabindex="-1">
            <h2>{label}</h2>
            <p>{words}</p>
            <form method="post" action=at(asked) novalidate>
                {reason}
                {if waits { ui::quiet_button(label) } else { ui::button(label) }}
            </form>
        </section>
    }
    .into_any()
}

/// What waits, and the two ways to decide for somebody who may.
fn decide(waiting: &Snapshot, asked: &Asked, by: Option<&str>, may: &May, form: &Form) -> AnyView {
    let on = clock::day(clock::london_day(waiting.prepared_at));
    let who = by.unwrap_or("Somebody");
    let said = format!("{who} prepared version {} on {on}. It is shown at the end of this page.", waiting.number);
    let reason = (!waiting.reason.is_empty()).then(|| {
        view! { <p>{format!("It corrects the version before: {}", waiting.reason)}</p> }
    });
    let forms = match (may.approve, may.is_own) {
        (_, true) => view! { <p>"You prepared it, so that somebody else must approve it."</p> }.into_any(),
        (false, false) => view! { <p>"A manager, a board member or an administrator can approve it."</p> }.into_any(),
        (true, false) => view! {
            <form method="post" action=format!("{}/approve", at(asked)) novalidate>
                <p>"Read what will be public first."</p>
                <button type="submit" class="govuk-button" name=ui::STEP value="approve">"Approve and publish"</button>
                {ui::textarea(form, "wrong", "Or say what is wrong").rows(3).limit(LONGEST).view()}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="back">"Send it back"</button>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="ds-section" id="approve" tabindex="-1">
            <h2>"Waiting for approval"</h2>
            <p>{said}</p>
            {reason}
            {forms}
        </section>
    }
    .into_any()
}

/// Exactly what will be public.
fn preview(waiting: &Snapshot, path: &str) -> AnyView {
    view! {
        <section class="ds-section" aria-label="What will be public">
            <h2>"What will be public"</h2>
            <div class="ds-card ds-card--plain">{public_results::preview(&waiting.content, path)}</div>
        </section>
    }
    .into_any()
}
