//! Looking at a file before anything is changed: what each row says, means, and would change.

use chrono::NaiveDate;

use super::diff::{self, Diff, Held};
use super::leads_file;
use super::reading::{self, Reading};
use super::rows::{self, Cells, FileError, Kind, PlanFile};
use crate::db::{self, Tx};
use crate::plans::plan::Plan;
use crate::plans::store::{self, LeadEntry};
use crate::plans::word_action::leads_text;

/// Everything there is to know about a file before it is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The rows of the file.
    pub file: PlanFile,
    /// The reading of each row; none for a theme.
    pub readings: Vec<Option<Reading>>,
    /// The current plan, if there is one.
    pub plan: Option<Plan>,
    /// What the rows would change in it; everything is new without one.
    pub diff: Diff,
    /// The file seems to be another plan than the current one.
    pub is_another: bool,
    /// The day the readings stand for: the file's own, else today; never before the last import.
    pub said_on: NaiveDate,
    /// Names for initials, from the second file.
    pub names: Vec<(String, String)>,
    /// Initials that no file and no directory explains.
    pub unnamed: Vec<String>,
}

/// Why a file cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// The plan's file.
    #[error("{}", .0.words())]
    File(FileError),
    /// The file with the leads.
    #[error("The file with the leads: it needs two columns, initials and name")]
    Leads,
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Looks at the bytes of a file, and of a second one with the leads' names.
///
/// # Errors
/// When either is unreadable as a whole.
pub async fn look(tx: &mut Tx, bytes: &[u8], leads: Option<&[u8]>, today: NaiveDate) -> Result<Look, LookError> {
    let file = rows::read(bytes).map_err(LookError::File)?;
    let names = leads.map(leads_file::read).transpose().map_err(|_| LookError::Leads)?.unwrap_or_default();
    let readings: Vec<Option<Reading>> = file.entries.iter().map(reading::of).collect();
    let plan = store::find_open_plan(tx).await?;
    let held = match &plan {
        Some(plan) => held(tx, plan).await?,
        None => vec![],
    };
    let last = match &plan {
        Some(plan) => store::last_said_on(tx, plan.id).await?,
        None => None,
    };
    let is_another = diff::is_another_plan(&file.entries, &held);
    let dated = file.dated.filter(|d| *d <= today).unwrap_or(today);
    let said_on = if is_another { dated } else { last.map_or(dated, |last| dated.max(last)) };
    let directory = store::list_leads(tx).await?;
    let unnamed = unnamed(&readings, &directory, &names);
    let diff = diff::compare(&file.entries, &held);
    Ok(Look { diff, is_another, said_on, names, unnamed, file, readings, plan })
}

impl Look {
    /// The comparison with an empty plan: what a new plan from this file would hold.
    #[must_use]
    pub fn as_new(&self) -> Diff {
        diff::compare(&self.file.entries, &[])
    }

    /// How many rows carry a warning.
    #[must_use]
    pub fn warned(&self) -> usize {
        self.readings.iter().flatten().filter(|r| !r.warnings.is_empty()).count()
    }
}

fn unnamed(readings: &[Option<Reading>], directory: &[LeadEntry], names: &[(String, String)]) -> Vec<String> {
    let mut unnamed: Vec<String> = Vec::new();
    for lead in readings.iter().flatten().flat_map(|r| &r.leads) {
        let known = lead.name.is_some()
            || names.iter().any(|(initials, _)| *initials == lead.initials)
            || directory.iter().any(|d| d.initials == lead.initials && !d.name.is_empty());
        if !known && crate::plans::leads::are_initials(&lead.initials) && !unnamed.contains(&lead.initials) {
            unnamed.push(lead.initials.clone());
        }
    }
    unnamed
}

/// The rows of a plan in the form the comparison takes.
async fn held(tx: &mut Tx, plan: &Plan) -> Result<Vec<Held>, db::Error> {
    let themes = store::list_themes(tx, plan.id).await?;
    let objectives = store::list_objectives(tx, plan.id).await?;
    let actions = store::list_actions(tx, plan.id).await?;
    let progress = store::list_progress(tx, plan.id).await?;
    let deadlines = store::list_deadlines(tx, plan.id).await?;
    let theme_title = |id| themes.iter().find(|t| t.id == id).map(|t| t.title.clone()).unwrap_or_default();
    let mut held: Vec<Held> = themes
        .iter()
        .enumerate()
        .map(|(position, t)| Held {
            id: t.id.0,
            kind: Kind::Theme,
            reference: None,
            theme: t.title.clone(),
            objective: None,
            parent: None,
            position,
            cells: Cells { text: t.title.clone(), ..Cells::default() },
        })
        .collect();
    held.extend(objectives.iter().map(|o| {
        let typed = || Cells {
            text: o.title.clone(),
            deadline: o.target.map(|t| t.to_string()).unwrap_or_default(),
            ..Cells::default()
        };
        Held {
            id: o.id.0,
            kind: Kind::Objective,
            reference: Some(o.reference.clone()),
            theme: theme_title(o.theme),
            objective: Some(o.reference.clone()),
            parent: None,
            position: 0,
            cells: document(o.document.as_deref()).unwrap_or_else(typed),
        }
    }));
    for action in &actions {
        let objective = objectives.iter().find(|o| o.id == action.objective);
        let parent = action.parent.and_then(|id| actions.iter().find(|a| a.id == id)).and_then(|a| a.reference.clone());
        let position = actions
            .iter()
            .filter(|a| a.parent.is_some() && a.parent == action.parent)
            .position(|a| a.id == action.id)
            .unwrap_or_default();
        let cells = match document(action.document.as_deref()) {
            Some(cells) => cells,
            None => Cells {
                text: action.title.clone(),
                measure: action.measure.clone(),
                leads: leads_text(tx, plan.id, action.id).await?,
                resources: action.resources_text.clone(),
                deadline: deadlines
                    .iter()
                    .rfind(|d| d.action == action.id)
                    .map(|d| d.words.clone())
                    .unwrap_or_default(),
                outcome: action.outcome.clone(),
                status: progress.iter().rfind(|p| p.action == action.id).map(|p| p.words.clone()).unwrap_or_default(),
            },
        };
        held.push(Held {
            id: action.id.0,
            kind: if action.parent.is_some() { Kind::SubRow } else { Kind::Action },
            reference: action.reference.clone(),
            theme: objective.map(|o| theme_title(o.theme)).unwrap_or_default(),
            objective: objective.map(|o| o.reference.clone()),
            parent,
            position: if action.parent.is_some() { position } else { 0 },
            cells,
        });
    }
    Ok(held)
}

fn document(json: Option<&str>) -> Option<Cells> {
    serde_json::from_str(json?).ok()
}
