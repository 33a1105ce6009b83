//! A whole plan as it stood on a day: themes, objectives, actions with their parts, counted.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::action::{Action, ActionId, AsOf, Source, Told};
use super::plan::{Objective, Plan, PlanId, Theme};
use super::progress::{Counts, Word};
use super::resources::Resources;
use super::store;
use crate::db::{self, Tx};

/// A plan with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub plan: Plan,
    /// The day it is shown for.
    pub day: NaiveDate,
    pub themes: Vec<WholeTheme>,
}

/// A theme with its objectives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeTheme {
    pub theme: Theme,
    pub objectives: Vec<WholeObjective>,
}

/// An objective with its actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeObjective {
    pub objective: Objective,
    pub actions: Vec<WholeAction>,
}

/// An action as it stood, with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeAction {
    pub told: Told,
    pub as_of: AsOf,
    pub parts: Vec<WholeAction>,
}

impl WholeAction {
    /// The action as the plan words it.
    #[must_use]
    pub fn action(&self) -> &Action {
        &self.told.action
    }
}

impl WholeObjective {
    /// How its actions stand; parts are not counted.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(self.actions.iter().map(|a| a.as_of.word))
    }
}

/// The money in a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cost {
    /// The sum of all estimates, in pence.
    pub pence: i64,
    /// How many actions say that the cost is not known.
    pub unknown: usize,
}

impl Whole {
    /// Every objective, in order.
    pub fn objectives(&self) -> impl Iterator<Item = &WholeObjective> {
        self.themes.iter().flat_map(|t| &t.objectives)
    }

    /// Every action, in order, without parts.
    pub fn actions(&self) -> impl Iterator<Item = &WholeAction> {
        self.objectives().flat_map(|o| &o.actions)
    }

    /// Every action and part, in order.
    pub fn rows(&self) -> impl Iterator<Item = &WholeAction> {
        self.actions().flat_map(|a| std::iter::once(a).chain(&a.parts))
    }

    /// An action or part by its key.
    #[must_use]
    pub fn find(&self, id: ActionId) -> Option<&WholeAction> {
        self.rows().find(|a| a.action().id == id)
    }

    /// The objective and theme of an action or part.
    #[must_use]
    pub fn place_of(&self, id: ActionId) -> Option<(&Theme, &Objective)> {
        let objective = self.find(id)?.action().objective;
        self.themes.iter().find_map(|t| {
            let found = t.objectives.iter().find(|o| o.objective.id == objective)?;
            Some((&t.theme, &found.objective))
        })
    }

    /// How the actions stand; parts are not counted.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(self.actions().map(|a| a.as_of.word))
    }

    /// How many actions are late though nobody has said whether they are finished.
    #[must_use]
    pub fn late_unclear(&self) -> usize {
        let unclear = |a: &&WholeAction| {
            a.as_of.word == Word::Late && a.as_of.standing.status == super::status::Status::Unclassified
        };
        self.actions().filter(unclear).count()
    }

    /// What the plan costs in all.
    #[must_use]
    pub fn cost(&self) -> Cost {
        let mut cost = Cost::default();
        for row in self.rows() {
            match row.action().resources {
                Resources::Estimate(pence) => cost.pence = cost.pence.saturating_add(pence),
                Resources::Unknown => cost.unknown += 1,
                _ => {}
            }
        }
        cost
    }

    /// The day anything was last said about an action.
    #[must_use]
    pub fn updated(&self) -> Option<NaiveDate> {
        self.rows().filter_map(|a| a.as_of.updated).max()
    }
}

/// Loads a plan as it stood on that day.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, id: PlanId, day: NaiveDate) -> Result<Option<Whole>, db::Error> {
    let Some(plan) = store::find_plan(tx, id).await? else { return Ok(None) };
    let themes = store::list_themes(tx, id).await?;
    let objectives = store::list_objectives(tx, id).await?;
    let actions = store::list_actions(tx, id).await?;
    let undated = store::undated_days(tx, id).await?;
    let is_undated = |source: Source, on: NaiveDate| source == Source::Document && undated.contains(&on);
    let mut progress: HashMap<ActionId, Vec<_>> = HashMap::new();
    for mut said in store::list_progress(tx, id).await? {
        if is_undated(said.source, said.said_on) {
            said.source = Source::Undated;
        }
        progress.entry(said.action).or_default().push(said);
    }
    let mut promises: HashMap<ActionId, Vec<_>> = HashMap::new();
    for mut promise in store::list_deadlines(tx, id).await? {
        if is_undated(promise.source, promise.said_on) {
            promise.source = Source::Undated;
        }
        promises.entry(promise.action).or_default().push(promise);
    }
    let mut rows: Vec<WholeAction> = actions
        .into_iter()
        .map(|action| {
            let told = Told {
                progress: progress.remove(&action.id).unwrap_or_default(),
                promises: promises.remove(&action.id).unwrap_or_default(),
                action,
            };
            WholeAction { as_of: told.as_of(day), told, parts: vec![] }
        })
        .collect();
    let parts: Vec<WholeAction> = rows.extract_if(.., |r| r.action().parent.is_some()).collect();
    for part in parts {
        if let Some(parent) = rows.iter_mut().find(|r| Some(r.action().id) == part.action().parent) {
            parent.parts.push(part);
        }
    }
    let mut whole = Whole { plan, day, themes: vec![] };
    for theme in themes {
        let mut under = WholeTheme { theme, objectives: vec![] };
        for objective in objectives.iter().filter(|o| o.theme == under.theme.id) {
            let actions = rows.extract_if(.., |r| r.action().objective == objective.id).collect();
            under.objectives.push(WholeObjective { objective: objective.clone(), actions });
        }
        whole.themes.push(under);
    }
    Ok(Some(whole))
}

/// Loads the current plan as it stood on that day.
///
/// # Errors
/// When the database refuses.
pub async fn load_open(tx: &mut Tx, day: NaiveDate) -> Result<Option<Whole>, db::Error> {
    match store::find_open_plan(tx).await? {
        Some(plan) => load(tx, plan.id, day).await,
        None => Ok(None),
    }
}
