//! The SQL of what is sealed on its way to a response: unfinished surveys, keyed paper forms, files of answers. Each piece
//! is known by itself, since no two are alike.

use crate::db::{self, Tx};
use crate::on;
use crate::questionnaires::sealed::kept::Purpose;

/// The statements that list what is sealed with the version it belongs to, and that put another in its place.
const fn statements(purpose: Purpose) -> Option<(&'static str, &'static str)> {
    match purpose {
        Purpose::Response => None,
        Purpose::Draft => Some((
            "SELECT surveys.version_id, survey_drafts.sealed FROM survey_drafts \
                JOIN surveys ON surveys.survey_id = survey_drafts.survey_id WHERE survey_drafts.sealed IS NOT NULL",
            "UPDATE survey_drafts SET sealed = $2 WHERE sealed = $1",
        )),
        Purpose::Paper => Some((
            "SELECT surveys.version_id, paper_forms.sealed FROM paper_forms \
                JOIN paper_batches ON paper_batches.batch_id = paper_forms.batch_id \
                JOIN surveys ON surveys.survey_id = paper_batches.survey_id WHERE paper_forms.sealed IS NOT NULL",
            "UPDATE paper_forms SET sealed = $2 WHERE sealed = $1",
        )),
        Purpose::File => Some((
            "SELECT surveys.version_id, answer_files.content FROM answer_files \
                JOIN surveys ON surveys.survey_id = answer_files.survey_id \
                WHERE answer_files.is_sealed AND answer_files.content IS NOT NULL",
            "UPDATE answer_files SET content = $2 WHERE content = $1",
        )),
    }
}

/// What is sealed for a purpose, each with the version it belongs to.
pub async fn list(tx: &mut Tx, purpose: Purpose) -> Result<Vec<(i64, Vec<u8>)>, db::Error> {
    let Some((list, _)) = statements(purpose) else { return Ok(Vec::new()) };
    Ok(on!(tx, c => sqlx::query_as(list).fetch_all(c).await?))
}

/// Puts the same, sealed with another key, in its place.
pub async fn put(tx: &mut Tx, purpose: Purpose, was: &[u8], sealed: &[u8]) -> Result<(), db::Error> {
    let Some((_, put)) = statements(purpose) else { return Ok(()) };
    on!(tx, c => sqlx::query(put).bind(was).bind(sealed).execute(c).await.map(|_| ())?);
    Ok(())
}
