//! The SQL of the sessions. Whoever changes a place takes the session's row first, by `lock` or by a change of its own, so that changes to one session happen one after another.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::focus_groups::arrange::Plan;
use crate::focus_groups::group::{Group, OpenGroup};
use crate::focus_groups::place::NeedKind;
use crate::on;
use crate::thread::id::FocusGroupId;

#[derive(sqlx::FromRow)]
struct Row {
    focus_group_id: FocusGroupId,
    slug: String,
    title: String,
    purpose: String,
    can_change: String,
    cannot_change: String,
    format: String,
    place: String,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    offers: Json<Vec<String>>,
    capacity: i64,
    taken: i64,
    waiting: i64,
    accepted: i64,
    revision: i64,
    information_given: String,
    notes: String,
    heard: String,
    next_steps: String,
    heard_published_at: Option<DateTime<Utc>>,
    published_at: Option<DateTime<Utc>>,
    cancelled_at: Option<DateTime<Utc>>,
    cancel_reason: String,
}

impl Row {
    fn read(self) -> Result<Group, db::Error> {
        let corrupt = |column| db::Error::Corrupt { table: "focus_groups", column };
        Ok(Group {
            id: self.focus_group_id,
            slug: self.slug,
            title: self.title,
            purpose: self.purpose,
            can_change: self.can_change,
            cannot_change: self.cannot_change,
            format: self.format.parse().map_err(|()| corrupt("format"))?,
            place: self.place,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            offers: self.offers.0.iter().filter_map(|code| code.parse().ok()).collect(),
            capacity: self.capacity,
            taken: self.taken,
            waiting: self.waiting,
            revision: self.revision,
            information_given: self.information_given,
            notes: self.notes,
            heard: self.heard,
            next_steps: self.next_steps,
            heard_published_at: self.heard_published_at,
            published_at: self.published_at,
            cancelled_at: self.cancelled_at,
            cancel_reason: self.cancel_reason,
        })
    }
}

fn codes(offers: &[NeedKind]) -> Json<Vec<&'static str>> {
    Json(offers.iter().map(|kind| kind.code()).collect())
}

/// A session by its key.
///
/// # Errors
/// When the database refuses.
pub async fn find_by_id(tx: &mut Tx, id: FocusGroupId) -> Result<Option<Group>, db::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("SELECT * FROM focus_groups WHERE focus_group_id = $1").bind(id).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

pub(in crate::focus_groups) async fn find_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Group>, db::Error> {
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as("SELECT * FROM focus_groups WHERE slug = $1").bind(slug).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// Every session, the latest start first.
///
/// # Errors
/// When the database refuses.
pub async fn list_all(tx: &mut Tx) -> Result<Vec<Group>, db::Error> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as("SELECT * FROM focus_groups ORDER BY starts_at DESC, focus_group_id DESC").fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

const LIST_TO_COME: &str = "SELECT * FROM focus_groups WHERE published_at IS NOT NULL AND cancelled_at IS NULL AND starts_at > $1 ORDER BY starts_at, focus_group_id";

pub(in crate::focus_groups) async fn list_to_come(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<Group>, db::Error> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST_TO_COME).bind(now).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// Sessions that take sign-ups now, the earliest start first.
///
/// # Errors
/// When the database refuses.
pub async fn open_now(tx: &mut Tx, now: DateTime<Utc>) -> Result<Vec<OpenGroup>, db::Error> {
    Ok(list_to_come(tx, now)
        .await?
        .into_iter()
        .map(|group| OpenGroup {
            places_left: group.places_left(),
            slug: group.slug,
            title: group.title,
            starts_at: group.starts_at,
        })
        .collect())
}

const LIST_HELD: &str = "SELECT * FROM focus_groups WHERE published_at IS NOT NULL AND cancelled_at IS NULL AND starts_at <= $1 ORDER BY starts_at DESC, focus_group_id DESC LIMIT $2";

pub(in crate::focus_groups) async fn list_held(
    tx: &mut Tx,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Group>, db::Error> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(LIST_HELD).bind(now).bind(limit).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

const INSERT: &str = "INSERT INTO focus_groups (slug, title, purpose, can_change, cannot_change, format, place, starts_at, ends_at, offers, capacity, \
    taken, waiting, accepted, revision, information_given, notes, heard, next_steps, cancel_reason, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, 0, 0, 0, '', '', '', '', '', $12) RETURNING focus_group_id";

pub(in crate::focus_groups) async fn insert(
    tx: &mut Tx,
    plan: &Plan,
    now: DateTime<Utc>,
) -> Result<FocusGroupId, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(&plan.slug).bind(&plan.title).bind(&plan.purpose).bind(&plan.can_change).bind(&plan.cannot_change)
        .bind(plan.format.code()).bind(&plan.place).bind(plan.starts_at).bind(plan.ends_at).bind(codes(&plan.offers)).bind(plan.capacity)
        .bind(now).fetch_one(c).await?))
}

// The capacity may fall to what is taken, never below.
const UPDATE: &str = "UPDATE focus_groups SET slug = $2, title = $3, purpose = $4, can_change = $5, cannot_change = $6, format = $7, offers = $8, capacity = $9 \
    WHERE focus_group_id = $1 AND taken <= $9";

