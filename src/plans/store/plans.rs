//! Plans, themes and objectives.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::plans::month::Month;
use crate::plans::plan::{Objective, ObjectiveId, Plan, PlanId, Theme, ThemeId};

#[derive(sqlx::FromRow)]
struct PlanRow {
    plan_id: PlanId,
    slug: String,
    title: String,
    introduction: String,
    is_open: bool,
    is_main: bool,
    opened_on: NaiveDate,
    closed_on: Option<NaiveDate>,
}

impl From<PlanRow> for Plan {
    fn from(row: PlanRow) -> Self {
        Self {
            id: row.plan_id,
            slug: row.slug,
            title: row.title,
            introduction: row.introduction,
            is_open: row.is_open,
            is_main: row.is_main,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
        }
    }
}

/// The main plan, if there is one.
///
/// # Errors
/// When the database refuses.
pub async fn find_open_plan(tx: &mut Tx) -> Result<Option<Plan>, db::Error> {
    let row: Option<PlanRow> = on!(tx, c => sqlx::query_as("SELECT plan_id, slug, title, introduction, is_open, is_main, opened_on, closed_on FROM plans WHERE is_main").fetch_optional(c).await?);
    Ok(row.map(Plan::from))
}

/// A plan by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find_plan(tx: &mut Tx, id: PlanId) -> Result<Option<Plan>, db::Error> {
    let row: Option<PlanRow> = on!(tx, c => sqlx::query_as("SELECT plan_id, slug, title, introduction, is_open, is_main, opened_on, closed_on FROM plans WHERE plan_id = $1").bind(id).fetch_optional(c).await?);
    Ok(row.map(Plan::from))
}

/// Every plan: the main one first, then those open beside it, then the closed ones, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_plans(tx: &mut Tx) -> Result<Vec<Plan>, db::Error> {
    let rows: Vec<PlanRow> = on!(tx, c => sqlx::query_as("SELECT plan_id, slug, title, introduction, is_open, is_main, opened_on, closed_on FROM plans ORDER BY is_main DESC, is_open DESC, plan_id DESC").fetch_all(c).await?);
    Ok(rows.into_iter().map(Plan::from).collect())
}

const INSERT_PLAN: &str = "INSERT INTO plans (slug, title, introduction, is_open, is_main, opened_on, created_at) VALUES ($1, $2, $3, TRUE, $4, $5, $6) RETURNING plan_id";

/// Opens a plan; `Conflict("plans_is_main_key")` for a main plan while there is another.
///
/// # Errors
/// When there is another main plan, the slug is taken or the database refuses.
pub async fn insert_plan(
    tx: &mut Tx,
    slug: &str,
    title: &str,
    introduction: &str,
    is_main: bool,
    opened_on: NaiveDate,
    at: DateTime<Utc>,
) -> Result<PlanId, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT_PLAN).bind(slug).bind(title).bind(introduction).bind(is_main).bind(opened_on).bind(at).fetch_one(c).await?),
    )
}

/// Changes what a plan says of itself.
///
/// # Errors
/// When there is no such plan or the database refuses.
pub async fn update_plan(tx: &mut Tx, id: PlanId, title: &str, introduction: &str) -> Result<(), db::Error> {
    one_row(
        on!(tx, c => sqlx::query("UPDATE plans SET title = $2, introduction = $3 WHERE plan_id = $1").bind(id).bind(title).bind(introduction).execute(c).await?.rows_affected()),
    )
}

/// Closes the plan if it is open.
///
/// # Errors
/// When it is not open or the database refuses.
pub async fn close_plan(tx: &mut Tx, id: PlanId, on: NaiveDate) -> Result<(), db::Error> {
    one_row(
        on!(tx, c => sqlx::query("UPDATE plans SET is_open = FALSE, is_main = FALSE, closed_on = $2 WHERE plan_id = $1 AND is_open").bind(id).bind(on).execute(c).await?.rows_affected()),
    )
}

/// Makes an open plan the main one in the place of the one that was.
///
/// # Errors
/// When it is not open or the database refuses.
pub async fn set_main_plan(tx: &mut Tx, id: PlanId) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE plans SET is_main = FALSE WHERE is_main").execute(c).await.map(|_| ())?);
    one_row(
        on!(tx, c => sqlx::query("UPDATE plans SET is_main = TRUE WHERE plan_id = $1 AND is_open").bind(id).execute(c).await?.rows_affected()),
    )
}

