//! What of standards needs a person: a draft to approve by somebody who did not write it, an approved one to publish.

use super::draft;
use super::store::{approvals, versions};
use crate::db::{self, Tx};
use crate::thread::Attention;
use crate::thread::id::AccountId;

/// Drafts that pass the check: to approve for those who may and did not write in them, to publish once they are approved.
///
/// # Errors
/// When the database refuses.
pub async fn needs_attention(
    tx: &mut Tx,
    reader: AccountId,
    approves: bool,
    publishes: bool,
) -> Result<Vec<Attention>, db::Error> {
    let mut needs = Vec::new();
    if !approves && !publishes {
        return Ok(needs);
    }
    for id in versions::list_with_draft(tx).await? {
        let Some(found) = versions::find_draft(tx, id).await? else { continue };
        if !draft::check(found.number, &found.wording).is_empty() {
            continue;
        }
        let title = &found.wording.title;
        if approvals::list_approvals(tx, found.version_id).await?.is_empty() {
            let authors = approvals::list_authors(tx, found.version_id).await?;
            if approves && !authors.iter().any(|(author, _)| *author == reader) {
                let sentence = format!("\u{201c}{title}\u{201d} passes the check and waits to be approved");
                needs.push(Attention { sentence, href: format!("/staff/standards/{id}/approve") });
            }
        } else if publishes {
            let sentence = format!("\u{201c}{title}\u{201d} is approved: publish it");
            needs.push(Attention { sentence, href: format!("/staff/standards/{id}/publish") });
        }
    }
    Ok(needs)
}
