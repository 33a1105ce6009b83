//! Looking at a file before anything is changed: what each row says, means, and would change.

use chrono::NaiveDate;

use super::diff::{self, Diff, Held};
use super::leads_file;
use super::reading::{self, Reading};
use super::rows::{self, Cells, FileError, Kind, PlanFile};
use crate::db::{self, Tx};
use crate::plans::action::Source;
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
    /// The day the readings stand for: the one a person gave, else the file's own, else today; never before the
    /// last import.
    pub said_on: NaiveDate,
    /// Somebody or the file itself gave the day; else the day is only the one on which the file was sent.
    pub is_dated: bool,
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
#[cfg(test)]
pub async fn look(tx: &mut Tx, bytes: &[u8], leads: Option<&[u8]>, today: NaiveDate) -> Result<Look, LookError> {
    look_as_of(tx, bytes, leads, today, None).await
}

/// Looks at a file as the plan stood on a day that a person gave.
///
/// # Errors
/// When either file is unreadable as a whole.
pub async fn look_as_of(
    tx: &mut Tx,
    bytes: &[u8],
    leads: Option<&[u8]>,
    today: NaiveDate,
    as_of: Option<NaiveDate>,
) -> Result<Look, LookError> {
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
    let given = as_of.or(file.dated).filter(|d| *d <= today);
    let (dated, is_dated) = (given.unwrap_or(today), given.is_some());
    let said_on = if is_another { dated } else { last.map_or(dated, |last| dated.max(last)) };
    let directory = store::list_leads(tx).await?;
    let unnamed = unnamed(&readings, &directory, &names);
    let diff = diff::compare(&file.entries, &held);
    Ok(Look { file, readings, plan, diff, is_another, said_on, is_dated, names, unnamed })
}

impl Look {
    /// The comparison with an empty plan: what a new plan from this file would hold.
    #[must_use]
    pub fn as_new(&self) -> Diff {
        diff::compare(&self.file.entries, &[])
    }

    /// What is wrong with the day a person gave for the file, if anything.
    #[must_use]
    pub fn refusal(&self, as_of: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
        let day = as_of.filter(|day| *day != self.said_on)?;
        if day > today {
            return Some("The day must be today or earlier".to_owned());
        }
        let last = crate::clock::day(self.said_on);
        Some(format!("A later version was imported before, as the plan stood on {last}. Enter that day or a later one"))
    }

    /// The day that the file itself gives, where the plan was brought up to date after it. Who typed a day knows.
    #[must_use]
    pub fn older(&self, as_of: Option<NaiveDate>) -> Option<NaiveDate> {
        self.file.dated.filter(|dated| as_of.is_none() && *dated < self.said_on)
    }

    /// The day the readings stand for, where somebody or the file gave one.
    #[must_use]
    pub fn dated(&self) -> Option<NaiveDate> {
        self.is_dated.then_some(self.said_on)
    }

    /// Which plan the file is, by its day as the end of a sentence: "of 3 May 2024", or "sent on 3 May 2024" where it
    /// gives none.
    #[must_use]
    pub fn of_day(&self) -> String {
        match self.dated() {
            Some(day) => format!("of {}", crate::clock::day(day)),
            None => format!("sent on {}", crate::clock::day(self.said_on)),
        }
    }

    /// Where its statements come from.
    #[must_use]
    pub fn source(&self) -> Source {
        if self.is_dated { Source::Document } else { Source::Undated }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::App;
    use crate::db_test;
    use crate::plans::import::apply::{Into, apply};
    use crate::plans::store::Written;
    use crate::plans::whole::load_open;
    use crate::testing::app_on;

    const PLAN: &[u8] = b"Our plan,,,\nUpdated on 12 November 2009,,,\nRef,Action,Deadline,Status\nHOMES,,,\n1,Repair,,\n1.1,Text people,Dec 2009,Complete.\n1.2,Ask them,Jan 2010,\n";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    async fn import(app: &App, bytes: &[u8], as_of: Option<&str>) -> Look {
        let mut tx = app.db.write().await.unwrap();
        let look = look_as_of(&mut tx, bytes, None, app.clock.today(), as_of.map(day)).await.unwrap();
        assert_eq!(look.refusal(as_of.map(day), app.clock.today()), None);
        apply(&mut tx, &look, Into::Current, Written { at: app.clock.now(), by: None }).await.unwrap();
        tx.commit().await.unwrap();
        look
    }

    db_test!(the_files_own_day_counts_unless_a_person_gives_another, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let today = app.clock.today();
        let said = look_as_of(&mut tx, PLAN, None, today, None).await.unwrap().said_on;
        assert_eq!(said, day("2009-11-12"));
        let given = look_as_of(&mut tx, PLAN, None, today, Some(day("2009-12-01"))).await.unwrap();
        assert_eq!((given.said_on, given.refusal(Some(day("2009-12-01")), today)), (day("2009-12-01"), None));
        let undated = b"Ref,Action,Status\n1,Repair,\n1.1,Text people,\n";
        assert_eq!(look_as_of(&mut tx, undated, None, today, None).await.unwrap().said_on, today);
        let tomorrow = today.succ_opt().unwrap();
        let future = look_as_of(&mut tx, PLAN, None, today, Some(tomorrow)).await.unwrap();
        assert!(future.refusal(Some(tomorrow), today).unwrap().contains("today or earlier"));
    });

