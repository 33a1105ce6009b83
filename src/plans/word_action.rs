//! Adding and rewording actions by hand. Every changed field is kept with its old words.

use super::action::{Action, ActionId, Promise, Source};
use super::deadline::Span;
use super::history::{self, Edit, Why};
use super::leads::{self, Lead};
use super::led::{leads_texts, redaction};
use super::object::{Object, field};
use super::plan::{ObjectiveId, PlanId};
use super::redact::Redaction;
use super::resources;
use super::store::{self, LeadId, Written};
use crate::clock::london_day;
use crate::db::{self, Tx};
use crate::web::slug::slug_or;

/// What staff write about an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub objective: ObjectiveId,
    /// The action it is part of; then it has no reference.
    pub parent: Option<ActionId>,
    pub reference: Option<String>,
    pub title: String,
    pub measure: String,
    pub outcome: String,
    pub resources: String,
    /// As a plan writes them: `KA/MF (phase 1)`, one set to a line.
    pub leads: String,
}

/// Why an action was not kept.
#[derive(Debug, thiserror::Error)]
pub enum WordError {
    /// Another action of the plan has this reference.
    #[error("the reference is taken")]
    ReferenceTaken,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl WordError {
    fn of(error: db::Error) -> Self {
        if error.is_conflict("plan_actions_plan_id_reference_key") {
            Self::ReferenceTaken
        } else {
            Self::Database(error)
        }
    }
}

/// Adds an action with its deadline.
///
/// # Errors
/// When the reference is taken.
pub async fn add_action(
    tx: &mut Tx,
    plan: PlanId,
    words: &Words,
    due: Option<Span>,
    written: Written,
) -> Result<ActionId, WordError> {
    let position = store::last_position(tx, plan).await? + 10;
    let named = leads::read(&words.leads);
    let redaction = redaction(tx).await?.with_leads(&named);
    let action = Action {
        id: ActionId(0),
        slug: free_slug(tx, &redaction, words.reference.as_deref(), &words.title).await?,
        objective: words.objective,
        parent: words.parent,
        position,
        reference: words.reference.clone(),
        title: words.title.clone(),
        measure: words.measure.clone(),
        outcome: words.outcome.clone(),
        resources: resources::read(&words.resources).0,
        resources_text: words.resources.clone(),
        merged_into: None,
        document: None,
        warnings: vec![],
    };
    let id = store::insert_action(tx, plan, &action, written.at).await.map_err(WordError::of)?;
    set_leads(tx, id, &named).await?;
    let why = Why::staff("", written);
    history::note_added(tx, plan, (Object::Action(id), &action.name()), why, written).await?;
    if let Some(span) = due {
        let words = span.words();
        let promise = Promise {
            action: id,
            is_revision: false,
            spans: vec![Some(span)],
            words,
            reason: String::new(),
            said_on: london_day(written.at),
            source: Source::Staff,
        };
        store::insert_deadline(tx, &promise, written).await?;
    }
    tx.public_changed();
    Ok(id)
}

/// Rewords an action; each changed field leaves a row in its history.
///
/// # Errors
/// When the reference is taken.
pub async fn reword_action(
    tx: &mut Tx,
    plan: PlanId,
    action: &Action,
    words: &Words,
    reason: &str,
    written: Written,
) -> Result<usize, WordError> {
    let mut new = action.clone();
    new.objective = words.objective;
    new.reference.clone_from(&words.reference);
    new.title.clone_from(&words.title);
    new.measure.clone_from(&words.measure);
    new.outcome.clone_from(&words.outcome);
    new.resources_text.clone_from(&words.resources);
    new.resources = resources::read(&words.resources).0;
    let mut edits = history::of_action(action, &new);
    let named = leads::read(&words.leads);
    let (old_leads, new_leads) = (leads_text(tx, plan, action.id).await?, leads::write(&named));
    store::update_action(tx, &new).await.map_err(WordError::of)?;
    if old_leads != new_leads {
        set_leads(tx, action.id, &named).await?;
        edits.push(Edit::new(field::LEADS, old_leads, new_leads));
    }
    let object = (Object::Action(action.id), action.name());
    history::note(tx, plan, (object.0, &object.1), &edits, Why::staff(reason, written), written).await?;
    tx.public_changed();
    Ok(edits.len())
}

/// Takes off an action what the reading of its document left for a person, as one has looked at it now. What it
/// was stays in the history.
///
/// # Errors
/// When the database refuses.
pub async fn check_reading(tx: &mut Tx, plan: PlanId, action: &Action, written: Written) -> Result<(), db::Error> {
    if action.warnings.is_empty() {
        return Ok(());
    }
    let checked = Action { warnings: vec![], ..action.clone() };
    store::update_action(tx, &checked).await?;
    let edit = Edit::new("To check in the reading", action.warnings.join("\n"), "Checked");
    let why = Why::staff("", written);
    history::note(tx, plan, (Object::Action(action.id), &action.name()), &[edit], why, written).await
}

/// The leads of an action as a plan writes them.
///
/// # Errors
/// When the database refuses.
pub async fn leads_text(tx: &mut Tx, plan: PlanId, action: ActionId) -> Result<String, db::Error> {
    Ok(leads_texts(tx, plan).await?.remove(&action).unwrap_or_default())
}

/// Sets the leads of an action; leads not yet in the directory are added to it.
///
/// # Errors
/// When the database refuses.
pub async fn set_leads(tx: &mut Tx, action: ActionId, leads: &[Lead]) -> Result<(), db::Error> {
    let directory = store::list_leads(tx).await?;
    let mut added: Vec<(String, LeadId)> = directory.into_iter().map(|d| (d.initials, d.lead_id)).collect();
    let mut list = Vec::new();
    for lead in leads {
        let known = added.iter().find(|(initials, _)| *initials == lead.initials).map(|(_, id)| *id);
        let id = match known {
            Some(id) => id,
            None => {
                let name = lead.name.as_deref().unwrap_or_default();
                let id = store::insert_lead(tx, &lead.initials, name, lead.is_group(), None).await?;
                added.push((lead.initials.clone(), id));
                id
            }
        };
        list.push((id, lead.note.clone().unwrap_or_default()));
    }
    store::replace_leading(tx, action, &list).await
}

/// An address for an action that no other has. Everybody reads it, so that it is made of the words without the
/// people of the directory.
///
/// # Errors
/// When the database refuses.
pub async fn free_slug(
    tx: &mut Tx,
    redaction: &Redaction,
    reference: Option<&str>,
    title: &str,
) -> Result<String, db::Error> {
    let shown = redaction.leave_out(title);
    let said = shown.split_whitespace().filter(|word| !matches!(*word, "'s" | "\u{2019}s"));
    let words: Vec<&str> = said.take(6).collect();
    let base = slug_or(&format!("{} {}", reference.unwrap_or_default(), words.join(" ")), "action");
    let mut found = base.clone();
    let mut number = 1;
    while store::is_slug_taken(tx, &found).await? {
        number += 1;
        found = format!("{base}-{number}");
    }
    Ok(found)
}
