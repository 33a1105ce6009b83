//! The SQL of places, their private links and the support people asked for.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::focus_groups::place::{CameBy, Need, NeedKind, NeedState, Place, PlaceId, State};
use crate::on;
use crate::thread::id::FocusGroupId;

#[derive(sqlx::FromRow)]
struct Row {
    place_id: PlaceId,
    focus_group_id: FocusGroupId,
    number: i64,
    reference: String,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    wishes: String,
    came_by: String,
    state: String,
    state_since: DateTime<Utc>,
    offer_until: Option<DateTime<Utc>>,
    attended: Option<bool>,
    signed_up_at: DateTime<Utc>,
    erased_at: Option<DateTime<Utc>>,
}

impl Row {
    fn read(self) -> Result<Place, db::Error> {
        let corrupt = |column| db::Error::Corrupt { table: "places", column };
        Ok(Place {
            id: self.place_id,
            group_id: self.focus_group_id,
            number: self.number,
            reference: self.reference,
            name: self.name,
            email: self.email,
            phone: self.phone,
            wishes: self.wishes,
            came_by: self.came_by.parse().map_err(|()| corrupt("came_by"))?,
            state: self.state.parse().map_err(|()| corrupt("state"))?,
            state_since: self.state_since,
            offer_until: self.offer_until,
            attended: self.attended,
            signed_up_at: self.signed_up_at,
            erased_at: self.erased_at,
        })
    }
}

/// A place to be written.
pub(in crate::focus_groups) struct NewPlace<'a> {
    pub group_id: FocusGroupId,
    pub number: i64,
    pub reference: &'a str,
    pub person_key: &'a str,
    pub name: &'a str,
    pub email: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub wishes: &'a str,
    pub came_by: CameBy,
    pub state: State,
}

const INSERT: &str = "INSERT INTO places (focus_group_id, number, reference, person_key, name, email, phone, wishes, came_by, state, state_since, signed_up_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) RETURNING place_id";

pub(in crate::focus_groups) async fn insert(
    tx: &mut Tx,
    new: &NewPlace<'_>,
    now: DateTime<Utc>,
) -> Result<PlaceId, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar(INSERT)
        .bind(new.group_id).bind(new.number).bind(new.reference).bind(new.person_key).bind(new.name).bind(new.email).bind(new.phone)
        .bind(new.wishes).bind(new.came_by.code()).bind(new.state.code()).bind(now).fetch_one(c).await?))
}

pub(in crate::focus_groups) async fn insert_link(
    tx: &mut Tx,
    id: PlaceId,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("INSERT INTO place_links (place_id, token_hash, created_at) VALUES ($1, $2, $3)").bind(id).bind(token_hash).bind(now).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Remembers that a letter is about a place.
pub(in crate::focus_groups) async fn insert_letter(tx: &mut Tx, id: PlaceId, letter_id: i64) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("INSERT INTO place_letters (place_id, letter_id) VALUES ($1, $2)").bind(id).bind(letter_id).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The letters about a place, for the last time.
pub(in crate::focus_groups) async fn take_letters(tx: &mut Tx, id: PlaceId) -> Result<Vec<i64>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("DELETE FROM place_letters WHERE place_id = $1 RETURNING letter_id").bind(id).fetch_all(c).await?),
    )
}

pub(in crate::focus_groups) async fn count_links(tx: &mut Tx, id: PlaceId) -> Result<i64, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM place_links WHERE place_id = $1").bind(id).fetch_one(c).await?),
    )
}

pub(in crate::focus_groups) async fn insert_need(
    tx: &mut Tx,
    id: PlaceId,
    kind: NeedKind,
    now: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO support_needs (place_id, kind, state, answer, changed_at) VALUES ($1, $2, 'requested', '', $3) ON CONFLICT (place_id, kind) DO NOTHING";
    on!(tx, c => sqlx::query(SQL).bind(id).bind(kind.code()).bind(now).execute(c).await.map(|_| ())?);
    Ok(())
}

