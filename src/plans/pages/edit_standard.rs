//! Joining an action to the standards that it is to mend, and undoing it.

use leptos::prelude::*;

use super::parts::{back, plan_of_action};
use crate::db::{self, Tx};
use crate::plans::action::ActionId;
use crate::standards::{self, Published};
use crate::thread::id::StandardId;
use crate::thread::{self, Record};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

fn page(form: Form, name: String, id: ActionId, published: &[Published]) -> Page {
    let choices: Vec<(String, String)> =
        published.iter().map(|one| (one.id.to_string(), format!("{}: {}", one.area_name, one.wording.title))).collect();
    let shown = form.clone();
    Page::staff("Join to standards", move || {
        let fields = if choices.is_empty() {
            view! { <div class="ds-empty"><p>"No standard is published yet. Published standards can be chosen here."</p></div> }.into_any()
        } else {
            view! {
                <form method="post">
                    {ui::checkboxes(&shown, "standard", "Which promises does it serve?", choices).hint("Tick every promise that this action is to keep better. Untick one to part them.").view()}
                    {ui::button("Save")}
                </form>
            }
            .into_any()
        };
        view! {
            {back(format!("/staff/plan/actions/{id}"), "Back to the action")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{name}</span>"Join to standards"</h1><p>"Residents then see the action on the standard\u{2019}s page, and the standard on the action\u{2019}s."</p></div>
            {fields}
        }
    })
    .with_form(&form)
}

async fn joined(tx: &mut Tx, id: ActionId) -> Result<Vec<StandardId>, db::Error> {
    let records = thread::linked(tx, Record::Action(id)).await?;
    Ok(records
        .into_iter()
        .filter_map(|record| match record {
            Record::Standard(standard) => Some(standard),
            _ => None,
        })
        .collect())
}

/// The form.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    let published = standards::list_published(&mut tx).await?;
    let fields = joined(&mut tx, id).await?.iter().map(|one| ("standard".to_owned(), one.to_string())).collect();
    Ok(page(Form::new(fields), name, id, &published).into())
}

/// Joins what is ticked and parts what no longer is.
///
/// # Errors
/// `NotFound` when there is no such action.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let (whole, id) = plan_of_action(&req, &mut tx).await?;
    let name = whole.find(id).map(|a| a.action().name()).unwrap_or_default();
    let published = standards::list_published(&mut tx).await?;
    let is_offered = |value: &str| published.iter().any(|one| one.id.to_string() == value);
    if !form.values("standard").into_iter().all(is_offered) {
        form.error("standard", "Choose standards from the list");
        return Ok(page(form, name, id, &published).into());
    }
    let before = joined(&mut tx, id).await?;
    for one in &published {
        let (ends, about) = ((Record::Standard(one.id), Record::Action(id)), format!("standard {}", one.id));
        match (form.has("standard", &one.id.to_string()), before.contains(&one.id)) {
            (true, false) => {
                thread::connect(&mut tx, ends.0, ends.1, req.now()).await?;
                req.audit(&mut tx, "joined an action to a standard", &about, &name).await?;
            }
            (false, true) => {
                thread::disconnect(&mut tx, ends.0, ends.1).await?;
                req.audit(&mut tx, "parted an action from a standard", &about, &name).await?;
            }
            _ => {}
        }
    }
    tx.public_changed();
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/plan/actions/{id}")).saying("The standards it serves are saved."))
}
