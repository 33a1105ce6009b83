//! Courses and who attended them.

use chrono::{DateTime, Utc};

use crate::db::{self, Tx};
use crate::improvement::training::{Attended, Audience, Course, CourseId};
use crate::on;
use crate::thread::id::AccountId;

/// Every course by title.
///
/// # Errors
/// When the database refuses.
pub async fn list_courses(tx: &mut Tx) -> Result<Vec<Course>, db::Error> {
    const SQL: &str =
        "SELECT course_id, title, audience, lasts_months FROM training_courses ORDER BY LOWER(title), course_id";
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

pub(in crate::improvement) async fn insert_course(
    tx: &mut Tx,
    title: &str,
    audience: Audience,
    lasts_months: Option<i64>,
    at: DateTime<Utc>,
) -> Result<CourseId, db::Error> {
    const SQL: &str = "INSERT INTO training_courses (title, audience, lasts_months, created_at) VALUES ($1, $2, $3, $4) RETURNING course_id";
    Ok(
        on!(tx, c => sqlx::query_scalar(SQL).bind(title).bind(audience.code()).bind(lasts_months).bind(at).fetch_one(c).await?),
    )
}

/// Everybody's trainings, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Attended>, db::Error> {
    const SQL: &str =
        "SELECT course_id, account_id, held_on, expires_on FROM trainings ORDER BY held_on DESC, training_id DESC";
    Ok(on!(tx, c => sqlx::query_as(SQL).fetch_all(c).await?))
}

pub(in crate::improvement) async fn insert(
    tx: &mut Tx,
    attended: &Attended,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    const SQL: &str = "INSERT INTO trainings (course_id, account_id, held_on, expires_on, recorded_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    on!(tx, c => sqlx::query(SQL).bind(attended.course_id).bind(attended.account_id).bind(attended.held_on)
        .bind(attended.expires_on).bind(by).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}