    db_test!(a_plan_imported_as_it_stood_says_so_and_twice_changes_nothing, db => {
        let app = app_on(db);
        import(&app, PLAN, Some("2009-12-01")).await;
        let mut tx = app.db.read().await.unwrap();
        let before = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
        drop(tx);
        assert_eq!((before.plan.opened_on, before.updated()), (day("2009-12-01"), Some(day("2009-12-01"))));
        for as_of in [Some("2009-12-01"), None, Some("2010-03-01")] {
            let again = import(&app, PLAN, as_of).await;
            assert_eq!((again.diff.added(), again.diff.changed()), (0, 0));
        }
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(load_open(&mut tx, app.clock.today()).await.unwrap().unwrap(), before);
    });

    db_test!(no_address_names_a_lead_and_a_later_file_leaves_it_as_it_is, db => {
        let app = app_on(db);
        let plan = b"Ref,Action,Lead staff,Status\n1,Repair,,\n1.1,Wilma Otter\xe2\x80\x99s list goes to WO and ZZ,ZZ,\n";
        let leads = b"Initials,Name\nWO,Wilma Otter\n";
        let mut tx = app.db.write().await.unwrap();
        for _ in 0..2 {
            let look = look_as_of(&mut tx, plan, Some(leads), app.clock.today(), None).await.unwrap();
            apply(&mut tx, &look, Into::Current, Written { at: app.clock.now(), by: None }).await.unwrap();
            let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
            let slugs: Vec<&str> = whole.rows().map(|row| row.action().slug.as_str()).collect();
            assert_eq!(slugs, ["1-1-list-goes-to-and"]);
        }
    });

    db_test!(a_later_plain_table_leaves_every_objective_under_its_theme, db => {
        let app = app_on(db);
        let two = b"Ref,Action,Deadline,Status\nHOMES,,,\n1,Repair,,\n1.1,Text people,Dec 2009,\nCARE,,,\n2,Answer,,\n2.1,Ring back,,\n";
        import(&app, two, None).await;
        let plain = b"Ref,Action,Deadline,Status\n1,Repair,,\n1.1,Text people,Dec 2009,\n2,Answer everybody,,\n2.1,Ring back,,\n";
        let look = import(&app, plain, None).await;
        assert_eq!((look.diff.added(), look.diff.changed(), look.diff.missing.len()), (0, 1, 0));
        let mut tx = app.db.read().await.unwrap();
        let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
        let under = |at: usize| whole.themes[at].objectives.iter().map(|o| o.objective.title.as_str()).collect::<Vec<_>>();
        assert_eq!((under(0), under(1)), (vec!["Repair"], vec!["Answer everybody"]));
    });

    db_test!(a_day_before_the_last_import_is_refused_with_that_day, db => {
        let app = app_on(db);
        let first = import(&app, PLAN, Some("2010-03-01")).await;
        let written = Written { at: app.clock.now(), by: None };
        let mut tx = app.db.write().await.unwrap();
        let plan = store::find_open_plan(&mut tx).await.unwrap().unwrap();
        let id = store::insert_import(&mut tx, store::Sent { name: "p.csv", bytes: PLAN }, None, Some(first.said_on), written).await.unwrap();
        store::decide_import(&mut tx, id, Some((plan.id, first.dated())), "", app.clock.now()).await.unwrap();
        let early = Some(day("2009-12-01"));
        let look = look_as_of(&mut tx, PLAN, None, app.clock.today(), early).await.unwrap();
        assert!(look.refusal(early, app.clock.today()).unwrap().contains("1 March 2010"));
        let look = look_as_of(&mut tx, PLAN, None, app.clock.today(), None).await.unwrap();
        assert_eq!((look.older(None), look.said_on), (Some(day("2009-11-12")), day("2010-03-01")));
        assert_eq!(look.older(early), None);
        assert_eq!(first.older(Some(first.said_on)), None);
    });
}
