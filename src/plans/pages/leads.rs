//! The directory of leads: whose initials are whose, and how much each leads.

use std::collections::HashSet;

use leptos::prelude::*;

use super::parts::back;
use crate::permissions;
use crate::plans::action::ActionId;
use crate::plans::leads::is_group;
use crate::plans::progress::Counts;
use crate::plans::store::{self, LeadEntry};
use crate::plans::whole::{Whole, load_all_open};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, tx: &mut crate::db::Tx, form: Form) -> Result<Page, PageError> {
    let directory = store::list_leads(tx).await?;
    let accounts = crate::people::store::list(tx).await?;
    let open = load_all_open(tx, req.today()).await?;
    let mut leading = Vec::new();
    for whole in &open {
        leading.extend(store::list_leading(tx, whole.plan.id).await?);
    }
    let rows: Vec<(LeadEntry, String, usize, usize)> = directory
        .into_iter()
        .map(|d| {
            let account = accounts.iter().find(|a| Some(a.id) == d.account_id);
            let account = account
                .map(|a| if a.deactivated_at.is_some() { format!("{} (left)", a.name) } else { a.name.clone() })
                .unwrap_or_default();
            let mine: HashSet<ActionId> =
                leading.iter().filter(|l| l.lead_id == d.lead_id).map(|l| l.action_id).collect();
            let led = open.iter().flat_map(Whole::rows).filter(|a| mine.contains(&a.action().id));
            let counts = Counts::of(led.map(|a| a.as_of.word));
            (d, account, counts.unfinished(), counts.late)
        })
        .collect();
    let shown = form.clone();
    let role = req.viewer.role();
    let opens = permissions::may_read(role, "/staff/plan/leads/{id}");
    let adds = permissions::may_post(role, "/staff/plan/leads");
    Ok(Page::staff("Leads", move || {
        let none = rows.is_empty().then(|| view! { <div class="ds-empty"><p>{if adds { "Nobody yet. Leads appear here when a plan names them, or when you add them below." } else { "Nobody yet. Leads appear here when a plan names them." }}</p></div> });
        let table = (!rows.is_empty()).then(|| {
            let lines = rows.iter().map(|(d, account, open, late)| {
                let (href, list) = (format!("/staff/plan/leads/{}", d.lead_id), format!("/staff/plan?lead={}", d.lead_id));
                let kind = if d.is_group { "Group or post" } else { "Person" };
                let name = if d.name.is_empty() { "No name yet".to_owned() } else { d.name.clone() };
                let initials = d.initials.clone();
                let shown = if opens { view! { <a href=href>{initials}</a> }.into_any() } else { initials.into_any() };
                view! {
                    <tr><th scope="row">{shown}</th><td>{name}</td><td>{kind}</td><td data-label="Account">{account.clone()}</td>
                    <td class="ds-table__number" data-label="Unfinished"><a href=list>{ui::counted(*open, "action", "actions")}<span class="govuk-visually-hidden">{format!(", unfinished, of {}", d.initials)}</span></a></td><td class="ds-table__number" data-label="Late">{*late}</td></tr>
                }
            });
            view! {
                <div class="ds-scroll" role="region" aria-label="Leads" tabindex="0"><table class="ds-table ds-table--stack">
                    <caption class="govuk-visually-hidden">"Leads"</caption>
                    <thead><tr><th scope="col">"Initials or post"</th><th scope="col">"Name"</th><th scope="col">"Kind"</th><th scope="col">"Account"</th><th scope="col" class="ds-table__number">"Unfinished"</th><th scope="col" class="ds-table__number">"Late"</th></tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table></div>
            }
        });
        let said = if opens {
            "Who leads the actions. Residents never see this. Join a lead to an account, and their actions appear on that person’s start page."
        } else {
            "Who leads the actions. Residents never see this."
        };
        let add = adds.then(|| {
            view! {
                <section class="ds-section"><h2>"Add a lead"</h2>
                    <form method="post">
                        {ui::text(&shown, "initials", "Initials or post").hint("Like PQ, or Head of Repairs").width(20).view()}
                        {ui::text(&shown, "name", "Name").hint("You can leave this empty").view()}
                        {ui::button("Add the lead")}
                    </form>
                </section>
            }
        });
        view! {
            {back("/staff/plan", "Plan")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1>"Leads"</h1><p>{said}</p></div>
            {none}{table}{add}
        }
    })
    .with_form(&form))
}

/// The directory.
///
/// # Errors
/// When the database refuses.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    Ok(page(&req, &mut tx, Form::default()).await?.into())
}

/// Adds a lead.
///
/// # Errors
/// When the database refuses.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let initials = form.required("initials", "The initials", 60, "Enter initials or a post");
    let name = form.text("name", "The name", 120);
    let mut tx = req.app.db.write().await?;
    if store::list_leads(&mut tx).await?.iter().any(|d| d.initials == initials) {
        form.error("initials", "These initials are in the list already");
    }
    if !form.is_valid() {
        return Ok(page(&req, &mut tx, form).await?.into());
    }
    store::insert_lead(&mut tx, &initials, &name, is_group(&name) || is_group(&initials), None).await?;
    tx.public_changed();
    req.audit(&mut tx, "added a lead", &initials, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect("/staff/plan/leads").saying("The lead is added"))
}
