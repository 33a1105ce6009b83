//! Joining an action to the standard that it is to mend.

use leptos::prelude::*;

use super::parts::{back, plan_of_action};
use crate::plans::action::ActionId;
use crate::standards;
use crate::thread::id::StandardId;
use crate::thread::{self, Record};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(form: Form, name: String, id: ActionId, choices: Vec<(String, String)>) -> Page {
    let shown = form.clone();
    Page::staff("Join to a standard", move || {
        let fields = if choices.len() > 1 {
            view! {
                <form method="post">
                    {ui::select(&shown, "standard", "Which promise does it serve?", choices)}
                    {ui::button("Join them")}
                </form>
            }
            .into_any()
        } else {
            view! { <div class="ds-empty"><p>"No standard is published yet. Published standards can be chosen here."</p></div> }.into_any()
        };
        view! {
            {back(format!("/staff/plan/actions/{id}"), "Back to the action")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{name}</span>"Join to a standard"</h1><p>"Residents then see the action on the standard\u{2019}s page, and the standard on the action\u{2019}s."</p></div>
            {fields}
        }
    })
    .with_form(&form)
}

async fn choices(tx: &mut crate::db::Tx) -> Result<Vec<(String, String)>, PageError> {
    let published = standards::list_published(tx).await?;
    let list = published.into_iter().map(|s| (s.id.to_string(), s.wording.title));
    Ok(std::iter::once((String::new(), "Choose a standard".to_owned())).chain(list).collect())
}

/// The form.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    let choices = choices(&mut tx).await?;
    Ok(page(Form::default(), name, id, choices).into())
}

/// Joins them.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    let choices = choices(&mut tx).await?;
    let chosen = form.choice::<StandardId>("standard", "Choose a standard");
    let Some(standard) = chosen.filter(|s| choices.iter().any(|(value, _)| *value == s.to_string())) else {
        if chosen.is_some() {
            form.error("standard", "Choose a standard from the list");
        }
        return Ok(page(form, name, id, choices).into());
    };
    thread::connect(&mut tx, Record::Standard(standard), Record::Action(id), req.now()).await?;
    tx.public_changed().await?;
    req.audit(&mut tx, "action joined to a standard", &name, &standard.to_string()).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("They are joined"))
}