async fn one(tx: &mut Tx, sql: &'static str, key: &str) -> Result<Option<Place>, db::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(sql).bind(key).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// The place behind a private link.
pub(in crate::focus_groups) async fn find_by_link(tx: &mut Tx, token_hash: &str) -> Result<Option<Place>, db::Error> {
    one(tx, "SELECT places.* FROM places JOIN place_links ON place_links.place_id = places.place_id WHERE place_links.token_hash = $1", token_hash).await
}

pub(in crate::focus_groups) async fn find(tx: &mut Tx, id: PlaceId) -> Result<Option<Place>, db::Error> {
    let row: Option<Row> =
        on!(tx, c => sqlx::query_as("SELECT * FROM places WHERE place_id = $1").bind(id).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// The standing place of a person in a group, by the digest of name and address.
pub(in crate::focus_groups) async fn find_by_person(
    tx: &mut Tx,
    group: FocusGroupId,
    person_key: &str,
) -> Result<Option<Place>, db::Error> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as("SELECT * FROM places WHERE focus_group_id = $1 AND person_key = $2").bind(group).bind(person_key).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// Every place that was asked for with an e-mail address, in any case; the newest first.
pub(in crate::focus_groups) async fn list_of_email(tx: &mut Tx, email: &str) -> Result<Vec<Place>, db::Error> {
    const SQL: &str = "SELECT * FROM places WHERE LOWER(email) = LOWER($1) ORDER BY place_id DESC LIMIT 50";
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(SQL).bind(email).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// The names of everybody who signed up for a group and whose details are kept, for those who look that no name goes out.
///
/// # Errors
/// When the database refuses.
pub async fn list_names(tx: &mut Tx) -> Result<Vec<String>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar("SELECT DISTINCT name FROM places WHERE name <> ''").fetch_all(c).await?))
}

/// Everybody who ever signed up, in the order of acceptance.
pub(in crate::focus_groups) async fn list(tx: &mut Tx, group: FocusGroupId) -> Result<Vec<Place>, db::Error> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as("SELECT * FROM places WHERE focus_group_id = $1 ORDER BY number").bind(group).fetch_all(c).await?);
    rows.into_iter().map(Row::read).collect()
}

/// The person who has waited longest.
pub(in crate::focus_groups) async fn first_waiting(
    tx: &mut Tx,
    group: FocusGroupId,
) -> Result<Option<Place>, db::Error> {
    const SQL: &str = "SELECT * FROM places WHERE focus_group_id = $1 AND state = 'waiting' ORDER BY number LIMIT 1";
    let row: Option<Row> = on!(tx, c => sqlx::query_as(SQL).bind(group).fetch_optional(c).await?);
    row.map(Row::read).transpose()
}

/// The position on the waiting list, from 1.
pub(in crate::focus_groups) async fn position(tx: &mut Tx, place: &Place) -> Result<i64, db::Error> {
    const SQL: &str = "SELECT COUNT(*) FROM places WHERE focus_group_id = $1 AND state = 'waiting' AND number <= $2";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(place.group_id).bind(place.number).fetch_one(c).await?))
}

const SET_STATE: &str =
    "UPDATE places SET state = $3, state_since = $4, offer_until = $5 WHERE place_id = $1 AND state = $2";

/// Moves a person from one state to another; false when they are no longer in the first, so that nothing happens twice.
pub(in crate::focus_groups) async fn change_state(
    tx: &mut Tx,
    id: PlaceId,
    from: State,
    to: State,
    now: DateTime<Utc>,
    offer_until: Option<DateTime<Utc>>,
) -> Result<bool, db::Error> {
    let changed = on!(tx, c => sqlx::query(SET_STATE).bind(id).bind(from.code()).bind(to.code()).bind(now).bind(offer_until).execute(c).await?.rows_affected());
    Ok(changed == 1)
}

/// Lets the same person sign up for the group afresh.
pub(in crate::focus_groups) async fn forget_person_key(tx: &mut Tx, id: PlaceId) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE places SET person_key = NULL WHERE place_id = $1").bind(id).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(in crate::focus_groups) async fn set_offer_end(
    tx: &mut Tx,
    id: PlaceId,
    until: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query("UPDATE places SET offer_until = $2 WHERE place_id = $1 AND state = 'offered'").bind(id).bind(until).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Offers whose time has run out.
pub(in crate::focus_groups) async fn list_run_out(
    tx: &mut Tx,
    now: DateTime<Utc>,
) -> Result<Vec<(PlaceId, FocusGroupId)>, db::Error> {
    const SQL: &str = "SELECT place_id, focus_group_id FROM places WHERE state = 'offered' AND offer_until <= $1 ORDER BY offer_until, place_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(now).fetch_all(c).await?))
}

pub(in crate::focus_groups) async fn set_attended(
    tx: &mut Tx,
    group: FocusGroupId,
    id: PlaceId,
    attended: Option<bool>,
) -> Result<bool, db::Error> {
    const SQL: &str =
        "UPDATE places SET attended = $3 WHERE place_id = $2 AND focus_group_id = $1 AND state = 'booked'";
    Ok(on!(tx, c => sqlx::query(SQL).bind(group).bind(id).bind(attended).execute(c).await?.rows_affected()) == 1)
}