/// Saves the words, the support and the capacity; false when more places are taken than the new capacity has.
pub(in crate::focus_groups) async fn update(tx: &mut Tx, id: FocusGroupId, plan: &Plan) -> Result<bool, db::Error> {
    let changed = on!(tx, c => sqlx::query(UPDATE)
        .bind(id).bind(&plan.slug).bind(&plan.title).bind(&plan.purpose).bind(&plan.can_change).bind(&plan.cannot_change)
        .bind(plan.format.code()).bind(codes(&plan.offers)).bind(plan.capacity).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

const MOVE: &str = "UPDATE focus_groups SET place = $2, starts_at = $3, ends_at = $4, revision = revision + 1 WHERE focus_group_id = $1 AND cancelled_at IS NULL";

pub(in crate::focus_groups) async fn set_time_and_place(
    tx: &mut Tx,
    id: FocusGroupId,
    place: &str,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    let changed = on!(tx, c => sqlx::query(MOVE).bind(id).bind(place).bind(starts_at).bind(ends_at).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

pub(in crate::focus_groups) async fn mark_published(
    tx: &mut Tx,
    id: FocusGroupId,
    at: DateTime<Utc>,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE focus_groups SET published_at = $2 WHERE focus_group_id = $1 AND published_at IS NULL AND cancelled_at IS NULL AND starts_at > $2";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(at).execute(c).await?.rows_affected()) == 1)
}

pub(in crate::focus_groups) async fn mark_cancelled(
    tx: &mut Tx,
    id: FocusGroupId,
    at: DateTime<Utc>,
    reason: &str,
) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE focus_groups SET cancelled_at = $2, cancel_reason = $3, revision = revision + 1 WHERE focus_group_id = $1 AND cancelled_at IS NULL AND starts_at > $2";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).bind(at).bind(reason).execute(c).await?.rows_affected()) == 1)
}

/// Throws a session away; false when it was opened to residents or somebody is on its list, or it is gone.
pub(in crate::focus_groups) async fn delete_draft(tx: &mut Tx, id: FocusGroupId) -> Result<bool, db::Error> {
    const SQL: &str = "DELETE FROM focus_groups WHERE focus_group_id = $1 AND published_at IS NULL \
        AND NOT EXISTS (SELECT 1 FROM places WHERE places.focus_group_id = focus_groups.focus_group_id)";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()) == 1)
}

const SAVE_RECORD: &str = "UPDATE focus_groups SET information_given = $2, notes = $3, heard = $4, next_steps = $5, heard_published_at = $6 WHERE focus_group_id = $1";

pub(in crate::focus_groups) async fn save_record(
    tx: &mut Tx,
    id: FocusGroupId,
    texts: [&str; 4],
    heard_published_at: Option<DateTime<Utc>>,
) -> Result<(), db::Error> {
    let [information, notes, heard, next_steps] = texts;
    let changed = on!(tx, c => sqlx::query(SAVE_RECORD).bind(id).bind(information).bind(notes).bind(heard).bind(next_steps).bind(heard_published_at).execute(c).await?.rows_affected());
    db::one_row(changed)
}

/// Takes the session's row until the end of the transaction and reads it.
pub(in crate::focus_groups) async fn lock(tx: &mut Tx, id: FocusGroupId) -> Result<Option<Group>, db::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("UPDATE focus_groups SET accepted = accepted WHERE focus_group_id = $1 RETURNING *").bind(id).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

// One statement decides: a place while there is one and nobody waits, else the end of the waiting list.
const TAKE: &str = "UPDATE focus_groups SET accepted = accepted + 1, \
    taken = taken + CASE WHEN taken < capacity AND waiting = 0 THEN 1 ELSE 0 END, \
    waiting = waiting + CASE WHEN taken < capacity AND waiting = 0 THEN 0 ELSE 1 END \
    WHERE focus_group_id = $1 AND published_at IS NOT NULL AND cancelled_at IS NULL AND starts_at > $2 RETURNING *";

/// Takes a place, or the end of the waiting list; none when the group takes nobody.
/// Gives the session as it is now and the newcomer's number; they have a place exactly when nobody waits.
pub(in crate::focus_groups) async fn take(
    tx: &mut Tx,
    id: FocusGroupId,
    now: DateTime<Utc>,
) -> Result<Option<(Group, i64)>, db::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(TAKE).bind(id).bind(now).fetch_optional(c).await?);
    row.map(|row| {
        let number = row.accepted;
        row.read().map(|group| (group, number))
    })
    .transpose()
}

/// Moves one from the waiting list to a held place; false when there is no free place or nobody waits.
pub(in crate::focus_groups) async fn move_up(tx: &mut Tx, id: FocusGroupId) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE focus_groups SET taken = taken + 1, waiting = waiting - 1 WHERE focus_group_id = $1 AND taken < capacity AND waiting > 0";
    Ok(on!(tx, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()) == 1)
}

/// Gives back a held place.
pub(in crate::focus_groups) async fn give_back(tx: &mut Tx, id: FocusGroupId) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE focus_groups SET taken = taken - 1 WHERE focus_group_id = $1 AND taken > 0";
    db::one_row(on!(tx, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()))
}

/// Takes one off the waiting list.
pub(in crate::focus_groups) async fn wait_no_more(tx: &mut Tx, id: FocusGroupId) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE focus_groups SET waiting = waiting - 1 WHERE focus_group_id = $1 AND waiting > 0";
    db::one_row(on!(tx, c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected()))
}
