//! Handing the photos of a draft over to the answers that are sent.

use crate::app::App;
use crate::db::{self, Tx};
use crate::files;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::kinds::photo;
use crate::questionnaires::routing;
use crate::surveys::photos::store;
use crate::surveys::survey::Asked;

/// The names of the photos among the answers to what was asked.
fn named<'a>(asked: &Asked, answers: &'a Answers) -> Vec<&'a str> {
    let questionnaire = &asked.version.questionnaire;
    if questionnaire.photo().is_none() {
        return Vec::new();
    }
    let questions = routing::asked(questionnaire, answers).into_iter().filter_map(|at| questionnaire.at(at));
    let photos = questions.filter(|question| question.kind.is_photo());
    photos.filter_map(|question| photo::file(answers.get(question.key)?)).collect()
}

/// Whether the file of every photo among the answers is there.
pub async fn are_there(app: &App, asked: &Asked, answers: &Answers) -> bool {
    for file in named(asked, answers) {
        if !files::is_there(app, file).await {
            return false;
        }
    }
    true
}

/// Makes every photo among the answers one that was sent. False when one of them is not the draft's own: then the
/// transaction must be dropped.
///
/// # Errors
/// When the database refuses.
pub async fn hand_over(
    tx: &mut Tx,
    asked: &Asked,
    answers: &Answers,
    token_hash: Option<&str>,
) -> Result<bool, db::Error> {
    for file in named(asked, answers) {
        let Some(token_hash) = token_hash else { return Ok(false) };
        if !store::send(tx, asked.version.id, token_hash, file).await? {
            return Ok(false);
        }
    }
    Ok(true)
}