#[derive(sqlx::FromRow)]
struct ThemeRow {
    theme_id: ThemeId,
    position: i64,
    title: String,
}

/// The themes of a plan, in order.
///
/// # Errors
/// When the database refuses.
pub async fn list_themes(tx: &mut Tx, plan: PlanId) -> Result<Vec<Theme>, db::Error> {
    let rows: Vec<ThemeRow> = on!(tx, c => sqlx::query_as("SELECT theme_id, position, title FROM plan_themes WHERE plan_id = $1 ORDER BY position, theme_id").bind(plan).fetch_all(c).await?);
    Ok(rows.into_iter().map(|r| Theme { id: r.theme_id, position: r.position, title: r.title }).collect())
}

/// Adds a theme.
///
/// # Errors
/// When the database refuses.
pub async fn insert_theme(tx: &mut Tx, plan: PlanId, position: i64, title: &str) -> Result<ThemeId, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("INSERT INTO plan_themes (plan_id, position, title) VALUES ($1, $2, $3) RETURNING theme_id").bind(plan).bind(position).bind(title).fetch_one(c).await?),
    )
}

/// Renames or moves a theme.
///
/// # Errors
/// When there is no such theme or the database refuses.
pub async fn update_theme(tx: &mut Tx, id: ThemeId, position: i64, title: &str) -> Result<(), db::Error> {
    one_row(
        on!(tx, c => sqlx::query("UPDATE plan_themes SET position = $2, title = $3 WHERE theme_id = $1").bind(id).bind(position).bind(title).execute(c).await?.rows_affected()),
    )
}

#[derive(sqlx::FromRow)]
struct ObjectiveRow {
    objective_id: ObjectiveId,
    theme_id: ThemeId,
    position: i64,
    reference: String,
    title: String,
    target_month: Option<String>,
    document: Option<String>,
}

/// The objectives of a plan, in the order of themes and positions.
///
/// # Errors
/// When the database refuses.
pub async fn list_objectives(tx: &mut Tx, plan: PlanId) -> Result<Vec<Objective>, db::Error> {
    const LIST: &str = "SELECT o.objective_id, o.theme_id, o.position, o.reference, o.title, o.target_month, o.document \
        FROM plan_objectives o JOIN plan_themes t ON t.theme_id = o.theme_id WHERE o.plan_id = $1 ORDER BY t.position, t.theme_id, o.position, o.objective_id";
    let rows: Vec<ObjectiveRow> = on!(tx, c => sqlx::query_as(LIST).bind(plan).fetch_all(c).await?);
    let read = |r: ObjectiveRow| Objective {
        id: r.objective_id,
        theme: r.theme_id,
        position: r.position,
        reference: r.reference,
        title: r.title,
        target: r.target_month.as_deref().and_then(Month::read),
        document: r.document,
    };
    Ok(rows.into_iter().map(read).collect())
}

const INSERT_OBJECTIVE: &str = "INSERT INTO plan_objectives (plan_id, theme_id, position, reference, title, target_month, document) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING objective_id";

/// Adds an objective; the key within is ignored. `Conflict("plan_objectives_plan_id_reference_key")` when the reference is taken.
///
/// # Errors
/// When the reference is taken or the database refuses.
pub async fn insert_objective(tx: &mut Tx, plan: PlanId, objective: &Objective) -> Result<ObjectiveId, db::Error> {
    let target = objective.target.map(Month::code);
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT_OBJECTIVE).bind(plan).bind(objective.theme).bind(objective.position).bind(&objective.reference)
        .bind(&objective.title).bind(&target).bind(&objective.document).fetch_one(c).await?),
    )
}

const UPDATE_OBJECTIVE: &str = "UPDATE plan_objectives SET theme_id = $2, position = $3, reference = $4, title = $5, target_month = $6, document = $7 WHERE objective_id = $1";

/// Changes an objective.
///
/// # Errors
/// When the reference is taken, there is no such objective or the database refuses.
pub async fn update_objective(tx: &mut Tx, objective: &Objective) -> Result<(), db::Error> {
    let target = objective.target.map(Month::code);
    one_row(
        on!(tx, c => sqlx::query(UPDATE_OBJECTIVE).bind(objective.id).bind(objective.theme).bind(objective.position).bind(&objective.reference)
        .bind(&objective.title).bind(&target).bind(&objective.document).execute(c).await?.rows_affected()),
    )
}
