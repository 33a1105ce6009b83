//! Applying a file that was looked at: in one transaction, whole or not at all.

use super::diff::{FieldChange, Step};
use super::look::Look;
use super::reading::Reading;
use super::rows::{Cells, Entry, Kind};
use crate::db::{self, Tx};
use crate::plans::action::{Action, ActionId, Progress, Promise};
use crate::plans::deadline::Span;
use crate::plans::history::{self, Edit, Why};
use crate::plans::object::{Object, field};
use crate::plans::plan::{Objective, ObjectiveId, PlanId, Theme, ThemeId};
use crate::plans::redact::Redaction;
use crate::plans::start::{self, StartError};
use crate::plans::status::Status;
use crate::plans::store::{self, Written};
use crate::plans::word_action::{free_slug, leads_text, set_leads};
use crate::plans::{leads, plan, structure};

/// Where the rows go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Into {
    /// Into the current plan, by reference; into a new one where there is none.
    Current,
    /// Into a new plan; the current one is closed and kept.
    NewPlan,
}

/// Applies a file; gives the plan it went into.
///
/// # Errors
/// When the database refuses, or somebody opened another plan meanwhile.
pub async fn apply(tx: &mut Tx, look: &Look, into: Into, written: Written) -> Result<PlanId, StartError> {
    Ok(apply_rows(tx, look, into, written).await?.0)
}

/// Applies a file; gives the plan, and for each row of the file the action it went into, if it is one.
pub(super) async fn apply_rows(
    tx: &mut Tx,
    look: &Look,
    into: Into,
    written: Written,
) -> Result<(PlanId, Vec<Option<ActionId>>), StartError> {
    name_leads(tx, &look.names).await?;
    let (plan, diff) = match (&look.plan, into) {
        (Some(plan), Into::Current) => (plan.id, look.diff.clone()),
        (current, _) => {
            if let Some(current) = current {
                start::close(tx, current.id, look.said_on.max(current.opened_on)).await?;
            }
            let title = look.file.title.as_deref().map_or_else(|| "Improvement plan".to_owned(), titled);
            (start::start(tx, &title, "", look.said_on, written).await?, look.as_new())
        }
    };
    let directory = store::list_leads(tx).await?;
    let redaction = Redaction::of(&directory).with_leads(look.readings.iter().flatten().flat_map(|r| &r.leads));
    let mut write = Write { plan, look, redaction, written, theme: None, objective: None, action: None, themes: 0 };
    let mut actions = Vec::new();
    for (((at, entry), step), reading) in (1_i64..).zip(&look.file.entries).zip(&diff.steps).zip(&look.readings) {
        actions.push(write.row(tx, at * 10, entry, step, reading.as_ref()).await?);
    }
    tx.public_changed();
    Ok((plan, actions))
}

/// Puts names to initials; a lead that has an account keeps it.
async fn name_leads(tx: &mut Tx, names: &[(String, String)]) -> Result<(), db::Error> {
    let directory = store::list_leads(tx).await?;
    for (initials, name) in names {
        let is_group = leads::is_group(name) || leads::is_group(initials);
        match directory.iter().find(|d| d.initials == *initials) {
            Some(known) if known.name == *name => {}
            Some(known) => {
                let renamed =
                    store::LeadEntry { name: name.clone(), is_group: known.is_group || is_group, ..known.clone() };
                store::update_lead(tx, &renamed).await?;
            }
            None => {
                store::insert_lead(tx, initials, name, is_group, None).await?;
            }
        }
    }
    Ok(())
}

/// A title in capitals with ordinary ones.
fn titled(title: &str) -> String {
    if title.chars().any(char::is_lowercase) {
        return title.to_owned();
    }
    const SMALL: &[&str] = &["and", "of", "the", "for", "to", "in", "a", "on", "with", "by"];
    let word = |(at, word): (usize, &str)| {
        let lower = word.to_lowercase();
        if at > 0 && SMALL.contains(&lower.as_str()) { lower } else { plan::calm(word) }
    };
    title.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
}

struct Write<'a> {
    plan: PlanId,
    look: &'a Look,
    /// Everybody whom the file or the directory names.
    redaction: Redaction,
    written: Written,
    theme: Option<ThemeId>,
    objective: Option<ObjectiveId>,
    action: Option<ActionId>,
    themes: i64,
}

