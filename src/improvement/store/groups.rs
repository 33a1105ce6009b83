//! Improvement groups, their members and meetings.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::improvement::group::{Basis, Group, Meeting, Member};
use crate::improvement::process::ProcessId;
use crate::on;
use crate::thread::id::AccountId;

/// The group of a process, where there is one.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, process: ProcessId) -> Result<Option<Group>, db::Error> {
    const SQL: &str = "SELECT basis, residents FROM improvement_groups WHERE process_id = $1";
    let row: Option<(String, i64)> = on!(tx, c => sqlx::query_as(SQL).bind(process).fetch_optional(c).await?);
    let Some((basis, residents)) = row else { return Ok(None) };
    let basis: Basis =
        basis.parse().map_err(|()| db::Error::Corrupt { table: "improvement_groups", column: "basis" })?;
    Ok(Some(Group { basis, residents, members: list_members(tx, process).await? }))
}

pub(in crate::improvement) async fn save(
    tx: &mut Tx,
    process: ProcessId,
    basis: Basis,
    residents: i64,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_groups (process_id, basis, residents, changed_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (process_id) DO UPDATE SET basis = excluded.basis, residents = excluded.residents, changed_at = excluded.changed_at";
    on!(tx, c => sqlx::query(SQL).bind(process).bind(basis.code()).bind(residents).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(in crate::improvement) async fn list_members(tx: &mut Tx, process: ProcessId) -> Result<Vec<Member>, db::Error> {
    const SQL: &str = "SELECT member_id, name, from_on, until_on FROM improvement_group_members WHERE process_id = $1 ORDER BY from_on, member_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(process).fetch_all(c).await?))
}

/// The name of everybody who is or was in a group.
pub(in crate::improvement) async fn list_member_names(tx: &mut Tx) -> Result<Vec<String>, db::Error> {
    Ok(on!(tx, c => sqlx::query_scalar("SELECT DISTINCT name FROM improvement_group_members").fetch_all(c).await?))
}

pub(in crate::improvement) async fn insert_member(
    tx: &mut Tx,
    process: ProcessId,
    name: &str,
    on: NaiveDate,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_group_members (process_id, name, from_on) VALUES ($1, $2, $3)";
    on!(tx, c => sqlx::query(SQL).bind(process).bind(name).bind(on).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(in crate::improvement) async fn end_member(tx: &mut Tx, member: i64, on: NaiveDate) -> Result<(), db::Error> {
    const SQL: &str = "UPDATE improvement_group_members SET until_on = $2 WHERE member_id = $1 AND until_on IS NULL";
    on!(tx, c => sqlx::query(SQL).bind(member).bind(on).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The meetings of a group, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list_meetings(tx: &mut Tx, process: ProcessId) -> Result<Vec<Meeting>, db::Error> {
    const SQL: &str = "SELECT held_on, residents, notes FROM improvement_group_meetings WHERE process_id = $1 ORDER BY held_on DESC, meeting_id DESC";
    Ok(on!(tx, c => sqlx::query_as(SQL).bind(process).fetch_all(c).await?))
}

pub(in crate::improvement) async fn insert_meeting(
    tx: &mut Tx,
    process: ProcessId,
    meeting: &Meeting,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO improvement_group_meetings (process_id, held_on, residents, notes, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    on!(tx, c => sqlx::query(SQL).bind(process).bind(meeting.held_on).bind(meeting.residents).bind(&meeting.notes)
        .bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}
