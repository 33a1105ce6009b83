//! The SQL of assignments. Each change of state is one conditional statement, checked by the rows it touched.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::mystery_shopping::assign::NewAssignment;
use crate::mystery_shopping::assignment::Assignment;
use crate::mystery_shopping::key::{AssignmentId, ScenarioId};
use crate::on;
use crate::thread::id::AccountId;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.assignment_id, a.account_id, a.scenario_version_id, v.title, v.channel, a.opens_on, a.closes_on, a.note, \
             a.accepted_at, a.declined_at, a.decline_reason, a.cancelled_at, r.return_id, r.queried_at, \
             r.accepted_at AS return_accepted_at, r.voided_at \
             FROM shop_assignments a JOIN shop_scenario_versions v ON v.scenario_version_id = a.scenario_version_id \
             LEFT JOIN shop_returns r ON r.assignment_id = a.assignment_id ",
            $rest
        )
    };
}

/// An assignment by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: AssignmentId) -> Result<Option<Assignment>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(select!("WHERE a.assignment_id = $1")).bind(id).fetch_optional(c).await?))
}

/// An assignment of that person; none when it is somebody else's.
///
/// # Errors
/// When the database refuses.
pub async fn find_own(tx: &mut Tx, id: AssignmentId, account: AccountId) -> Result<Option<Assignment>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as(select!("WHERE a.assignment_id = $1 AND a.account_id = $2")).bind(id).bind(account).fetch_optional(c).await?),
    )
}

/// A shopper's assignments: what is to be done first, by the end of its window, then what is over, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_own(tx: &mut Tx, account: AccountId) -> Result<Vec<Assignment>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as(select!("WHERE a.account_id = $1 ORDER BY a.closes_on DESC, a.assignment_id DESC")).bind(account).fetch_all(c).await?),
    )
}

/// Assignments that are neither sent, declined nor cancelled, the nearest end first.
///
/// # Errors
/// When the database refuses.
pub async fn list_open(tx: &mut Tx) -> Result<Vec<Assignment>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as(select!("WHERE a.sent_at IS NULL AND a.declined_at IS NULL AND a.cancelled_at IS NULL ORDER BY a.closes_on, a.assignment_id")).fetch_all(c).await?),
    )
}

/// Assignments that a shopper said no to, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_declined(tx: &mut Tx, since: DateTime<Utc>) -> Result<Vec<Assignment>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as(select!("WHERE a.declined_at >= $1 ORDER BY a.declined_at DESC, a.assignment_id DESC")).bind(since).fetch_all(c).await?),
    )
}

const INSERT: &str = "INSERT INTO shop_assignments (account_id, scenario_version_id, opens_on, closes_on, note, created_at, decline_reason) \
    SELECT $1, $2, $3, $4, $5, $6, '' FROM shoppers s \
    WHERE s.account_id = $1 AND s.agreed_on IS NOT NULL AND s.paused_at IS NULL \
    AND EXISTS (SELECT 1 FROM shopper_trainings t WHERE t.account_id = $1 AND t.expires_on >= $4) RETURNING assignment_id";

/// Adds an assignment, only if the shopper agreed, is not paused and is trained until the window ends; none otherwise.
pub(in crate::mystery_shopping) async fn insert_if_ready(
    tx: &mut Tx,
    account: AccountId,
    new: &NewAssignment,
    at: DateTime<Utc>,
) -> Result<Option<AssignmentId>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar(INSERT).bind(account).bind(new.scenario_version).bind(new.opens_on).bind(new.closes_on)
            .bind(&new.note).bind(at).fetch_optional(c).await?),
    )
}

pub(in crate::mystery_shopping) async fn count_open(tx: &mut Tx, account: AccountId) -> Result<i64, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM shop_assignments WHERE account_id = $1 AND sent_at IS NULL AND declined_at IS NULL AND cancelled_at IS NULL").bind(account).fetch_one(c).await?),
    )
}

