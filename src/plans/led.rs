//! Who leads the actions of a plan, as the plan writes it; what a new name for a lead does to that.

use std::collections::HashMap;

use super::action::ActionId;
use super::history::{self, Edit, Why};
use super::leads::{self, Lead};
use super::object::{Object, field};
use super::plan::PlanId;
use super::redact::Redaction;
use super::store::{self, LeadEntry, LeadId, Written};
use crate::db::{self, Tx};

/// The leads of every action that has any, as a plan writes them: `KA/MF (phase 1)`.
///
/// # Errors
/// When the database refuses.
pub async fn leads_texts(tx: &mut Tx, plan: PlanId) -> Result<HashMap<ActionId, String>, db::Error> {
    let directory: HashMap<LeadId, String> =
        store::list_leads(tx).await?.into_iter().map(|d| (d.lead_id, d.initials)).collect();
    let mut leads: HashMap<ActionId, Vec<Lead>> = HashMap::new();
    for leading in store::list_leading(tx, plan).await? {
        if let Some(initials) = directory.get(&leading.lead_id) {
            let note = (!leading.note.is_empty()).then_some(leading.note);
            let lead = Lead { initials: initials.clone(), name: None, note };
            leads.entry(leading.action_id).or_default().push(lead);
        }
    }
    Ok(leads.into_iter().map(|(id, list)| (id, leads::write(&list))).collect())
}

/// What takes everybody out of words that residents read: those of the directory, and those who stood in it under other
/// initials, which the words of an earlier day may hold.
///
/// # Errors
/// When the database refuses.
pub async fn redaction(tx: &mut Tx) -> Result<Redaction, db::Error> {
    let directory = store::list_leads(tx).await?;
    let before = store::list_leads_before(tx).await?;
    let before = before.iter().flat_map(|text| leads::read(text)).filter(|lead| leads::are_initials(&lead.initials));
    let gone: Vec<Lead> = before.filter(|lead| directory.iter().all(|known| known.initials != lead.initials)).collect();
    Ok(Redaction::of(&directory).with_leads(&gone))
}

/// Changes a lead in the directory. Where its initials change, so do those of every action it leads, and the history of
/// each plan keeps how they stood.
///
/// # Errors
/// When there is no such lead or the database refuses.
pub async fn change_lead(tx: &mut Tx, lead: &LeadEntry, written: Written) -> Result<(), db::Error> {
    let plans: Vec<PlanId> = store::list_plans(tx).await?.into_iter().map(|p| p.id).collect();
    let mut before = Vec::new();
    for plan in &plans {
        before.push(leads_texts(tx, *plan).await?);
    }
    store::update_lead(tx, lead).await?;
    for (plan, before) in plans.iter().zip(before) {
        let after = leads_texts(tx, *plan).await?;
        note_leads(tx, *plan, &before, &after, Why::staff("The lead was renamed", written), written).await?;
    }
    tx.public_changed();
    Ok(())
}

/// Keeps for each action whose leads differ what they were and are.
///
/// # Errors
/// When the database refuses.
pub async fn note_leads(
    tx: &mut Tx,
    plan: PlanId,
    before: &HashMap<ActionId, String>,
    after: &HashMap<ActionId, String>,
    why: Why<'_>,
    written: Written,
) -> Result<(), db::Error> {
    let nobody = String::new();
    for action in store::list_actions(tx, plan).await? {
        let of = |leads: &HashMap<ActionId, String>| leads.get(&action.id).unwrap_or(&nobody).clone();
        let (old, new) = (of(before), of(after));
        if old != new {
            let edit = Edit::new(field::LEADS, old, new);
            history::note(tx, plan, (Object::Action(action.id), &action.name()), &[edit], why, written).await?;
        }
    }
    Ok(())
}
