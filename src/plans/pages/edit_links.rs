//! Linking an action to others of its plan: what it depends on, what it replaces, what to see also.

use leptos::prelude::*;

use super::parts::{back, plan_of_action, written};
use crate::db::Tx;
use crate::plans::action::ActionId;
use crate::plans::link::{Kind, Link, LinkError, link, unlink};
use crate::plans::store;
use crate::plans::whole::Whole;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(tx: &mut Tx, form: Form, whole: Whole, id: ActionId) -> Result<Page, PageError> {
    let links: Vec<Link> = store::list_links(tx, whole.plan.id).await?.into_iter().filter(|l| l.from == id).collect();
    let shown = form.clone();
    Ok(Page::staff("Links to other actions", move || {
        let name = |id: ActionId| whole.find(id).map(|a| a.action().name()).unwrap_or_default();
        let others: Vec<(String, String)> = std::iter::once((String::new(), "Choose an action".to_owned()))
            .chain(whole.rows().filter(|a| a.action().id != id).map(|a| (a.action().id.to_string(), a.action().name())))
            .collect();
        let rows = links.iter().map(|one| {
            let named = format!("{} {}", one.kind.words(), name(one.to));
            view! {
                <li><div class="ds-list__main">{named}</div><div class="ds-list__aside"><form method="post">{ui::carried("remove", one.id.to_string())}<button class="govuk-button govuk-button--secondary" type="submit">"Take away"<span class="govuk-visually-hidden">{format!(" {}", name(one.to))}</span></button></form></div></li>
            }
        });
        let none = links.is_empty().then(|| view! { <div class="ds-empty"><p>"This action is linked to none yet."</p></div> });
        view! {
            {back(format!("/staff/plan/actions/{id}"), "Back to the action")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{name(id)}</span>"Links to other actions"</h1>
                <p>"To say that another action carries this one on, post progress and choose merged."</p></div>
            <ul class="ds-list">{rows.collect_view()}</ul>
            {none}
            <form method="post">
                {ui::radios(&shown, "kind", "How does it hang on the other?", Kind::ALL.map(|kind| (kind.code(), kind.words()))).view()}
                {ui::select(&shown, "to", "The other action", others)}
                {ui::text(&shown, "reason", "Why").hint("Kept in the history; you can leave it empty").view()}
                {ui::button("Link the actions")}
            </form>
        }
    })
    .with_form(&form))
}

/// The form.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    Ok(page(&mut tx, Form::default(), whole, id).await?.into())
}

/// Adds a link, or takes one away.
///
/// # Errors
/// `NotFound` when there is no such action or link.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let to = format!("/staff/plan/actions/{id}/links");
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    if let Ok(gone) = form.value("remove").parse::<i64>() {
        let links = store::list_links(&mut tx, whole.plan.id).await?;
        let one = links.into_iter().find(|l| l.id == gone && l.from == id).ok_or(PageError::NotFound)?;
        unlink(&mut tx, &whole, one, written(&req)).await?;
        req.audit(&mut tx, "took a link away", &format!("action {id}"), &name).await?;
        tx.commit().await?;
        return Ok(Reply::redirect(to).saying("The link is taken away"));
    }
    let kind = Kind::read(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "Choose how it hangs on the other action");
    }
    let other = whole.rows().map(|a| a.action().id).find(|other| other.to_string() == form.value("to"));
    if other.is_none() {
        form.error("to", "Choose the other action");
    }
    let reason = form.text("reason", "The reason", 500);
    let (Some(kind), Some(other), true) = (kind, other, form.is_valid()) else {
        return Ok(page(&mut tx, form, whole, id).await?.into());
    };
    match link(&mut tx, &whole, (id, kind, other), &reason, written(&req)).await {
        Ok(()) => {}
        Err(LinkError::Database(error)) => return Err(error.into()),
        Err(error) => {
            form.error("to", error.to_string());
            // What the database refused has ended its transaction.
            drop(tx);
            let mut tx = req.app.db.read().await?;
            return Ok(page(&mut tx, form, whole, id).await?.into());
        }
    }
    req.audit(&mut tx, "linked an action", &format!("action {id}"), &format!("{name}: {}", kind.words())).await?;
    tx.commit().await?;
    Ok(Reply::redirect(to).saying("The actions are linked"))
}
