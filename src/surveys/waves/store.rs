//! The SQL of waves.

use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::SurveyId;

/// The survey that asked the same before a survey, if one is named.
pub async fn find_before(tx: &mut Tx, survey: SurveyId) -> Result<Option<SurveyId>, db::Error> {
    const FIND: &str = "SELECT before_id FROM survey_waves WHERE survey_id = $1";
    Ok(on!(tx, c => sqlx::query_scalar(FIND).bind(survey).fetch_optional(c).await?))
}

/// The survey that names a survey as the one before it.
pub async fn find_after(tx: &mut Tx, survey: SurveyId) -> Result<Option<SurveyId>, db::Error> {
    const FIND: &str = "SELECT survey_id FROM survey_waves WHERE before_id = $1";
    Ok(on!(tx, c => sqlx::query_scalar(FIND).bind(survey).fetch_optional(c).await?))
}

/// Names the survey before a survey. False when another survey names that one already.
pub async fn join(tx: &mut Tx, survey: SurveyId, before: SurveyId) -> Result<bool, db::Error> {
    const JOIN: &str = "INSERT INTO survey_waves (survey_id, before_id) SELECT $1, $2 \
        WHERE NOT EXISTS (SELECT 1 FROM survey_waves WHERE before_id = $2 AND survey_id <> $1) \
        ON CONFLICT (survey_id) DO UPDATE SET before_id = excluded.before_id";
    Ok(on!(tx, c => sqlx::query(JOIN).bind(survey).bind(before).execute(c).await?.rows_affected()) == 1)
}

/// Takes a survey out of its line: it then names none before it.
pub async fn part(tx: &mut Tx, survey: SurveyId) -> Result<(), db::Error> {
    const PART: &str = "DELETE FROM survey_waves WHERE survey_id = $1";
    on!(tx, c => sqlx::query(PART).bind(survey).execute(c).await.map(|_| ())?);
    Ok(())
}
