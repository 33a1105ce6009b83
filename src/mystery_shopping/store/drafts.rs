//! The SQL of drafts: what a shopper has typed so far, and what a moderator has typed for a step not taken yet.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::mystery_shopping::key::AssignmentId;
use crate::on;
use crate::thread::id::ReturnId;

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

const SAVE_MODERATION: &str = "INSERT INTO shop_moderation_drafts (return_id, fields, saved_at) VALUES ($1, $2, $3) \
    ON CONFLICT (return_id) DO UPDATE SET fields = excluded.fields, saved_at = excluded.saved_at";

/// Keeps what a moderator has typed for steps not taken yet; when that is nothing, what was kept before goes.
pub(in crate::mystery_shopping) async fn keep_moderation(
    tx: &mut Tx,
    id: ReturnId,
    fields: &Fields,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    if fields.is_empty() {
        on!(tx, c => sqlx::query("DELETE FROM shop_moderation_drafts WHERE return_id = $1").bind(id).execute(c).await.map(|_| ())?);
    } else {
        on!(tx, c => sqlx::query(SAVE_MODERATION).bind(id).bind(Json(fields)).bind(at).execute(c).await.map(|_| ())?);
    }
    Ok(())
}

/// What was typed for steps not taken yet.
pub(in crate::mystery_shopping) async fn find_moderation(tx: &mut Tx, id: ReturnId) -> Result<Fields, db::Error> {
    let found: Option<Json<Fields>> = on!(tx, c => sqlx::query_scalar("SELECT fields FROM shop_moderation_drafts WHERE return_id = $1").bind(id).fetch_optional(c).await?);
    Ok(found.map(|Json(fields)| fields).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::mystery_shopping::file_return::file;
    use crate::mystery_shopping::outcome::Outcome;
    use crate::mystery_shopping::store::tests::{accepted_shop, account, found, ready, scenario};
    use crate::testing::app_on;
    use crate::thread::id::StandardId;

    db_test!(what_a_moderator_typed_is_kept_until_nothing_is_left_of_it, db => {
        let app = app_on(db);
        let now = app.clock.now();
        let mut tx = app.db.write().await.unwrap();
        let scenario = scenario(&app, &mut tx, StandardId(101), StandardId(102)).await;
        let shopper = account(&app, &mut tx).await;
        ready(&app, &mut tx, &shopper).await;
        let shop = accepted_shop(&app, &mut tx, &shopper, scenario.version).await;
        let new = found(&app, &scenario, &[Outcome::Met, Outcome::NotMet]);
        let id = file(&mut tx, now, &shop, &new, "key", "ABCD2345").await.unwrap();
        assert_eq!(find_moderation(&mut tx, id).await.unwrap(), Fields::new());
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let typed = vec![field("void-reason", "Recognised"), field("question", "Which line?\nAnd when?")];
        keep_moderation(&mut tx, id, &vec![field("value", "75")], now).await.unwrap();
        keep_moderation(&mut tx, id, &typed, now).await.unwrap();
        assert_eq!(find_moderation(&mut tx, id).await.unwrap(), typed);
        keep_moderation(&mut tx, id, &Fields::new(), now).await.unwrap();
        assert_eq!(find_moderation(&mut tx, id).await.unwrap(), Fields::new());
    });
}