impl Write<'_> {
    async fn row(
        &mut self,
        tx: &mut Tx,
        position: i64,
        entry: &Entry,
        step: &Step,
        reading: Option<&Reading>,
    ) -> Result<Option<ActionId>, db::Error> {
        match (entry.kind, reading) {
            (Kind::Theme, _) => self.theme_row(tx, &entry.cells.text, step).await?,
            (Kind::Objective, Some(reading)) => self.objective_row(tx, position, entry, step, reading).await?,
            (Kind::Action | Kind::SubRow, Some(reading)) => {
                return self.action_row(tx, position, entry, step, reading).await;
            }
            (_, None) => {}
        }
        Ok(None)
    }

    async fn theme_row(&mut self, tx: &mut Tx, title: &str, step: &Step) -> Result<(), db::Error> {
        self.themes += 10;
        self.theme = Some(match step {
            Step::Added => structure::add_theme(tx, self.plan, self.themes, title, self.why(""), self.written).await?,
            Step::Same(id) => ThemeId(*id),
            Step::Changed(id, _) => {
                let new = Theme { id: ThemeId(*id), position: self.themes, title: title.to_owned() };
                let held = store::list_themes(tx, self.plan).await?.into_iter().find(|t| t.id == new.id);
                let old = held.unwrap_or_else(|| new.clone());
                let reason = self.reason();
                structure::change_theme(tx, self.plan, &old, &new, self.why(&reason), self.written).await?;
                new.id
            }
        });
        Ok(())
    }

    /// The theme that rows without one above them stand under.
    async fn theme(&mut self, tx: &mut Tx) -> Result<ThemeId, db::Error> {
        if self.theme.is_none() {
            let kept = store::list_themes(tx, self.plan).await?.first().map(|t| t.id);
            self.theme = Some(match kept {
                Some(id) => id,
                None => structure::add_theme(tx, self.plan, 0, "Our plan", self.why(""), self.written).await?,
            });
        }
        Ok(self.theme.unwrap_or(ThemeId(0)))
    }

    async fn objective_row(
        &mut self,
        tx: &mut Tx,
        position: i64,
        entry: &Entry,
        step: &Step,
        reading: &Reading,
    ) -> Result<(), db::Error> {
        let theme = self.theme(tx).await?;
        let reference = entry.reference.clone().unwrap_or_default();
        let objective = |id| Objective {
            id: ObjectiveId(id),
            theme,
            position,
            reference: reference.clone(),
            title: entry.cells.text.clone(),
            target: reading.deadline.last(),
            document: as_json(&entry.cells),
        };
        self.objective = Some(match step {
            Step::Added => structure::add_objective(tx, self.plan, &objective(0), self.why(""), self.written).await?,
            Step::Same(id) => ObjectiveId(*id),
            Step::Changed(id, changes) => {
                let mut now = objective(*id);
                let held = store::list_objectives(tx, self.plan).await?.into_iter().find(|o| o.id == now.id);
                let old = held.unwrap_or_else(|| now.clone());
                if !changes.iter().any(|c| c.field == "Theme") {
                    now.theme = old.theme;
                }
                let reason = self.reason();
                structure::change_objective(tx, self.plan, &old, &now, self.why(&reason), self.written).await?;
                now.id
            }
        });
        Ok(())
    }

    async fn action_row(
        &mut self,
        tx: &mut Tx,
        position: i64,
        entry: &Entry,
        step: &Step,
        reading: &Reading,
    ) -> Result<Option<ActionId>, db::Error> {
        let Some(objective) = self.objective else { return Ok(None) };
        let parent = if entry.kind == Kind::SubRow { self.action } else { None };
        let cells = &entry.cells;
        let id = match step {
            Step::Same(id) => ActionId(*id),
            Step::Added => {
                let action = Action {
                    id: ActionId(0),
                    slug: free_slug(tx, &self.redaction, entry.reference.as_deref(), cells.name()).await?,
                    objective,
                    parent,
                    position,
                    reference: entry.reference.clone(),
                    title: cells.text.clone(),
                    measure: cells.measure.clone(),
                    outcome: cells.outcome.clone(),
                    resources_text: cells.resources.clone(),
                    resources: reading.resources,
                    merged_into: None,
                    document: as_json(cells),
                    warnings: reading.warnings.clone(),
                };
                let id = store::insert_action(tx, self.plan, &action, self.written.at).await?;
                set_leads(tx, id, &reading.leads).await?;
                let object = (Object::Action(id), action.name());
                history::note_added(tx, self.plan, (object.0, &object.1), self.why(""), self.written).await?;
                self.promise(tx, id, reading, cells, None).await?;
                self.progress(tx, id, reading, cells).await?;
                id
            }
            Step::Changed(id, changes) => {
                let id = ActionId(*id);
                self.change(tx, id, position, objective, entry, reading, changes).await?;
                id
            }
        };
        if entry.kind == Kind::Action {
            self.action = Some(id);
        }
        Ok(Some(id))
    }

    /// Takes over the cells that differ from the last document; what staff changed elsewhere stays.
    #[expect(clippy::too_many_arguments, reason = "one row of the file with its reading and its difference")]
    async fn change(
        &self,
        tx: &mut Tx,
        id: ActionId,
        position: i64,
        objective: ObjectiveId,
        entry: &Entry,
        reading: &Reading,
        changes: &[FieldChange],
    ) -> Result<(), db::Error> {
        let cells = &entry.cells;
        let Some(held) = store::list_actions(tx, self.plan).await?.into_iter().find(|a| a.id == id) else {
            return Ok(());
        };
        let mut action = held.clone();
        let differs = |field: &str| changes.iter().any(|c| c.field == field);
        if differs("Action") {
            action.title.clone_from(&cells.text);
        }
        if differs("Measured by") {
            action.measure.clone_from(&cells.measure);
        }
        if differs("Outcomes and comments") {
            action.outcome.clone_from(&cells.outcome);
        }
        if differs("Resources") {
            action.resources_text.clone_from(&cells.resources);
            action.resources = reading.resources;
        }
        if differs("Objective") {
            action.objective = objective;
        }
        action.position = position;
        action.document = as_json(cells);
        action.warnings.clone_from(&reading.warnings);
        store::update_action(tx, &action).await?;
        let mut edits = history::of_action(&held, &action);
        if differs("Lead staff") {
            let (old, new) = (leads_text(tx, self.plan, id).await?, leads::write(&reading.leads));
            set_leads(tx, id, &reading.leads).await?;
            if old != new {
                edits.push(Edit::new(field::LEADS, old, new));
            }
        }
        let before: Vec<Promise> =
            store::list_deadlines(tx, self.plan).await?.into_iter().filter(|d| d.action == id).collect();
        if differs("Deadline") || differs("Status") {
            self.promise(tx, id, reading, cells, Some((&before, differs("Deadline")))).await?;
        }
        if differs("Status") {
            self.progress(tx, id, reading, cells).await?;
        }
        // What the cells of the file say of these two is kept beside the statements that were read from them.
        let said = changes.iter().filter(|c| matches!(c.field, "Deadline" | "Status"));
        edits.extend(said.map(|c| Edit::new(c.field, &c.old, &c.new)));
        let (object, reason) = ((Object::Action(id), action.name()), self.reason());
        history::note(tx, self.plan, (object.0, &object.1), &edits, self.why(&reason), self.written).await
    }

    /// Why the rows of the file change anything.
    fn reason(&self) -> String {
        format!("Changed in the plan {}", self.look.of_day())
    }

    /// Said by the file, for its own day.
    fn why<'r>(&self, reason: &'r str) -> Why<'r> {
        Why { reason, source: self.look.source(), said_on: self.look.said_on }
    }

    /// Keeps the deadline the row states: the first one as the original, a later one as a revision.
    async fn promise(
        &self,
        tx: &mut Tx,
        id: ActionId,
        reading: &Reading,
        cells: &Cells,
        before: Option<(&[Promise], bool)>,
    ) -> Result<(), db::Error> {
        let spans = reading.deadline.parts.clone();
        let said_on = self.look.said_on;
        let stated = before.is_none_or(|(_, changed)| changed) && !spans.is_empty();
        let had = before.is_some_and(|(promises, _)| promises.iter().any(|p| p.spans.iter().any(Option::is_some)));
        if stated {
            let reason = if had { self.reason() } else { String::new() };
            let promise = Promise {
                action: id,
                is_revision: had,
                spans,
                words: cells.deadline.clone(),
                reason,
                said_on,
                source: self.look.source(),
            };
            store::insert_deadline(tx, &promise, self.written).await?;
        }
        let known = before.and_then(|(promises, _)| promises.iter().rfind(|p| p.is_revision)).map(|p| p.spans.clone());
        if let Some(month) = reading.status.revised {
            let spans = vec![Some(Span::month(month))];
            if known.as_ref() != Some(&spans) {
                let promise = Promise {
                    action: id,
                    is_revision: true,
                    spans,
                    words: month.to_string(),
                    reason: cells.status.clone(),
                    said_on,
                    source: self.look.source(),
                };
                store::insert_deadline(tx, &promise, self.written).await?;
            }
        }
        Ok(())
    }

    async fn progress(&self, tx: &mut Tx, id: ActionId, reading: &Reading, cells: &Cells) -> Result<(), db::Error> {
        let said_on = self.look.said_on;
        let done = reading.status.status == Status::Done;
        let waiver = if done {
            format!("As the plan {} says. No evidence is attached yet", self.look.of_day())
        } else {
            String::new()
        };
        let progress = Progress {
            action: id,
            said_on,
            status: reading.status.status,
            parts: reading.status.parts.clone(),
            per_cent: reading.status.per_cent,
            words: cells.status.clone(),
            source: self.look.source(),
            waiver,
        };
        store::insert_progress(tx, &progress, None, self.written).await
    }
}

fn as_json(cells: &Cells) -> Option<String> {
    serde_json::to_string(cells).ok()
}
