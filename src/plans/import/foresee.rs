//! What residents would read once a file is applied. The file is applied in a transaction that is never committed, so
//! that what is foreseen is what comes.

use super::apply::{Into, apply_rows};
use super::look::Look;
use crate::db::Tx;
use crate::plans::progress::{Counts, Word};
use crate::plans::start::StartError;
use crate::plans::store::Written;
use crate::plans::whole::{Whole, load};

/// The public plan as it would stand on the day of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    /// How the actions of the plan would stand, those that the file does not name included; parts are not counted.
    pub counts: Counts,
    /// For each row of the file, the word that residents would read; none for a theme or an objective.
    pub words: Vec<Option<Word>>,
}

impl Foreseen {
    /// The counts in one line: "16 done, 0 on track, 39 late, 3 not started".
    #[must_use]
    pub fn in_words(&self) -> String {
        let always = [Word::Done, Word::OnTrack, Word::Late];
        let always = always.map(|word| format!("{} {}", self.counts.get(word), word.words().to_lowercase())).join(", ");
        let others = self.counts.in_words(&[Word::NotStarted, Word::NotClear, Word::Stopped, Word::Merged]);
        if others.is_empty() { always } else { format!("{always}, {others}") }
    }
}

/// What applying the file would show. The transaction is taken and let go, so that nobody can commit it.
///
/// # Errors
/// When the database refuses, or somebody opened another plan meanwhile.
pub async fn foresee(mut tx: Tx, look: &Look, into: Into, written: Written) -> Result<Foreseen, StartError> {
    let (plan, actions) = apply_rows(&mut tx, look, into, written).await?;
    let today = crate::clock::london_day(written.at);
    let whole = load(&mut tx, plan, today).await?;
    drop(tx);
    let words = actions.into_iter().map(|id| whole.as_ref()?.find(id?).map(|action| action.as_of.word));
    Ok(Foreseen { words: words.collect(), counts: whole.as_ref().map(Whole::counts).unwrap_or_default() })
}
