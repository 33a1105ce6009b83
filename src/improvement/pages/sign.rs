//! Writing a sign-off report about an activity, or mending one that was sent back.

use leptos::prelude::*;

use super::parts::{Names, activity_of, back, heading};
use super::{activity as parts, sign_form};
use crate::db::Tx;
use crate::improvement::activity::Activity;
use crate::improvement::sign::{SignError, send};
use crate::improvement::sign_off::Decision;
use crate::improvement::store::{activities, sign_offs};
use crate::performance::{self, Quarter};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn quarters_of(req: &Req, tx: &mut Tx, activity: &Activity) -> Result<Vec<Quarter>, PageError> {
    Ok(match activity.wording.standard_id {
        Some(id) => performance::quarters_for(tx, id, req.today()).await?,
        None => Vec::new(),
    })
}

/// The page; a form that was sent is drawn again even where no evidence is attached.
async fn page(req: &Req, form: Form, sent: bool) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let activity = activity_of(req, &mut tx).await?;
    let quarters = quarters_of(req, &mut tx, &activity).await?;
    let evidence = activities::list_evidence(&mut tx, activity.id).await?;
    let names = Names::load(&mut tx).await?;
    let back_with = sign_offs::list_of(&mut tx, activity.id).await?.into_iter().next().and_then(|one| one.decided);
    let refused = form.clone();
    Ok(Page::staff("Sign-off report", move || {
        let attach = format!("{}/evidence", activity.href());
        let work = if evidence.is_empty() && !sent {
            ui::link_button("Attach evidence first", attach)
        } else {
            view! {
                <p><a href=attach>"Attach evidence"</a></p>
                <form method="post" novalidate>
                    {sign_form::draw(&form, &quarters)}
                    {ui::button("Send it for approval")}
                </form>
            }
            .into_any()
        };
        let reasons = back_with.filter(|decided| decided.decision == Decision::SentBack).map(|decided| {
            view! { <div class="govuk-inset-text"><p>{format!("{} sent the last report back:", names.of(decided.by))}</p>{ui::paragraphs(&decided.words)}</div> }
        });
        view! {
            {back(activity.href(), "Back to the activity")}
            {ui::error_summary(&form)}
            {heading(activity.wording.what.clone(), "Sign-off report")}
            <p>"Somebody else reads it and approves it or sends it back. Only an approved report completes an activity."</p>
            {reasons}
            {parts::proofs(&evidence, &names)}
            {work}
        }
    })
    .with_form(&refused)
    .into())
}

/// The form, filled with the last report when that was sent back.
pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let activity = activity_of(&req, &mut tx).await?;
    let quarters = quarters_of(&req, &mut tx, &activity).await?;
    let last = sign_offs::list_of(&mut tx, activity.id).await?.into_iter().next();
    drop(tx);
    let form = last.map(|one| sign_form::filled(&one.report, &quarters)).unwrap_or_default();
    page(&req, form, false).await
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let activity = activity_of(&req, &mut tx).await?;
    let quarters = quarters_of(&req, &mut tx, &activity).await?;
    let Some(report) = sign_form::read(&mut form, &quarters) else {
        drop(tx);
        return page(&req, form, true).await;
    };
    let refusal = match send(&req.app, &mut tx, activity.id, req.account()?.id, &report).await {
        Ok(id) => {
            req.audit(&mut tx, "sent a sign-off report", &format!("sign-off {id}"), &activity.wording.what).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(activity.href()).saying("Sent. Somebody else reads it and decides."));
        }
        Err(SignError::Internal(error)) => return Err(error.into()),
        Err(SignError::NoEvidence) => "Attach at least one piece of evidence to the activity first".to_owned(),
        Err(SignError::Waiting) => "A report about this activity waits already or is approved".to_owned(),
        Err(SignError::Names(name)) => format!("What residents read must name nobody. Take out “{name}”"),
        Err(_) => "The activity was stopped, so that there is nothing to sign off".to_owned(),
    };
    drop(tx);
    let field = if refusal.starts_with("What residents") { "tell" } else { "action-taken" };
    form.error(field, refusal);
    page(&req, form, true).await
}
