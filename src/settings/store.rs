//! The SQL of the settings.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use super::Landlord;
use crate::db::{self, Tx};
use crate::on;

/// The landlord's settings, or the defaults before anybody has set them.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx) -> Result<Landlord, db::Error> {
    let found: Option<Json<Landlord>> = on!(tx, c => sqlx::query_scalar("SELECT landlord FROM settings WHERE settings_id = 1").fetch_optional(c).await?);
    Ok(found.map(|Json(landlord)| landlord).unwrap_or_default())
}

const SAVE: &str = "INSERT INTO settings (settings_id, landlord, changed_at) VALUES (1, $1, $2) \
    ON CONFLICT (settings_id) DO UPDATE SET landlord = excluded.landlord, changed_at = excluded.changed_at";

/// Keeps the landlord's settings; every public page shows them.
///
/// # Errors
/// When the database refuses.
pub async fn save(tx: &mut Tx, landlord: &Landlord, at: DateTime<Utc>) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(SAVE).bind(Json(landlord)).bind(at).execute(c).await.map(|_| ())?);
    tx.public_changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;

    db_test!(settings_are_kept_and_every_change_counts_as_published, db => {
        let mut tx = db.write().await.unwrap();
        assert_eq!(find(&mut tx).await.unwrap(), Landlord::default());
        let landlord = Landlord { name: "Mill Lane Homes".into(), ..Landlord::default() };
        let before = db.publication();
        save(&mut tx, &landlord, "2026-01-01T00:00:00Z".parse().unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(db.publication() > before);
        let mut tx = db.read().await.unwrap();
        assert_eq!(find(&mut tx).await.unwrap(), landlord);
    });
}
