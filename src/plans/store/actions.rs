//! Actions and sub-rows.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx, one_row};
use crate::on;
use crate::plans::action::{Action, ActionId};
use crate::plans::plan::{ObjectiveId, PlanId};
use crate::plans::resources::Resources;

#[derive(sqlx::FromRow)]
struct Row {
    action_id: ActionId,
    slug: String,
    objective_id: ObjectiveId,
    parent_id: Option<ActionId>,
    position: i64,
    reference: Option<String>,
    title: String,
    measure: String,
    outcome: String,
    resources: String,
    resources_kind: String,
    resources_pence: Option<i64>,
    merged_into_id: Option<ActionId>,
    document: Option<String>,
    warnings: String,
}

impl From<Row> for Action {
    fn from(row: Row) -> Self {
        Self {
            id: row.action_id,
            slug: row.slug,
            objective: row.objective_id,
            parent: row.parent_id,
            position: row.position,
            reference: row.reference,
            title: row.title,
            measure: row.measure,
            outcome: row.outcome,
            resources: Resources::stored(&row.resources_kind, row.resources_pence),
            resources_text: row.resources,
            merged_into: row.merged_into_id,
            document: row.document,
            warnings: row.warnings.lines().map(str::to_owned).collect(),
        }
    }
}

const LIST: &str = "SELECT action_id, slug, objective_id, parent_id, position, reference, title, measure, outcome, resources, resources_kind, resources_pence, merged_into_id, document, warnings \
    FROM plan_actions WHERE plan_id = $1 ORDER BY position, action_id";

/// Every action and sub-row of a plan, by position.
///
/// # Errors
/// When the database refuses.
pub async fn list_actions(tx: &mut Tx, plan: PlanId) -> Result<Vec<Action>, db::Error> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST).bind(plan).fetch_all(c).await?);
    Ok(rows.into_iter().map(Action::from).collect())
}

/// The plan an action belongs to.
///
/// # Errors
/// When the database refuses.
pub async fn find_plan_of(tx: &mut Tx, action: ActionId) -> Result<Option<PlanId>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT plan_id FROM plan_actions WHERE action_id = $1").bind(action).fetch_optional(c).await?),
    )
}

/// An action by its part of the address, with its plan.
///
/// # Errors
/// When the database refuses.
pub async fn find_action_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<(ActionId, PlanId)>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT action_id, plan_id FROM plan_actions WHERE slug = $1").bind(slug).fetch_optional(c).await?),
    )
}

/// Whether a slug of an action is taken.
///
/// # Errors
/// When the database refuses.
pub async fn is_slug_taken(tx: &mut Tx, slug: &str) -> Result<bool, db::Error> {
    let found: i64 = on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM plan_actions WHERE slug = $1").bind(slug).fetch_one(c).await?);
    Ok(found > 0)
}

const INSERT: &str = "INSERT INTO plan_actions (slug, plan_id, objective_id, parent_id, position, reference, title, measure, outcome, resources, resources_kind, resources_pence, document, warnings, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING action_id";

/// Adds an action; the key within is ignored. `Conflict("plan_actions_plan_id_reference_key")` when the reference is taken.
///
/// # Errors
/// When the reference is taken or the database refuses.
pub async fn insert_action(
    tx: &mut Tx,
    plan: PlanId,
    action: &Action,
    at: DateTime<Utc>,
) -> Result<ActionId, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(&action.slug).bind(plan).bind(action.objective).bind(action.parent).bind(action.position)
        .bind(&action.reference).bind(&action.title).bind(&action.measure).bind(&action.outcome).bind(&action.resources_text)
        .bind(action.resources.code()).bind(action.resources.pence()).bind(&action.document).bind(action.warnings.join("\n")).bind(at).fetch_one(c).await?),
    )
}

const UPDATE: &str = "UPDATE plan_actions SET objective_id = $2, position = $3, reference = $4, title = $5, measure = $6, outcome = $7, resources = $8, resources_kind = $9, \
    resources_pence = $10, document = $11, warnings = $12 WHERE action_id = $1";

/// Changes the words of an action.
///
/// # Errors
/// When the reference is taken, there is no such action or the database refuses.
pub async fn update_action(tx: &mut Tx, action: &Action) -> Result<(), db::Error> {
    one_row(
        on!(tx, c => sqlx::query(UPDATE).bind(action.id).bind(action.objective).bind(action.position).bind(&action.reference).bind(&action.title)
        .bind(&action.measure).bind(&action.outcome).bind(&action.resources_text).bind(action.resources.code()).bind(action.resources.pence())
        .bind(&action.document).bind(action.warnings.join("\n")).execute(c).await?.rows_affected()),
    )
}

/// Says which action another was merged into, or that it is not merged any more.
///
/// # Errors
/// When there is no such action or the database refuses.
pub async fn set_merged_into(tx: &mut Tx, action: ActionId, into: Option<ActionId>) -> Result<(), db::Error> {
    one_row(
        on!(tx, c => sqlx::query("UPDATE plan_actions SET merged_into_id = $2 WHERE action_id = $1").bind(action).bind(into).execute(c).await?.rows_affected()),
    )
}

/// The greatest position in use in a plan, or 0.
///
/// # Errors
/// When the database refuses.
pub async fn last_position(tx: &mut Tx, plan: PlanId) -> Result<i64, db::Error> {
    let last: Option<i64> = on!(tx, c => sqlx::query_scalar("SELECT MAX(position) FROM plan_actions WHERE plan_id = $1").bind(plan).fetch_one(c).await?);
    Ok(last.unwrap_or(0))
}
