//! The SQL of drafts: what a shopper has typed so far.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::mystery_shopping::key::AssignmentId;
use crate::on;

/// The fields of a form in their order.
pub type Fields = Vec<(String, String)>;

const SAVE: &str = "INSERT INTO shop_drafts (assignment_id, fields, saved_at) VALUES ($1, $2, $3) \
    ON CONFLICT (assignment_id) DO UPDATE SET fields = excluded.fields, saved_at = excluded.saved_at";

pub(in crate::mystery_shopping) async fn save(
    tx: &mut Tx,
    id: AssignmentId,
    fields: &Fields,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(SAVE).bind(id).bind(Json(fields)).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(in crate::mystery_shopping) async fn find(tx: &mut Tx, id: AssignmentId) -> Result<Option<Fields>, db::Error> {
    let found: Option<Json<Fields>> = on!(tx, c => sqlx::query_scalar("SELECT fields FROM shop_drafts WHERE assignment_id = $1").bind(id).fetch_optional(c).await?);
    Ok(found.map(|Json(fields)| fields))
}

pub(in crate::mystery_shopping) async fn delete(tx: &mut Tx, id: AssignmentId) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("DELETE FROM shop_drafts WHERE assignment_id = $1").bind(id).execute(c).await.map(|_| ())?);
    Ok(())
}
