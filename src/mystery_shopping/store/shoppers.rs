//! The SQL of shoppers and their trainings.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::mystery_shopping::shopper::{Shopper, Training};
use crate::on;
use crate::thread::id::AccountId;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT s.account_id, s.agreed_on, s.paused_at, \
             (SELECT MAX(t.expires_on) FROM shopper_trainings t WHERE t.account_id = s.account_id) AS trained_until \
             FROM shoppers s ",
            $rest
        )
    };
}

/// Makes sure that an account has a shopper's record.
pub(in crate::mystery_shopping) async fn ensure(
    tx: &mut Tx,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("INSERT INTO shoppers (account_id, created_at) VALUES ($1, $2) ON CONFLICT (account_id) DO NOTHING").bind(account).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Every shopper's record.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Shopper>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(select!("ORDER BY s.account_id")).fetch_all(c).await?))
}

/// A shopper's record.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, account: AccountId) -> Result<Option<Shopper>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(select!("WHERE s.account_id = $1")).bind(account).fetch_optional(c).await?))
}

pub(in crate::mystery_shopping) async fn set_agreed(
    tx: &mut Tx,
    account: AccountId,
    on: NaiveDate,
) -> Result<(), db::Error> {
    db::one_row(
        on!(tx, c => sqlx::query("UPDATE shoppers SET agreed_on = $2 WHERE account_id = $1").bind(account).bind(on).execute(c).await?.rows_affected()),
    )
}

pub(in crate::mystery_shopping) async fn set_paused(
    tx: &mut Tx,
    account: AccountId,
    at: Option<DateTime<Utc>>,
) -> Result<(), db::Error> {
    db::one_row(
        on!(tx, c => sqlx::query("UPDATE shoppers SET paused_at = $2 WHERE account_id = $1").bind(account).bind(at).execute(c).await?.rows_affected()),
    )
}

const INSERT_TRAINING: &str = "INSERT INTO shopper_trainings (account_id, trained_on, trained_by, expires_on, recorded_at) VALUES ($1, $2, $3, $4, $5)";

pub(in crate::mystery_shopping) async fn insert_training(
    tx: &mut Tx,
    account: AccountId,
    training: &Training,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(INSERT_TRAINING).bind(account).bind(training.trained_on).bind(&training.trained_by)
        .bind(training.expires_on).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// A shopper's trainings, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_trainings(tx: &mut Tx, account: AccountId) -> Result<Vec<Training>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT trained_on, trained_by, expires_on FROM shopper_trainings WHERE account_id = $1 ORDER BY trained_on DESC, training_id DESC").bind(account).fetch_all(c).await?),
    )
}
