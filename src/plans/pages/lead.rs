//! One lead: name, account, the members of a group, and handing everything over to somebody else.

use leptos::prelude::*;

use super::parts::{back, written};
use crate::people::{self, Account};
use crate::plans::hand_over::hand_over;
use crate::plans::led::change_lead;
use crate::plans::store::{self, LeadEntry, LeadId};
use crate::thread::id::AccountId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

struct Known {
    lead: LeadEntry,
    others: Vec<LeadEntry>,
    accounts: Vec<Account>,
}

async fn known(req: &Req, tx: &mut crate::db::Tx) -> Result<Known, PageError> {
    let id: LeadId = req.id("id")?;
    let mut others = store::list_leads(tx).await?;
    let at = others.iter().position(|d| d.lead_id == id).ok_or(PageError::NotFound)?;
    let lead = others.remove(at);
    let accounts = people::store::list(tx)
        .await?
        .into_iter()
        .filter(|a| a.role.is_staff() && a.deactivated_at.is_none())
        .collect();
    Ok(Known { lead, others, accounts })
}

fn page(form: Form, known: Known) -> Page {
    let shown = form.clone();
    let title = known.lead.shown();
    Page::staff(title.clone(), move || {
        let accounts = std::iter::once((String::new(), "No account".to_owned())).chain(known.accounts.iter().map(|a| (a.id.to_string(), format!("{} ({})", a.name, a.role.label()))));
        let people: Vec<(String, String)> = known.others.iter().filter(|d| !d.is_group).map(|d| (d.lead_id.to_string(), d.shown())).collect();
        let members = (known.lead.is_group && !people.is_empty()).then(|| ui::checkboxes(&shown, "member", "Who belongs to it", people).hint("Its actions appear in every member\u{2019}s list").view());
        let to: Vec<(String, String)> = std::iter::once((String::new(), "Choose a lead".to_owned())).chain(known.others.iter().map(|d| (d.lead_id.to_string(), d.shown()))).collect();
        view! {
            {back("/staff/plan/leads", "Leads")}
            {ui::error_summary(&shown)}
            <div class="ds-heading"><h1>{title}</h1></div>
            <form method="post">
                {ui::text(&shown, "initials", "Initials or post").width(20).view()}
                {ui::text(&shown, "name", "Name").view()}
                {ui::select(&shown, "account", "Account", accounts)}
                {ui::checkbox(&shown, "is_group", "yes", "This is a group or a post, not one person")}
                {members}
                {ui::button("Save the lead")}
            </form>
            <section class="ds-section"><h2>"Hand over"</h2>
                <p>"When somebody leaves, give their unfinished actions to another lead. What is finished stays with them."</p>
                <form method="post">
                    {ui::carried("hand", "over")}
                    {ui::select(&shown, "to", "Give the unfinished actions to", to)}
                    {ui::quiet_button("Hand over")}
                </form>
            </section>
        }
    })
    .with_form(&form)
}

async fn filled(tx: &mut crate::db::Tx, lead: &LeadEntry) -> Result<Form, PageError> {
    let mut fields = vec![
        ("initials".to_owned(), lead.initials.clone()),
        ("name".to_owned(), lead.name.clone()),
        ("account".to_owned(), lead.account_id.map(|a| a.to_string()).unwrap_or_default()),
    ];
    if lead.is_group {
        fields.push(("is_group".to_owned(), "yes".to_owned()));
    }
    for (group, member) in store::list_members(tx).await? {
        if group == lead.lead_id {
            fields.push(("member".to_owned(), member.to_string()));
        }
    }
    Ok(Form::new(fields))
}

/// The form.
///
/// # Errors
/// `NotFound` when there is no such lead.
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let known = known(&req, &mut tx).await?;
    let form = filled(&mut tx, &known.lead).await?;
    Ok(page(form, known).into())
}

/// Saves the lead, or hands its actions over.
///
/// # Errors
/// `NotFound` when there is no such lead.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let mut tx = req.app.db.write().await?;
    let known = known(&req, &mut tx).await?;
    if form.has("hand", "over") {
        let Some(to) = known.others.iter().find(|d| d.lead_id.to_string() == form.value("to")) else {
            let chosen = form.value("to").to_owned();
            let mut form = filled(&mut tx, &known.lead).await?;
            form.set("to", &chosen);
            form.error("to", "Choose who takes the actions over");
            return Ok(page(form, known).into());
        };
        let moved = hand_over(&mut tx, known.lead.lead_id, to.lead_id, written(&req)).await?;
        req.audit(&mut tx, "handed actions over", &known.lead.initials, &format!("{moved} to {}", to.initials)).await?;
        tx.commit().await?;
        let said = ui::counted(moved, "action was", "actions were");
        return Ok(Reply::redirect("/staff/plan/leads").saying(format!("{said} handed over to {}", to.initials)));
    }
    let initials = form.required("initials", "The initials", 60, "Enter initials or a post");
    if known.others.iter().any(|d| d.initials == initials) {
        form.error("initials", "These initials are in the list already");
    }
    let name = form.text("name", "The name", 120);
    let account: Option<AccountId> =
        known.accounts.iter().map(|a| a.id).find(|id| id.to_string() == form.value("account"));
    if account.is_none() && !form.value("account").is_empty() {
        form.error("account", "Choose an account from the list");
    }
    if !form.is_valid() {
        return Ok(page(form, known).into());
    }
    let lead = LeadEntry {
        lead_id: known.lead.lead_id,
        initials,
        name,
        is_group: form.has("is_group", "yes"),
        account_id: account,
    };
    change_lead(&mut tx, &lead, written(&req)).await?;
    let members: Vec<LeadId> = known
        .others
        .iter()
        .filter(|d| lead.is_group && form.has("member", &d.lead_id.to_string()))
        .map(|d| d.lead_id)
        .collect();
    store::replace_members(&mut tx, lead.lead_id, &members).await?;
    tx.public_changed();
    req.audit(&mut tx, "changed a lead", &lead.initials, "").await?;
    tx.commit().await?;
    Ok(Reply::redirect("/staff/plan/leads").saying("The lead is saved"))
}
