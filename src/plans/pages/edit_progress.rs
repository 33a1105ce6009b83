//! Posting dated progress: how an action stands, in words for residents, with what its status needs.

use leptos::prelude::*;

use super::parts::{back, plan_of_action, posting, word, written};
use crate::db::Tx;
use crate::people::Role;
use crate::permissions;
use crate::plans::action::ActionId;
use crate::plans::progress::Word;
use crate::plans::record_progress::{ProgressError, Said, record_progress};
use crate::plans::status::Status;
use crate::plans::store;
use crate::plans::whole::Whole;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// What may be chosen: a person always knows, so that "unclassified" is not among them.
const CHOICES: [(Status, &str); 5] = [
    (Status::OnTrack, "We are working on it"),
    (Status::Done, "Done"),
    (Status::NotStarted, "Not started"),
    (Status::Stopped, "Stopped: we will not do it"),
    (Status::Merged, "Merged: another action carries it on"),
];

fn page(form: Form, whole: &Whole, id: ActionId, proofs: usize, role: Option<Role>) -> Page {
    let shown = form.clone();
    let of = whole.find(id);
    let (name, now) = (of.map(|a| a.action().name()).unwrap_or_default(), of.map(|a| a.as_of.word));
    let others: Vec<(String, String)> = std::iter::once((String::new(), "Choose an action".to_owned()))
        .chain(whole.rows().filter(|a| a.action().id != id).map(|a| (a.action().id.to_string(), a.action().name())))
        .collect();
    let attaches = permissions::may_read(role, "/staff/plan/actions/{id}/evidence");
    Page::staff("Post progress", move || {
        let attach = attaches.then(|| view! { " " <a href=format!("/staff/plan/actions/{id}/evidence")>"Attach evidence"</a> });
        let proof = match proofs {
            0 => "This action has no evidence yet. To call it done, attach some first, or say below why none is needed.".to_owned(),
            1 => "This action has 1 piece of evidence.".to_owned(),
            n => format!("This action has {n} pieces of evidence."),
        };
        view! {
            {back(format!("/staff/plan/actions/{id}"), "Back to the action")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{name}</span>"Post progress"</h1><p>"Now: " {now.map(word)}</p></div>
            <form method="post">
                {ui::radios(&shown, "status", "How does it stand?", CHOICES.map(|(s, l)| (s.code(), l))).view()}
                {ui::textarea(&shown, "words", "What happened").hint("Residents read this. Write no names. For a stopped or merged action say why").limit(2000).view()}
                {ui::text(&shown, "per_cent", "How much of it is done").hint("You can leave this empty").number().width(3).suffix("%").view()}
                {ui::day(&shown, "on", "On which day did it stand like this?", "Today or an earlier day")}
                <div class="govuk-inset-text">{proof}{attach}</div>
                {ui::textarea(&shown, "waiver", "Why no evidence is needed").hint("Only for an action that is done without any. Residents read this").rows(2).limit(500).view()}
                {ui::select(&shown, "merged_into", "Which action carries it on?", others)}
                {ui::button("Post this")}
            </form>
        }
    })
    .with_form(&form)
}

/// The plan and the action, for those who may say how it stands.
async fn find(req: &Req, tx: &mut Tx) -> Result<(Whole, ActionId), PageError> {
    let (whole, id) = plan_of_action(req, tx).await?;
    if posting(req, tx, whole.plan.id).await?.is_on(id) { Ok((whole, id)) } else { Err(PageError::Forbidden) }
}

async fn proofs(tx: &mut Tx, id: ActionId) -> Result<usize, PageError> {
    Ok(store::list_evidence(tx, id).await?.iter().filter(|e| e.withdrawn_on.is_none()).count())
}

/// The form.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (whole, id) = find(&req, &mut tx).await?;
    let mut form = Form::default();
    form.set_day("on", Some(req.today()));
    let proofs = proofs(&mut tx, id).await?;
    Ok(page(form, &whole, id, proofs, req.viewer.role()).into())
}

/// Keeps the statement.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (whole, id) = find(&req, &mut tx).await?;
    let proofs = proofs(&mut tx, id).await?;
    let status = CHOICES.into_iter().map(|(s, _)| s).find(|s| s.code() == form.value("status"));
    if status.is_none() {
        form.error("status", "Choose how it stands");
    }
    let words = form.text("words", "What happened", 2000);
    let waiver = form.text("waiver", "The reason", 500);
    let per_cent = form
        .optional_whole("per_cent", 0..=100, "Enter how much is done as a whole number from 0 to 100")
        .and_then(|p| u8::try_from(p).ok());
    let on = form.day("on", "The day");
    let merged_into = whole.rows().map(|a| a.action().id).find(|other| other.to_string() == form.value("merged_into"));
    let (Some(status), Some(on), true) = (status, on, form.is_valid()) else {
        return Ok(page(form, &whole, id, proofs, req.viewer.role()).into());
    };
    let said = Said { action: id, on, status, per_cent, words, waiver, merged_into };
    if let Err(error) = record_progress(&mut tx, &said, written(&req)).await {
        let field = match error {
            ProgressError::NothingToShow => "waiver",
            ProgressError::NoReason => "words",
            ProgressError::IntoWhat | ProgressError::IntoItself => "merged_into",
            ProgressError::NotYet => "on",
            ProgressError::Database(error) => return Err(error.into()),
        };
        form.error(field, error.to_string());
        // A refused statement leaves nothing behind: the transaction is dropped unused.
        return Ok(page(form, &whole, id, proofs, req.viewer.role()).into());
    }
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    req.audit(
        &mut tx,
        "posted progress",
        &format!("action {id}"),
        &format!("{name}: {}", Word::of(status, false).words()),
    )
    .await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("Progress is posted. Residents can see it now"))
}
