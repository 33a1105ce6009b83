//! The example landlord's plan: invented, dated backwards from today, with some of everything a plan meets.

mod beside;
mod dealings;
mod homes;
mod people;
mod places;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use super::action::{ActionId, Progress, Source};
use super::attach_evidence::{Proof, attach_evidence};
use super::deadline::Span;
use super::history::Why;
use super::month::Month;
use super::plan::{Objective, ObjectiveId};
use super::record_progress::{Said, record_progress};
use super::revise_deadline::revise_deadline;
use super::start;
use super::status::Status;
use super::store::{self, Written};
use super::structure::{add_objective, add_theme};
use super::word_action::{Words, add_action};
use crate::app::App;
use crate::db::{self, Tx};
use crate::files;
use crate::people::store::find_by_email;

/// A theme with its objectives.
struct Theme {
    title: &'static str,
    objectives: &'static [Goal],
}

/// An objective; months count from the present one.
struct Goal {
    number: &'static str,
    title: &'static str,
    target: i32,
    actions: &'static [Deed],
}

/// An action. Without a number it is a part of the action above.
struct Deed {
    number: &'static str,
    title: &'static str,
    measure: &'static str,
    outcome: &'static str,
    leads: &'static str,
    cost: &'static str,
    /// First and last month of the deadline.
    due: (i32, i32),
    events: &'static [Event],
}

