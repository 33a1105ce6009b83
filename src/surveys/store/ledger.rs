//! The SQL of mixing: which surveys wait for it, and the list of spent personal links written anew.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::SurveyId;

/// Gives the space of rows that are gone back to the machine, on PostgreSQL, where the old form of a row stays in its file
/// until then.
pub const VACUUM: &str = "VACUUM (FULL) responses, answers, survey_invitations, survey_drafts, survey_photos, files";

/// A survey with answers that still lie in the order in which they came.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Unmixed {
    /// The survey.
    pub survey_id: SurveyId,
    /// The version of the questionnaire it asks.
    pub version_id: i64,
    /// Its title.
    pub title: String,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
    /// How many answers it has.
    pub responses: i64,
    /// How many there were when they were last mixed.
    pub mixed: i64,
}

/// Every survey that has answers which came after the last mixing.
pub async fn list_unmixed(tx: &mut Tx) -> Result<Vec<Unmixed>, db::Error> {
    const LIST: &str = "SELECT surveys.survey_id, surveys.version_id, surveys.title, surveys.closes_at, \
        tallies.responses, tallies.mixed FROM tallies JOIN surveys ON surveys.version_id = tallies.version_id \
        WHERE tallies.mixed < tallies.responses ORDER BY surveys.survey_id";
    Ok(on!(tx, c => sqlx::query_as(LIST).fetch_all(c).await?))
}

/// Forgets drafts whose answers were sent: they hold the time at which somebody answered.
pub async fn forget_sent_drafts(tx: &mut Tx, survey: SurveyId, version_id: i64) -> Result<(), db::Error> {
    const FORGET: &str = "DELETE FROM survey_drafts WHERE survey_id = $1 \
        AND submission_key IN (SELECT submission_key FROM responses WHERE version_id = $2)";
    on!(tx, c => sqlx::query(FORGET).bind(survey).bind(version_id).execute(c).await.map(|_| ())?);
    Ok(())
}

/// Writes the spent personal links of a survey anew, all of them as spent on one day, in an order that has nothing to do
/// with that of the answers: that of their tokens' hashes.
pub async fn rewrite_spent(tx: &mut Tx, survey: SurveyId, on: NaiveDate) -> Result<(), db::Error> {
    const MAKE: &str = "CREATE TEMPORARY TABLE mixed_invitations AS SELECT * FROM survey_invitations WHERE 1 = 0";
    const TAKE: [&str; 2] = [
        "INSERT INTO mixed_invitations SELECT * FROM survey_invitations WHERE survey_id = $1 AND spent_on IS NOT NULL",
        "DELETE FROM survey_invitations WHERE survey_id = $1 AND spent_on IS NOT NULL",
    ];
    const ONE_DAY: &str = "UPDATE mixed_invitations SET spent_on = $1";
    const PUT: [&str; 2] = [
        "INSERT INTO survey_invitations SELECT * FROM mixed_invitations ORDER BY token_hash",
        "DROP TABLE mixed_invitations",
    ];
    on!(tx, c => sqlx::query(MAKE).persistent(false).execute(c).await.map(|_| ())?);
    for take in TAKE {
        on!(tx, c => sqlx::query(take).persistent(false).bind(survey).execute(c).await.map(|_| ())?);
    }
    on!(tx, c => sqlx::query(ONE_DAY).persistent(false).bind(on).execute(c).await.map(|_| ())?);
    for put in PUT {
        on!(tx, c => sqlx::query(put).persistent(false).execute(c).await.map(|_| ())?);
    }
    Ok(())
}

/// How many personal links went to an address, which is written in small letters.
pub async fn count_of_email(tx: &mut Tx, email: &str) -> Result<i64, db::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM survey_invitations WHERE email = $1";
    Ok(on!(tx, c => sqlx::query_scalar(COUNT).bind(email).fetch_one(c).await?))
}

/// Forgets every personal link that went to an address.
pub async fn erase_of_email(tx: &mut Tx, email: &str) -> Result<(), db::Error> {
    const ERASE: &str = "DELETE FROM survey_invitations WHERE email = $1";
    on!(tx, c => sqlx::query(ERASE).bind(email).execute(c).await.map(|_| ())?);
    Ok(())
}
