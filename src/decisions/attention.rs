//! What in decisions needs a person: drafts to approve, and approved ones to publish.

use super::store;
use crate::db::{self, Tx};
use crate::thread::Attention;
use crate::thread::id::AccountId;

/// Drafts of others that this person can approve, and what only waits to be published.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(tx: &mut Tx, reader: AccountId) -> Result<Vec<Attention>, db::Error> {
    let open = store::list_newest(tx).await?.into_iter().filter(|one| one.published_at.is_none());
    let waiting = open.filter_map(|one| {
        let title = &one.text.title;
        let sentence = match one.approved {
            Some(_) => format!("Publish the decision “{title}”"),
            None if one.written_by != reader => format!("Read the decision “{title}” and approve it"),
            None => return None,
        };
        Some(Attention::new(sentence, one.staff_href()))
    });
    Ok(waiting.collect())
}
