//! Recording that a draft is approved, or why it needs no approval.

use leptos::prelude::*;

use crate::standards::approve::{self, ApproveError};
use crate::standards::draft::check;
use crate::standards::standard::Draft;
use crate::standards::store::versions;
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn find(req: &Req) -> Result<(StandardId, Draft), PageError> {
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let draft = versions::find_draft(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    Ok((id, draft))
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let (id, draft) = find(&req).await?;
    let mut form = Form::default();
    form.set_day("approved", Some(req.today()));
    Ok(page(id, draft, form).into())
}

fn heading(id: StandardId, draft: &Draft, what: &'static str) -> AnyView {
    let lines =
        super::parts::measure_in_words(&draft.wording).into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    let problems = check(draft.number, &draft.wording);
    let unready = (!problems.is_empty()).then(|| {
        let lines = problems.into_iter().map(|problem| view! { <li>{problem.sentence}"."</li> }).collect_view();
        view! {
            <div class="govuk-inset-text">
                <p>"It cannot be published yet, and mending it ends this step, so mend it first:"</p>
                <ul>{lines}</ul>
            </div>
        }
    });
    view! {
        <a class="govuk-back-link" href=format!("/staff/standards/{id}")>"Back"</a>
        <h1><span class="ds-heading__caption">{format!("{}, draft of version {}", draft.wording.title, draft.number)}</span>" "{what}</h1>
        {unready}
        <div class="govuk-inset-text"><p>{draft.wording.promise.clone()}</p>{lines}<p>"Target: "{draft.wording.target_in_words()}"."</p></div>
    }
    .into_any()
}

fn page(id: StandardId, draft: Draft, form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Record an approval", move || {
        view! {
            {ui::error_summary(&form)}
            {heading(id, &draft, "Record an approval")}
            <p>"Your name is kept with the approval. Nobody may approve what they wrote. A change of the wording ends the approval."</p>
            <form method="post" action=format!("/staff/standards/{id}/approve") novalidate>
                {ui::text(&form, "body", "Who approved it").hint("Like Board, residents’ panel, or working group.").width(20).view()}
                {ui::day(&form, "approved", "When they approved it", "For example, 27 3 2026")}
                {ui::textarea(&form, "note", "Anything they said (optional)").rows(3).view()}
                {ui::button("Record the approval")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let (id, draft) = find(&req).await?;
    let mut form = req.form();
    let body = form.required("body", "The name", 100, "Enter who approved it, like Board");
    let on = form.day("approved", "When they approved it");
    let note = form.text("note", "The note", 500);
    if on.is_some_and(|on| on > req.today()) {
        form.error("approved", "The approval cannot be in the future");
    }
    let Some(on) = on.filter(|_| form.is_valid()) else { return Ok(page(id, draft, form).into()) };
    let mut tx = req.app.db.write().await?;
    match approve::approve(&req.app, &mut tx, req.account()?, id, &body, on, &note).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/standards/{id}")).saying("The approval is recorded."))
        }
        Err(ApproveError::OwnWork) => {
            drop(tx);
            form.error("body", "You wrote in this version, so that somebody else must approve it");
            Ok(page(id, draft, form).into())
        }
        Err(ApproveError::NoDraft) => Err(PageError::NotFound),
        Err(ApproveError::Internal(error)) => Err(error.into()),
    }
}

pub(super) async fn get_waive(req: Req) -> Result<Reply, PageError> {
    let (id, draft) = find(&req).await?;
    Ok(waive_page(id, draft, Form::default()).into())
}

fn waive_page(id: StandardId, draft: Draft, form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Publish without approval", move || {
        view! {
            {ui::error_summary(&form)}
            {heading(id, &draft, "Publish without approval")}
            <p>"The reason and your name stay with this version for as long as it is kept."</p>
            <form method="post" action=format!("/staff/standards/{id}/waive") novalidate>
                {ui::textarea(&form, "reason", "Why does it need no approval?").rows(3).view()}
                {ui::button("Record the reason")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post_waive(req: Req) -> Result<Reply, PageError> {
    let (id, draft) = find(&req).await?;
    let mut form = req.form();
    let reason = form.required("reason", "The reason", 500, "Enter the reason");
    if !form.is_valid() {
        return Ok(waive_page(id, draft, form).into());
    }
    let mut tx = req.app.db.write().await?;
    match approve::waive(&req.app, &mut tx, req.account()?, id, &reason).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Reply::redirect(format!("/staff/standards/{id}")).saying("The reason is recorded."))
        }
        Err(ApproveError::Internal(error)) => Err(error.into()),
        Err(_) => Err(PageError::NotFound),
    }
}
