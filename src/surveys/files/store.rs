//! The SQL of files that came into surveys.

use chrono::{DateTime, Utc};
use sqlx::types::Json;

use crate::db::{self, Tx};
use crate::on;
use crate::thread::id::SurveyId;

/// The file that a survey's questions came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name.
    pub file_name: String,
    /// What of it could not be taken over: places with what happened.
    pub left_out: Vec<(String, String)>,
    /// When it was read.
    pub read_at: DateTime<Utc>,
}

/// Notes the file that a new survey came from.
pub async fn insert_source(tx: &mut Tx, survey: SurveyId, source: &Source) -> Result<(), db::Error> {
    const INSERT: &str = "INSERT INTO survey_sources (survey_id, file_name, left_out, read_at) VALUES ($1, $2, $3, $4)";
    on!(tx, c => sqlx::query(INSERT).bind(survey).bind(&source.file_name).bind(Json(&source.left_out))
        .bind(source.read_at).execute(c).await.map(|_| ())?);
    Ok(())
}

/// The file that a survey came from, if it did.
pub async fn find_source(tx: &mut Tx, survey: SurveyId) -> Result<Option<Source>, db::Error> {
    const FIND: &str = "SELECT file_name, left_out, read_at FROM survey_sources WHERE survey_id = $1";
    #[derive(sqlx::FromRow)]
    struct Row {
        file_name: String,
        left_out: Json<Vec<(String, String)>>,
        read_at: DateTime<Utc>,
    }
    let row: Option<Row> = on!(tx, c => sqlx::query_as(FIND).bind(survey).fetch_optional(c).await?);
    Ok(row.map(|row| Source { file_name: row.file_name, left_out: row.left_out.0, read_at: row.read_at }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::surveys::pages::tests::{open, three_questions};
    use crate::surveys::survey::Access;
    use crate::testing::app_on;

    db_test!(a_survey_keeps_the_file_it_came_from_and_what_was_left_out, db => {
        let app = app_on(db);
        let asked = open(&app, Access::Open, &three_questions()).await;
        let left_out = vec![("Question PHOTO".to_owned(), "It was left out".to_owned())];
        let source = Source { file_name: "a.lss".to_owned(), left_out, read_at: app.clock.now() };
        let mut tx = app.db.write().await.unwrap();
        assert_eq!(find_source(&mut tx, asked.survey.id).await.unwrap(), None);
        insert_source(&mut tx, asked.survey.id, &source).await.unwrap();
        assert_eq!(find_source(&mut tx, asked.survey.id).await.unwrap(), Some(source));
    });
}
