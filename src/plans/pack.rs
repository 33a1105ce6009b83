//! The pack of a plan: everything that it says as at a day, in a form that comes out the same however often and whenever
//! it is made.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::action::{ActionId, whole};
use super::led::leads_texts;
use super::month::Month;
use super::plan::{Objective, Plan, Theme};
use super::progress::Word;
use super::status::Status;
use super::store;
use super::then::Then;
use super::whole::{WholeAction, load_standing};
use crate::db::{self, Tx};
use crate::exchange::csv;

/// A plan as at a day, for staff and the board: leads are in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    pub plan: String,
    pub introduction: String,
    /// The day that it stands for.
    pub as_of: NaiveDate,
    pub rows: Vec<PackRow>,
}

/// An action, or a part of one, in a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRow {
    /// Its key, by which it is known in every pack of its plan whatever its number.
    pub id: ActionId,
    /// The action that it is part of.
    pub part_of: Option<ActionId>,
    pub theme: String,
    pub objective_ref: String,
    pub objective: String,
    /// `YYYY-MM`, as are the deadlines.
    pub objective_target: Option<String>,
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub text: String,
    pub measure: String,
    pub outcome: String,
    pub leads: String,
    /// What the plan says about cost.
    pub resources: String,
    /// `not_stated`, `none`, `estimate`, `unknown` or `other`.
    pub cost: String,
    /// The estimate in pence, where there is one.
    pub pence: Option<i64>,
    pub deadline_first: Option<String>,
    pub deadline_last: Option<String>,
    pub deadline_revised: Option<String>,
    /// Why it was moved.
    pub deadline_reason: String,
    /// `done`, `on_track`, `not_started`, `stopped`, `merged` or `unclassified`.
    pub status: String,
    /// Unfinished with the deadline in force past.
    pub late: bool,
    pub per_cent: Option<u8>,
    /// The words of the statement in force.
    pub said: String,
    pub updated: Option<NaiveDate>,
    /// The action that carries it on, where it is merged.
    pub merged_into: Option<ActionId>,
    /// The titles of the evidence that stood.
    pub evidence: Vec<String>,
}

impl PackRow {
    /// The words a person knows it by: the reference and the first line.
    #[must_use]
    pub fn name(&self) -> String {
        let text = if self.text.is_empty() { &self.measure } else { &self.text };
        let heading = text.lines().next().unwrap_or_default().trim_end_matches(':');
        self.reference.as_ref().map_or_else(|| heading.to_owned(), |reference| format!("{reference} {heading}"))
    }

    /// The word shown for it.
    #[must_use]
    pub fn word(&self) -> Word {
        Word::of(Status::read(&self.status).unwrap_or(Status::Unclassified), self.late)
    }

    /// The month whose end is its deadline: the revised one if there is one.
    #[must_use]
    pub fn due(&self) -> Option<Month> {
        self.deadline_revised.as_deref().or(self.deadline_last.as_deref()).and_then(Month::read)
    }

    /// By how many months its deadline was moved back, if it was.
    #[must_use]
    pub fn slipped(&self) -> Option<i32> {
        let months =
            Month::read(self.deadline_revised.as_deref()?)?.since(Month::read(self.deadline_last.as_deref()?)?);
        (months > 0).then_some(months)
    }
}

impl Pack {
    /// As JSON.
    ///
    /// # Errors
    /// When a value cannot be written, which none of a pack is.
    pub fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }

    /// Reads what [`Pack::json`] wrote.
    ///
    /// # Errors
    /// When it is no pack.
    pub fn read(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// As a table.
    #[must_use]
    pub fn table(&self) -> Vec<u8> {
        let heading = COLUMNS.map(str::to_owned);
        let rows = self.rows.iter().map(|row| {
            let month = |code: &Option<String>| code.clone().unwrap_or_default();
            let name = |id: ActionId| self.find(id).map(PackRow::name).unwrap_or_default();
            [
                row.theme.clone(),
                row.objective_ref.clone(),
                row.objective.clone(),
                row.reference.clone().unwrap_or_default(),
                row.part_of.map(name).unwrap_or_default(),
                row.text.clone(),
                row.measure.clone(),
                row.outcome.clone(),
                row.leads.clone(),
                row.resources.clone(),
                row.pence.map(pounds).unwrap_or_default(),
                month(&row.deadline_first),
                month(&row.deadline_last),
                month(&row.deadline_revised),
                row.deadline_reason.clone(),
                row.status.clone(),
                if row.late { "true" } else { "false" }.to_owned(),
                row.per_cent.map(|p| p.to_string()).unwrap_or_default(),
                row.said.clone(),
                row.updated.map(|on| on.to_string()).unwrap_or_default(),
                row.merged_into.map(name).unwrap_or_default(),
                row.evidence.join("\n"),
            ]
        });
        csv::write(std::iter::once(heading).chain(rows))
    }

    /// A row by the key of its action.
    #[must_use]
    pub fn find(&self, id: ActionId) -> Option<&PackRow> {
        self.rows.iter().find(|row| row.id == id)
    }
}

