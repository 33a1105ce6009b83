//! A whole plan as it stood on a day: themes, objectives, actions with their parts, counted.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::action::{Action, ActionId, AsOf, Progress, Source, Told};
use super::object::Object;
use super::plan::{Objective, ObjectiveId, Plan, PlanId, Theme, ThemeId};
use super::progress::{Counts, Word};
use super::rewind::Since;
use super::store;
use super::then::Then;
use crate::db::{self, Tx};

/// A plan with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    pub plan: Plan,
    /// The day it is shown for.
    pub day: NaiveDate,
    pub themes: Vec<WholeTheme>,
    /// Who led those actions then whose leads were changed since.
    pub leads_then: HashMap<ActionId, String>,
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

    /// The day anything was last said about an action.
    #[must_use]
    pub fn updated(&self) -> Option<NaiveDate> {
        self.rows().filter_map(|a| a.as_of.updated).max()
    }
}

/// Loads a plan as it stood at the end of that day, each action with every statement that was known then.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, id: PlanId, day: NaiveDate) -> Result<Option<Whole>, db::Error> {
    let then = Then::end_of(day);
    match store::find_plan(tx, id).await? {
        Some(plan) => {
            let progress = store::list_known_progress(tx, id, then).await?;
            Ok(Some(assemble(tx, plan, then, progress).await?))
        }
        None => Ok(None),
    }
}

/// Loads a plan as it stood at the end of that day, each action with the one statement of progress that was in force.
/// Long lists are drawn from this: it takes as long after years as on the first day.
///
/// # Errors
/// When the database refuses.
pub async fn load_standing(tx: &mut Tx, plan: Plan, day: NaiveDate) -> Result<Whole, db::Error> {
    let then = Then::end_of(day);
    let progress = store::list_progress_in_force(tx, plan.id, then).await?;
    assemble(tx, plan, then, progress).await
}

async fn assemble(tx: &mut Tx, mut plan: Plan, then: Then, said: Vec<Progress>) -> Result<Whole, db::Error> {
    let id = plan.id;
    // What stands is read before what was changed since: a change that is committed in between is then put back, and
    // never missed.
    let actions = store::list_actions(tx, id).await?;
    let (themes, objectives) = (store::list_themes(tx, id).await?, store::list_objectives(tx, id).await?);
    let since = Since::of(store::list_changed_since(tx, id, then).await?);
    let undated = store::undated_days(tx, id).await?;
    let is_undated = |source: Source, on: NaiveDate| source == Source::Document && undated.contains(&on);
    let mut progress: HashMap<ActionId, Vec<_>> = HashMap::new();
    for mut said in said {
        if is_undated(said.source, said.said_on) {
            said.source = Source::Undated;
        }
        progress.entry(said.action).or_default().push(said);
    }
    let mut promises: HashMap<ActionId, Vec<_>> = HashMap::new();
    for mut promise in store::list_known_deadlines(tx, id, then).await? {
        if is_undated(promise.source, promise.said_on) {
            promise.source = Source::Undated;
        }
        promises.entry(promise.action).or_default().push(promise);
    }
    since.plan(&mut plan);
    let mut rows: Vec<WholeAction> = Vec::new();
    for mut action in actions.into_iter().filter(|a| since.had(Object::Action(a.id))) {
        since.action(&mut action);
        let told = Told {
            progress: progress.remove(&action.id).unwrap_or_default(),
            promises: promises.remove(&action.id).unwrap_or_default(),
            action,
        };
        rows.push(WholeAction { as_of: told.as_of(then.day), told, parts: vec![] });
    }
    rows.sort_by_key(|row| (row.action().position, row.action().id));
    let parts: Vec<WholeAction> = rows.extract_if(.., |r| r.action().parent.is_some()).collect();
    let places: HashMap<ActionId, usize> = rows.iter().enumerate().map(|(at, r)| (r.action().id, at)).collect();
    for part in parts {
        let above = part.action().parent.and_then(|id| places.get(&id)).and_then(|at| rows.get_mut(*at));
        if let Some(above) = above {
            above.parts.push(part);
        }
    }
    let themes = arrange(themes, objectives, rows, &since);
    Ok(Whole { plan, day: then.day, themes, leads_then: since.leads() })
}

/// The themes that were there then, in order, with their objectives and the actions given.
fn arrange(themes: Vec<Theme>, objectives: Vec<Objective>, rows: Vec<WholeAction>, since: &Since) -> Vec<WholeTheme> {
    let mut actions: HashMap<ObjectiveId, Vec<WholeAction>> = HashMap::new();
    for row in rows {
        actions.entry(row.action().objective).or_default().push(row);
    }
    let mut standing: HashMap<ThemeId, Vec<WholeObjective>> = HashMap::new();
    for mut objective in objectives {
        if since.had(Object::Objective(objective.id)) {
            since.objective(&mut objective);
            let actions = actions.remove(&objective.id).unwrap_or_default();
            standing.entry(objective.theme).or_default().push(WholeObjective { objective, actions });
        }
    }
    let mut arranged = Vec::new();
    for mut theme in themes {
        if since.had(Object::Theme(theme.id)) {
            since.theme(&mut theme);
            let mut under = standing.remove(&theme.id).unwrap_or_default();
            under.sort_by_key(|o| (o.objective.position, o.objective.id));
            arranged.push(WholeTheme { theme, objectives: under });
        }
    }
    arranged.sort_by_key(|t| (t.theme.position, t.theme.id));
    arranged
}

/// Loads the main plan as it stood on that day.
///
/// # Errors
/// When the database refuses.
pub async fn load_open(tx: &mut Tx, day: NaiveDate) -> Result<Option<Whole>, db::Error> {
    match store::find_open_plan(tx).await? {
        Some(plan) => load(tx, plan.id, day).await,
        None => Ok(None),
    }
}

/// Loads every open plan as it stood on that day, the main one first.
///
/// # Errors
/// When the database refuses.
pub async fn load_all_open(tx: &mut Tx, day: NaiveDate) -> Result<Vec<Whole>, db::Error> {
    let mut all = Vec::new();
    for plan in store::list_plans(tx).await?.into_iter().filter(|p| p.is_open) {
        all.push(load_standing(tx, plan, day).await?);
    }
    Ok(all)
}
