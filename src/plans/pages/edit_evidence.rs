//! Attaching evidence, reading it, and withdrawing it.

use leptos::prelude::*;

use super::parts::{back, plan_of_action, written};
use crate::files;
use crate::plans::action::ActionId;
use crate::plans::attach_evidence::{Proof, attach_evidence};
use crate::plans::store;
use crate::plans::whole::Whole;
use crate::plans::withdraw_evidence::{WithdrawError, withdraw_evidence};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(form: Form, whole: &Whole, id: ActionId) -> Page {
    let shown = form.clone();
    let of = whole.find(id).map(crate::plans::whole::WholeAction::action);
    let (name, measure) = (
        of.map(crate::plans::action::Action::name).unwrap_or_default(),
        of.map(|a| a.measure.clone()).unwrap_or_default(),
    );
    Page::staff("Attach evidence", move || {
        let measure = (!measure.is_empty()).then(|| view! { <div class="govuk-inset-text"><p>"How we will know that it is done:"</p>{ui::paragraphs(&measure)}</div> });
        view! {
            {back(format!("/staff/plan/actions/{id}"), "Back to the action")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{name}</span>"Attach evidence"</h1></div>
            {measure}
            <form method="post" enctype="multipart/form-data">
                {ui::text(&shown, "title", "What it is").hint("For example: Minutes of the Board, 3 March 2026").view()}
                {ui::file(&shown, "file", "A file", "A photo, PDF, Word, Excel or OpenDocument file, CSV or text, up to 10 MB", ".pdf,.docx,.xlsx,.odt,.csv,.txt,.jpg,.jpeg,.png,.webp")}
                {ui::text(&shown, "address", "Or a link").hint("A web address, or a page of this site like /standards/repairs").view()}
                {ui::checkbox(&shown, "is_public", "yes", "Residents may see the title, and follow the link")}
                {ui::button("Attach this")}
            </form>
        }
    })
    .with_form(&form)
}

/// The form.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    Ok(page(Form::filled(&[("is_public", "yes")]), &whole, id).into())
}

/// Attaches the evidence.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let title = form.required("title", "What it is", 200, "Say what it is");
    let address = form.text("address", "The link", 500);
    let upload = req.upload("file");
    let proof = match (upload, address.is_empty()) {
        (Some(_), false) => {
            form.error("address", "Choose a file or enter a link, not both");
            None
        }
        (Some(file), true) if form.is_valid() => {
            match files::keep_document(&req.app, &mut tx, &file.name, file.bytes.clone(), written(&req).by).await {
                Ok(kept) => Some(Proof::File(kept.file_id)),
                Err(error) => {
                    form.error("file", error.to_string());
                    None
                }
            }
        }
        (Some(_), true) => {
            form.error("file", "Choose the file again");
            None
        }
        (None, false) => {
            let proof = Proof::typed(&address);
            if proof.is_none() {
                form.error(
                    "address",
                    "Enter a whole web address, like https://example.org/minutes, or a page of this site",
                );
            }
            proof
        }
        (None, true) => {
            form.error("file", "Choose a file or enter a link");
            None
        }
    };
    let (Some(proof), true) = (proof, form.is_valid()) else { return Ok(page(form, &whole, id).into()) };
    attach_evidence(&mut tx, id, &title, proof, form.has("is_public", "yes"), written(&req)).await?;
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    req.audit(&mut tx, "attached evidence", &format!("action {id}"), &format!("{name}: {title}")).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("The evidence is attached"))
}

/// The file of a piece of evidence, for staff.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn download(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let evidence = store::find_evidence(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)?;
    let file = files::find(&mut tx, evidence.file_id.as_deref().ok_or(PageError::NotFound)?)
        .await?
        .ok_or(PageError::NotFound)?;
    let bytes = files::read(&req.app, &file).await.ok_or(PageError::NotFound)?;
    Ok(Reply::download(&file.name, &file.content_type, bytes))
}

/// Withdraws a piece of evidence; it stays in the list with the reason.
///
/// # Errors
/// `NotFound` when there is none.
pub async fn withdraw(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let evidence = store::find_evidence(&mut tx, req.id("id")?).await?.ok_or(PageError::NotFound)?;
    let to = format!("/staff/plan/actions/{}", evidence.action_id);
    if evidence.withdrawn_on.is_some() {
        return Ok(Reply::redirect(to).noting("This evidence is already withdrawn"));
    }
    let reason = form.required("reason", "The reason", 300, "Say why it no longer counts");
    if !form.is_valid() {
        return Ok(withdraw_page(form, evidence.title, to).into());
    }
    match withdraw_evidence(&mut tx, &evidence, &reason, written(&req)).await {
        Ok(()) => {}
        Err(WithdrawError::Database(error)) => return Err(error.into()),
        Err(error) => {
            form.error("reason", error.to_string());
            return Ok(withdraw_page(form, evidence.title, to).into());
        }
    }
    req.audit(&mut tx, "withdrew evidence", &evidence.title, &reason).await?;
    tx.commit().await?;
    Ok(Reply::redirect(to).saying("The evidence is withdrawn"))
}

fn withdraw_page(form: Form, title: String, to: String) -> Page {
    let shown = form.clone();
    Page::staff("Withdraw evidence", move || {
        let others = view! { <p><a href=format!("{to}/evidence")>"Attach evidence"</a>" or "<a href=format!("{to}/progress")>"post progress"</a></p> };
        view! {
            {back(to, "Back to the action")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{title}</span>"Withdraw evidence"</h1></div>
            <form method="post">{ui::text(&shown, "reason", "Why it no longer counts").view()}{ui::quiet_button("Withdraw this evidence")}</form>
            {others}
        }
    })
    .with_form(&form)
}