const COUNT_RECENT: &str = "SELECT COUNT(*) FROM shop_assignments a \
    JOIN shop_scenario_versions v ON v.scenario_version_id = a.scenario_version_id \
    WHERE a.account_id = $1 AND v.scenario_id = $2 AND a.closes_on >= $3 AND a.declined_at IS NULL AND a.cancelled_at IS NULL";

/// How often a shopper was given a scenario in windows that ended on or after a day.
pub(in crate::mystery_shopping) async fn count_recent(
    tx: &mut Tx,
    account: AccountId,
    scenario: ScenarioId,
    since: NaiveDate,
) -> Result<i64, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(COUNT_RECENT).bind(account).bind(scenario).bind(since).fetch_one(c).await?))
}

const ACCEPT: &str = "UPDATE shop_assignments SET accepted_at = COALESCE(accepted_at, $3) \
    WHERE assignment_id = $1 AND account_id = $2 AND declined_at IS NULL AND cancelled_at IS NULL AND sent_at IS NULL";

pub(in crate::mystery_shopping) async fn accept(
    tx: &mut Tx,
    id: AssignmentId,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(on!(tx, c => sqlx::query(ACCEPT).bind(id).bind(account).bind(at).execute(c).await?.rows_affected()) == 1)
}

const DECLINE: &str = "UPDATE shop_assignments SET declined_at = $4, decline_reason = $3 \
    WHERE assignment_id = $1 AND account_id = $2 AND declined_at IS NULL AND cancelled_at IS NULL AND sent_at IS NULL";

pub(in crate::mystery_shopping) async fn decline(
    tx: &mut Tx,
    id: AssignmentId,
    account: AccountId,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(
        on!(tx, c => sqlx::query(DECLINE).bind(id).bind(account).bind(reason).bind(at).execute(c).await?.rows_affected())
            == 1,
    )
}

const CANCEL: &str = "UPDATE shop_assignments SET cancelled_at = $2 \
    WHERE assignment_id = $1 AND declined_at IS NULL AND cancelled_at IS NULL AND sent_at IS NULL";

pub(in crate::mystery_shopping) async fn cancel(
    tx: &mut Tx,
    id: AssignmentId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(on!(tx, c => sqlx::query(CANCEL).bind(id).bind(at).execute(c).await?.rows_affected()) == 1)
}

const MARK_SENT: &str = "UPDATE shop_assignments SET sent_at = $3 WHERE assignment_id = $1 AND account_id = $2 \
    AND accepted_at IS NOT NULL AND declined_at IS NULL AND cancelled_at IS NULL AND sent_at IS NULL";

/// The gate of a return: true once, for the shopper who accepted.
pub(in crate::mystery_shopping) async fn mark_sent(
    tx: &mut Tx,
    id: AssignmentId,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(on!(tx, c => sqlx::query(MARK_SENT).bind(id).bind(account).bind(at).execute(c).await?.rows_affected()) == 1)
}

/// Open assignments whose window has begun and ends by a day, not reminded of yet.
pub(in crate::mystery_shopping) async fn list_to_remind(
    tx: &mut Tx,
    today: NaiveDate,
    ends_by: NaiveDate,
) -> Result<Vec<Assignment>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as(select!("WHERE a.reminded_at IS NULL AND a.sent_at IS NULL AND a.declined_at IS NULL AND a.cancelled_at IS NULL \
            AND a.opens_on <= $1 AND a.closes_on >= $1 AND a.closes_on <= $2 ORDER BY a.assignment_id")).bind(today).bind(ends_by).fetch_all(c).await?),
    )
}

/// Notes a reminder; false when another node just did.
pub(in crate::mystery_shopping) async fn mark_reminded(
    tx: &mut Tx,
    id: AssignmentId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    Ok(
        on!(tx, c => sqlx::query("UPDATE shop_assignments SET reminded_at = $2 WHERE assignment_id = $1 AND reminded_at IS NULL AND sent_at IS NULL").bind(id).bind(at).execute(c).await?.rows_affected())
            == 1,
    )
}
