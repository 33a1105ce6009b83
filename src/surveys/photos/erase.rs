//! Taking a photo out for good, because it shows somebody, or because its person asks: the row, the file and what was said
//! of it. That a photo was sent still counts.
//!
//! Nothing says whose a photo is. Its person can have it found by the reference of their receipt, which they alone have.

use crate::app::App;
use crate::db::{self, Tx, guard};
use crate::files;
use crate::questionnaires::kinds::photo::{self, ELSEWHERE};
use crate::questionnaires::store as responses;
use crate::surveys::photos::sent::{Of, Sent};
use crate::surveys::photos::store;

/// Takes a photo out. Its bytes are erased by `finish`, once that is durable.
///
/// # Errors
/// When the database refuses.
pub async fn erase(tx: &mut Tx, of: Of, sent: &Sent) -> Result<(), db::Error> {
    responses::replace_word(tx, of.version_id, &sent.word_key, ELSEWHERE).await?;
    store::forget(tx, &sent.file).await?;
    files::forget(tx, &sent.file).await
}

/// The photo that was sent to a question with the answers of this reference.
///
/// # Errors
/// When the database refuses.
pub async fn of_reference(tx: &mut Tx, of: Of, reference: &str) -> Result<Option<Sent>, db::Error> {
    let word = responses::find_word(tx, of.version_id, of.key, reference).await?;
    Ok(word.and_then(|word| {
        let (file, words) = photo::parts(&word.value);
        let (file, words) = (file?.to_owned(), words.to_owned());
        Some(Sent { word_key: word.word_key, file, words })
    }))
}

/// Erases the bytes of a photo that was taken out, and what the database's files still hold of it.
///
/// # Errors
/// When the database cannot be reached.
pub async fn finish(app: &App, file: &str) -> Result<(), db::Error> {
    files::erase(app, file).await;
    guard::flush_erasure(&app.db).await?;
    guard::vacuum(&app.db, store::VACUUM).await
}