/// The columns of the table.
const COLUMNS: [&str; 22] = [
    "theme",
    "objective_ref",
    "objective",
    "ref",
    "part_of",
    "text",
    "measure",
    "outcome",
    "leads",
    "resources",
    "estimate_pounds",
    "deadline_first",
    "deadline_last",
    "deadline_revised",
    "deadline_reason",
    "status",
    "late",
    "per_cent",
    "said",
    "updated",
    "merged_into",
    "evidence",
];

/// `1250.00`, as a spreadsheet reads money.
fn pounds(pence: i64) -> String {
    format!("{}.{:02}", pence / 100, (pence % 100).abs())
}

/// Makes the pack of a plan as at that day.
///
/// # Errors
/// When the database refuses.
pub async fn make(tx: &mut Tx, plan: Plan, day: NaiveDate) -> Result<Pack, db::Error> {
    let id = plan.id;
    // Before what was changed of them since, as in `whole`.
    let mut leads = leads_texts(tx, id).await?;
    let plan = load_standing(tx, plan, day).await?;
    leads.extend(plan.leads_then.clone());
    let mut evidence: std::collections::HashMap<ActionId, Vec<String>> = std::collections::HashMap::new();
    for (action, title) in store::list_known_evidence(tx, id, Then::end_of(day)).await? {
        evidence.entry(action).or_default().push(title);
    }
    let mut rows = Vec::new();
    for theme in &plan.themes {
        for under in &theme.objectives {
            for one in under.actions.iter().flat_map(|a| std::iter::once(a).chain(&a.parts)) {
                let id = one.action().id;
                let led = leads.remove(&id).unwrap_or_default();
                rows.push(row(&theme.theme, &under.objective, one, led, evidence.remove(&id).unwrap_or_default()));
            }
        }
    }
    Ok(Pack { plan: plan.plan.title, introduction: plan.plan.introduction, as_of: day, rows })
}

fn row(theme: &Theme, objective: &Objective, of: &WholeAction, leads: String, evidence: Vec<String>) -> PackRow {
    let (action, standing) = (of.action(), &of.as_of.standing);
    let original = whole(&standing.original);
    let merged = standing.status == Status::Merged;
    let moved = of.told.promises.iter().rfind(|p| p.is_revision && standing.revised.is_some());
    PackRow {
        id: action.id,
        part_of: action.parent,
        theme: theme.title.clone(),
        objective_ref: objective.reference.clone(),
        objective: objective.title.clone(),
        objective_target: objective.target.map(Month::code),
        reference: action.reference.clone(),
        text: action.title.clone(),
        measure: action.measure.clone(),
        outcome: action.outcome.clone(),
        leads,
        resources: action.resources_text.clone(),
        cost: action.resources.code().to_owned(),
        pence: action.resources.pence(),
        deadline_first: original.map(|s| s.first.code()),
        deadline_last: original.map(|s| s.last.code()),
        deadline_revised: standing.revised.map(|s| s.last.code()),
        deadline_reason: moved.map(|p| p.reason.clone()).unwrap_or_default(),
        status: standing.status.code().to_owned(),
        late: of.as_of.late,
        per_cent: of.as_of.per_cent,
        said: of.as_of.words.clone(),
        updated: of.as_of.updated,
        merged_into: action.merged_into.filter(|_| merged),
        evidence,
    }
}