pub(in crate::focus_groups) async fn count_attended(tx: &mut Tx, group: FocusGroupId) -> Result<i64, db::Error> {
    const SQL: &str = "SELECT COUNT(*) FROM places WHERE focus_group_id = $1 AND attended";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(group).fetch_one(c).await?))
}

/// Places that still say who a person is, of sessions that were over before an instant.
pub(in crate::focus_groups) async fn list_with_details_before(
    tx: &mut Tx,
    before: DateTime<Utc>,
) -> Result<Vec<PlaceId>, db::Error> {
    const SQL: &str = "SELECT places.place_id FROM places JOIN focus_groups ON focus_groups.focus_group_id = places.focus_group_id \
        WHERE places.erased_at IS NULL AND focus_groups.ends_at < $1 ORDER BY places.place_id";
    Ok(on!(tx, c => sqlx::query_scalar(SQL).bind(before).fetch_all(c).await?))
}

/// Empties everything that says who a person is, and removes their links and needs.
pub(in crate::focus_groups) async fn erase(tx: &mut Tx, id: PlaceId, now: DateTime<Utc>) -> Result<bool, db::Error> {
    const SQL: &str = "UPDATE places SET name = '', email = NULL, phone = NULL, wishes = '', person_key = NULL, erased_at = $2 WHERE place_id = $1 AND erased_at IS NULL";
    let changed = on!(tx, c => sqlx::query(SQL).bind(id).bind(now).execute(c).await?.rows_affected());
    on!(tx, c => sqlx::query("DELETE FROM place_links WHERE place_id = $1").bind(id).execute(c).await.map(|_| ())?);
    on!(tx, c => sqlx::query("DELETE FROM support_needs WHERE place_id = $1").bind(id).execute(c).await.map(|_| ())?);
    Ok(changed == 1)
}

#[derive(sqlx::FromRow)]
struct NeedRow {
    place_id: PlaceId,
    kind: String,
    state: String,
    answer: String,
}

impl NeedRow {
    fn read(self) -> Result<Need, db::Error> {
        let corrupt = |column| db::Error::Corrupt { table: "support_needs", column };
        Ok(Need {
            place_id: self.place_id,
            kind: self.kind.parse().map_err(|()| corrupt("kind"))?,
            state: self.state.parse().map_err(|()| corrupt("state"))?,
            answer: self.answer,
        })
    }
}

/// What one person asked for.
pub(in crate::focus_groups) async fn list_needs(tx: &mut Tx, id: PlaceId) -> Result<Vec<Need>, db::Error> {
    const SQL: &str =
        "SELECT place_id, kind, state, answer FROM support_needs WHERE place_id = $1 ORDER BY support_need_id";
    let rows: Vec<NeedRow> = on!(tx, c => sqlx::query_as(SQL).bind(id).fetch_all(c).await?);
    rows.into_iter().map(NeedRow::read).collect()
}

/// What everybody who has a place, is offered one or waits asked for.
pub(in crate::focus_groups) async fn list_needs_of_group(
    tx: &mut Tx,
    group: FocusGroupId,
) -> Result<Vec<Need>, db::Error> {
    const SQL: &str = "SELECT support_needs.place_id, support_needs.kind, support_needs.state, support_needs.answer FROM support_needs \
        JOIN places ON places.place_id = support_needs.place_id \
        WHERE places.focus_group_id = $1 AND places.state IN ('booked', 'offered', 'waiting') ORDER BY support_needs.support_need_id";
    let rows: Vec<NeedRow> = on!(tx, c => sqlx::query_as(SQL).bind(group).fetch_all(c).await?);
    rows.into_iter().map(NeedRow::read).collect()
}

const SET_NEED: &str = "UPDATE support_needs SET state = $3, answer = $4, changed_at = $5 WHERE place_id = $1 AND kind = $2 AND (state <> $3 OR answer <> $4)";

/// Says what became of a need; false when nothing changed.
pub(in crate::focus_groups) async fn set_need(
    tx: &mut Tx,
    id: PlaceId,
    kind: NeedKind,
    state: NeedState,
    answer: &str,
    now: DateTime<Utc>,
) -> Result<bool, db::Error> {
    let changed = on!(tx, c => sqlx::query(SET_NEED).bind(id).bind(kind.code()).bind(state.code()).bind(answer).bind(now).execute(c).await?.rows_affected());
    Ok(changed == 1)
}
