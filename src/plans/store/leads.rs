//! Who leads which action.

use crate::db::{self, Tx, one_row};
use crate::key;
use crate::on;
use crate::plans::action::ActionId;
use crate::plans::plan::PlanId;
use crate::thread::id::AccountId;

key!(/// A lead: a person or a group that leads actions.
    LeadId);

/// A lead as the directory knows it. Never shown in public.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LeadEntry {
    pub lead_id: LeadId,
    /// Initials, or the role in words.
    pub initials: String,
    /// The full name; empty while only the initials are known.
    pub name: String,
    pub is_group: bool,
    /// The account of that person, so that their actions appear among what needs them.
    pub account_id: Option<AccountId>,
}

impl LeadEntry {
    /// Name and initials.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.name.is_empty() { self.initials.clone() } else { format!("{} ({})", self.name, self.initials) }
    }
}

/// One lead of one action.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Leading {
    pub action_id: ActionId,
    pub lead_id: LeadId,
    /// What for, such as `phase 1`; else empty.
    pub note: String,
}

/// The directory, by initials.
///
/// # Errors
/// When the database refuses.
pub async fn list_leads(tx: &mut Tx) -> Result<Vec<LeadEntry>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT lead_id, initials, name, is_group, account_id FROM plan_leads ORDER BY LOWER(initials), lead_id").fetch_all(c).await?),
    )
}

/// Adds a lead; `Conflict("plan_leads_initials_key")` when the initials are taken.
///
/// # Errors
/// When the initials are taken or the database refuses.
pub async fn insert_lead(
    tx: &mut Tx,
    initials: &str,
    name: &str,
    is_group: bool,
    account: Option<AccountId>,
) -> Result<LeadId, db::Error> {
    const INSERT: &str =
        "INSERT INTO plan_leads (initials, name, is_group, account_id) VALUES ($1, $2, $3, $4) RETURNING lead_id";
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(initials).bind(name).bind(is_group).bind(account).fetch_one(c).await?),
    )
}

/// Changes a lead.
///
/// # Errors
/// When there is no such lead or the database refuses.
pub async fn update_lead(tx: &mut Tx, lead: &LeadEntry) -> Result<(), db::Error> {
    const UPDATE: &str =
        "UPDATE plan_leads SET initials = $2, name = $3, is_group = $4, account_id = $5 WHERE lead_id = $1";
    one_row(
        on!(tx, c => sqlx::query(UPDATE).bind(lead.lead_id).bind(&lead.initials).bind(&lead.name).bind(lead.is_group).bind(lead.account_id).execute(c).await?.rows_affected()),
    )
}

/// Who leads what in a plan, in the order of the plan.
///
/// # Errors
/// When the database refuses.
pub async fn list_leading(tx: &mut Tx, plan: PlanId) -> Result<Vec<Leading>, db::Error> {
    const LIST: &str = "SELECT l.action_id, l.lead_id, l.note FROM plan_action_leads l JOIN plan_actions a ON a.action_id = l.action_id \
        WHERE a.plan_id = $1 ORDER BY a.position, a.action_id, l.position";
    Ok(on!(tx, c => sqlx::query_as(LIST).bind(plan).fetch_all(c).await?))
}

/// Who led any action before its leads were changed, each as a plan wrote it.
///
/// # Errors
/// When the database refuses.
pub async fn list_leads_before(tx: &mut Tx) -> Result<Vec<String>, db::Error> {
    const LIST: &str = "SELECT DISTINCT old_value FROM plan_changes WHERE field = 'Lead staff' AND old_value <> ''";
    Ok(on!(tx, c => sqlx::query_scalar(LIST).fetch_all(c).await?))
}

/// Sets the leads of an action, in order.
///
/// # Errors
/// When the database refuses.
pub async fn replace_leading(tx: &mut Tx, action: ActionId, leads: &[(LeadId, String)]) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM plan_action_leads WHERE action_id = $1").bind(action).execute(c).await.map(|_| ())?);
    for (position, (lead, note)) in (0_i64..).zip(leads) {
        on!(tx, c => sqlx::query("INSERT INTO plan_action_leads (action_id, position, lead_id, note) VALUES ($1, $2, $3, $4)")
            .bind(action).bind(position).bind(*lead).bind(note).execute(c).await.map(|_| ())?);
    }
    Ok(())
}

/// Every group with its members.
///
/// # Errors
/// When the database refuses.
pub async fn list_members(tx: &mut Tx) -> Result<Vec<(LeadId, LeadId)>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT group_id, member_id FROM plan_lead_members ORDER BY group_id, member_id").fetch_all(c).await?),
    )
}

/// Sets the members of a group.
///
/// # Errors
/// When the database refuses.
pub async fn replace_members(tx: &mut Tx, group: LeadId, members: &[LeadId]) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM plan_lead_members WHERE group_id = $1").bind(group).execute(c).await.map(|_| ())?);
    for member in members {
        on!(tx, c => sqlx::query("INSERT INTO plan_lead_members (group_id, member_id) VALUES ($1, $2)").bind(group).bind(*member).execute(c).await.map(|_| ())?);
    }
    Ok(())
}