/// Something that happened to an action, so many days ago.
enum Event {
    /// A report with a share of the work, if it gives one.
    Says(u64, Status, Option<u8>, &'static str),
    /// Evidence: its title, file name and text.
    Shows(u64, &'static str, &'static str, &'static str),
    /// Done without evidence: the words, and why none is needed.
    Waives(u64, &'static str, &'static str),
    /// The deadline moved to that month, and why.
    Moves(u64, i32, &'static str),
    /// Merged into the action of that number.
    Joins(u64, &'static str, &'static str),
    /// Words of an earlier report that do not say how it stands.
    Unclear(u64, &'static str),
}

/// Leads: initials, name, whether a post or group, and the account of the example landlord.
const LEADS: &[(&str, &str, bool, &str)] = &[
    ("OF", "Odile Farthing", false, "officer@larkfield.example"),
    ("MP", "Marcus Plume", false, "manager@larkfield.example"),
    ("ATa", "Anwen Tally", false, "analyst@larkfield.example"),
    ("ELe", "Esi Level", false, "equality@larkfield.example"),
    ("RBr", "Rudi Bramble", false, ""),
    ("TGa", "Tamsin Gale", false, ""),
    ("HoS", "Heads of Service", true, ""),
];

/// How long ago the plan began.
const BEGAN: u64 = 245;

fn at(today: NaiveDate, days_ago: u64) -> (NaiveDate, DateTime<Utc>) {
    let day = today.checked_sub_days(Days::new(days_ago)).unwrap_or(today);
    (day, day.and_time(NaiveTime::MIN).and_utc() + chrono::TimeDelta::hours(10))
}

fn refused(column: &'static str) -> db::Error {
    db::Error::Corrupt { table: "the example plan", column }
}

/// Loads the plan of the example landlord. Its people are there already.
///
/// # Errors
/// When the database refuses, or the example is at odds with its own rules.
pub async fn load(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let today = app.clock.today();
    let (began, began_at) = at(today, BEGAN);
    let manager = find_by_email(tx, "manager@larkfield.example").await?.map(|(account, _)| account.id);
    let written = Written { at: began_at, by: manager };
    let mut members = Vec::new();
    let mut group = None;
    for (initials, name, is_group, email) in LEADS {
        let account = find_by_email(tx, email).await?.map(|(account, _)| account.id);
        let id = store::insert_lead(tx, initials, name, *is_group, account).await?;
        if *is_group {
            group = Some(id);
        } else if matches!(*initials, "MP" | "RBr" | "TGa") {
            members.push(id);
        }
    }
    if let Some(group) = group {
        store::replace_members(tx, group, &members).await?;
    }
    let introduction = "What we have promised to do, after listening to tenants last winter. We report here every month, and a panel of tenants checks what we say.";
    let plan =
        start::start(tx, "Our improvement plan", introduction, began, written).await.map_err(|_| refused("plan"))?;
    let mut loading = Loading { app, plan, written, today, made: vec![], joins: vec![] };
    let why = Why::staff("", written);
    let mut position = 0;
    for theme in homes::THEMES.iter().chain(dealings::THEMES).chain(places::THEMES).chain(people::THEMES) {
        position += 10;
        let theme_id = add_theme(tx, plan, position, theme.title, why, written).await?;
        for goal in theme.objectives {
            let target = Some(Month::of(today).plus(goal.target));
            let objective = Objective {
                id: ObjectiveId(0),
                theme: theme_id,
                position: goal.number.parse::<i64>().unwrap_or(0) * 10,
                reference: goal.number.to_owned(),
                title: goal.title.to_owned(),
                target,
                document: None,
            };
            let objective = add_objective(tx, plan, &objective, why, written).await?;
            for deed in goal.actions {
                loading.add(tx, objective, deed).await?;
            }
        }
    }
    loading.join(tx).await?;
    beside::load_beside(tx, plan, &loading.made, today, manager).await
}

struct Loading<'a> {
    app: &'a App,
    plan: super::plan::PlanId,
    written: Written,
    today: NaiveDate,
    made: Vec<(&'static str, ActionId)>,
    joins: Vec<(ActionId, u64, &'static str, &'static str)>,
}

impl Loading<'_> {
    async fn add(&mut self, tx: &mut Tx, objective: ObjectiveId, deed: &Deed) -> Result<(), db::Error> {
        let month = Month::of(self.today);
        let is_part = deed.number.is_empty();
        let words = Words {
            objective,
            parent: if is_part { self.made.iter().rfind(|(n, _)| !n.is_empty()).map(|(_, id)| *id) } else { None },
            reference: (!is_part).then(|| deed.number.to_owned()),
            title: deed.title.to_owned(),
            measure: deed.measure.to_owned(),
            outcome: deed.outcome.to_owned(),
            resources: deed.cost.to_owned(),
            leads: deed.leads.to_owned(),
        };
        let due = Span { first: month.plus(deed.due.0), last: month.plus(deed.due.1) };
        let id = add_action(tx, self.plan, &words, Some(due), self.written).await.map_err(|_| refused("action"))?;
        self.made.push((deed.number, id));
        for event in deed.events {
            self.happen(tx, id, event).await?;
        }
        Ok(())
    }

    async fn happen(&mut self, tx: &mut Tx, id: ActionId, event: &Event) -> Result<(), db::Error> {
        match event {
            Event::Says(ago, status, per_cent, words) => self.say(tx, id, *ago, *status, *per_cent, words, "").await,
            Event::Waives(ago, words, why) => self.say(tx, id, *ago, Status::Done, None, words, why).await,
            Event::Shows(ago, title, name, text) => {
                let written = self.then(*ago);
                let kept = files::keep_document(self.app, tx, name, text.as_bytes().to_vec(), written.by)
                    .await
                    .map_err(|_| refused("evidence"))?;
                attach_evidence(tx, id, title, Proof::File(kept.file_id), true, written).await.map(|_| ())
            }
            Event::Moves(ago, to, why) => {
                let (on, _) = at(self.today, *ago);
                let span = Span::month(Month::of(self.today).plus(*to));
                revise_deadline(tx, id, span, why, on, self.then(*ago)).await.map_err(|_| refused("deadline"))
            }
            Event::Joins(ago, into, words) => {
                self.joins.push((id, *ago, into, words));
                Ok(())
            }
            Event::Unclear(ago, words) => {
                let (on, _) = at(self.today, *ago);
                let said = Progress {
                    action: id,
                    said_on: on,
                    status: Status::Unclassified,
                    parts: vec![],
                    per_cent: None,
                    words: (*words).to_owned(),
                    source: Source::Document,
                    waiver: String::new(),
                };
                store::insert_progress(tx, &said, None, self.then(*ago)).await
            }
        }
    }

    fn then(&self, ago: u64) -> Written {
        Written { at: at(self.today, ago).1, by: self.written.by }
    }

    #[expect(clippy::too_many_arguments, reason = "one report, word by word")]
    async fn say(
        &self,
        tx: &mut Tx,
        id: ActionId,
        ago: u64,
        status: Status,
        per_cent: Option<u8>,
        words: &str,
        waiver: &str,
    ) -> Result<(), db::Error> {
        let (on, _) = at(self.today, ago);
        let said = Said {
            action: id,
            on,
            status,
            per_cent,
            words: words.to_owned(),
            waiver: waiver.to_owned(),
            merged_into: None,
        };
        record_progress(tx, &said, self.then(ago)).await.map_err(|_| refused("progress"))
    }

    /// Merges last, once the action to merge into is there.
    async fn join(&self, tx: &mut Tx) -> Result<(), db::Error> {
        for (id, ago, into, words) in &self.joins {
            let into = self.made.iter().find(|(n, _)| n == into).map(|(_, id)| *id);
            let (on, _) = at(self.today, *ago);
            let said = Said {
                action: *id,
                on,
                status: Status::Merged,
                per_cent: None,
                words: (*words).to_owned(),
                waiver: String::new(),
                merged_into: into,
            };
            record_progress(tx, &said, self.then(*ago)).await.map_err(|_| refused("merger"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::plans::progress::Word;
    use crate::plans::whole::load_open;
    use crate::testing::app_on;

    db_test!(the_example_plan_has_some_of_everything, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        crate::people::example::load(&app, &mut tx).await.unwrap();
        load(&app, &mut tx).await.unwrap();
        let whole = load_open(&mut tx, app.clock.today()).await.unwrap().unwrap();
        let counts = whole.counts();
        assert!(counts.total() >= 30, "{counts:?}");
        for word in Word::ALL {
            assert!(counts.get(word) > 0, "no action is {word:?}: {counts:?}");
        }
        assert!(counts.done > counts.late, "{counts:?}");
        let first = whole.rows().flat_map(|a| &a.told.progress).map(|p| p.said_on).min().unwrap();
        assert!((app.clock.today() - first).num_days() >= 210, "eight months of history");
        assert!(whole.rows().any(|a| a.as_of.standing.slipped().is_some()));
        assert!(whole.rows().any(|a| !a.parts.is_empty()));
        let then = load_open(&mut tx, app.clock.today() - Days::new(150)).await.unwrap().unwrap();
        assert!(then.counts().done < counts.done, "the past was another day");
    });
}
