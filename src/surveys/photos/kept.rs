//! The photos that a draft holds, as its person's pages show them. Nobody else's pages can.

use crate::db::{self, Tx};
use crate::questionnaires::kinds::photo::{self, Kept, Way};
use crate::questionnaires::question::Question;
use crate::surveys::draft::Draft;
use crate::surveys::photos::store;

/// The photo that a draft holds for a question, below the address of the survey; none where there is none.
///
/// # Errors
/// When the database refuses.
pub async fn of_question(
    tx: &mut Tx,
    draft: &Draft,
    question: &Question,
    path: &str,
) -> Result<Option<Kept>, db::Error> {
    let Some(file) = draft.answers.get(question.key).and_then(photo::file) else { return Ok(None) };
    let found = store::list_of_draft(tx, &draft.token_hash).await?.into_iter().find(|photo| photo.file_id == file);
    let kept = |photo: store::Photo| {
        let href = format!("{path}/photos/{}", photo.file_id);
        Kept { href, width: photo.width, height: photo.height }
    };
    Ok(found.map(kept))
}

/// How the question of a photo stands on its person's page.
#[must_use]
pub fn way(kept: Option<Kept>) -> Way {
    kept.map_or(Way::Sent, Way::Kept)
}
