//! The public plan as data, for anybody's program or spreadsheet.

use serde::Serialize;

use axum::http::StatusCode;

use super::parts::asked_plan;
use super::show::as_of;
use crate::exchange::csv;
use crate::plans::led::redaction;
use crate::plans::month::Month;
use crate::plans::redact::Redaction;
use crate::plans::store;
use crate::plans::whole::{Whole, load_standing};
use crate::web::{PageError, Reply, Req};

/// The plan as published.
#[derive(Debug, Serialize)]
pub struct PublicPlan {
    pub title: Option<String>,
    /// The day it stands for.
    pub as_of: String,
    pub actions: Vec<PublicAction>,
}

/// An action or sub-row as published. Never names a member of staff.
#[derive(Debug, Serialize)]
pub struct PublicAction {
    pub theme: String,
    pub objective_ref: String,
    pub objective: String,
    /// None on a sub-row, which follows its action.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub text: String,
    pub measure: String,
    /// `YYYY-MM`, as are the next two.
    pub deadline_first: Option<String>,
    pub deadline_last: Option<String>,
    pub deadline_revised: Option<String>,
    pub status: &'static str,
    /// Unfinished with the current deadline past.
    pub late: bool,
    pub updated: Option<String>,
}

fn publish(whole: &Whole, redaction: &Redaction) -> Vec<PublicAction> {
    let mut list = Vec::new();
    for theme in &whole.themes {
        for objective in &theme.objectives {
            for row in objective.actions.iter().flat_map(|a| std::iter::once(a).chain(&a.parts)) {
                let standing = &row.as_of.standing;
                let original = crate::plans::action::whole(&standing.original);
                list.push(PublicAction {
                    theme: redaction.apply(&theme.theme.title),
                    objective_ref: objective.objective.reference.clone(),
                    objective: redaction.apply(&objective.objective.title),
                    reference: row.action().reference.clone(),
                    text: redaction.apply(&row.action().title),
                    measure: redaction.apply(&row.action().measure),
                    deadline_first: original.map(|s| s.first).map(Month::code),
                    deadline_last: original.map(|s| s.last).map(Month::code),
                    deadline_revised: standing.revised.map(|s| s.last).map(Month::code),
                    status: standing.status.code(),
                    late: row.as_of.late,
                    updated: row.as_of.updated.map(|d| d.to_string()),
                });
            }
        }
    }
    list
}

async fn load(req: &Req) -> Result<Result<PublicPlan, Reply>, PageError> {
    let day = match as_of(req) {
        Ok(day) => day,
        Err(PageError::BadRequest(words)) => {
            return Ok(Err(Reply::bytes("text/plain; charset=utf-8", format!("{words}\n").into_bytes())
                .with_status(StatusCode::BAD_REQUEST)));
        }
        Err(other) => return Err(other),
    };
    let mut tx = req.app.db.read().await?;
    let plan = match req.query("plan") {
        None => store::find_open_plan(&mut tx).await?,
        Some(_) => Some(asked_plan(req, &mut tx).await?),
    };
    let whole = match plan {
        Some(plan) => Some(load_standing(&mut tx, plan, day).await?),
        None => None,
    };
    let redaction = redaction(&mut tx).await?;
    Ok(Ok(PublicPlan {
        title: whole.as_ref().map(|w| redaction.apply(&w.plan.title)),
        as_of: day.to_string(),
        actions: whole.map(|w| publish(&w, &redaction)).unwrap_or_default(),
    }))
}

/// `GET /plan.json`.
///
/// # Errors
/// When the database refuses.
pub async fn json(req: Req) -> Result<Reply, PageError> {
    match load(&req).await? {
        Ok(plan) => Reply::json(&plan),
        Err(refusal) => Ok(refusal),
    }
}

/// `GET /plan.csv`.
///
/// # Errors
/// When the database refuses.
pub async fn table(req: Req) -> Result<Reply, PageError> {
    let plan = match load(&req).await? {
        Ok(plan) => plan,
        Err(refusal) => return Ok(refusal),
    };
    let heading = COLUMNS.map(str::to_owned);
    let rows = plan.actions.into_iter().map(|action| {
        [
            action.theme,
            action.objective_ref,
            action.objective,
            action.reference.unwrap_or_default(),
            action.text,
            action.measure,
            action.deadline_first.unwrap_or_default(),
            action.deadline_last.unwrap_or_default(),
            action.deadline_revised.unwrap_or_default(),
            action.status.to_owned(),
            if action.late { "true" } else { "false" }.to_owned(),
            action.updated.unwrap_or_default(),
        ]
    });
    let bytes = csv::write(std::iter::once(heading).chain(rows));
    Ok(Reply::download("plan.csv", csv::CONTENT_TYPE, bytes))
}

const COLUMNS: [&str; 12] = [
    "theme",
    "objective_ref",
    "objective",
    "ref",
    "text",
    "measure",
    "deadline_first",
    "deadline_last",
    "deadline_revised",
    "status",
    "late",
    "updated",
];
