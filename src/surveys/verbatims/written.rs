//! What can be said of people's own words: how many wrote about each theme, and those that may be shown.

use std::collections::HashMap;

use crate::statistics::counts::{Category, Counts};
use crate::statistics::disclosure::{self, Policy};
use crate::statistics::table::Table;
use crate::surveys::verbatims::mark;
use crate::surveys::verbatims::standing::{Decision, Standing};
use crate::thread::id::ThemeId;

/// What is said of those under none of the themes.
pub const NONE: &str = "Something else";

/// How many of those who wrote something wrote about each theme: a row for each, in their order, and one for those under
/// none of them. One person may have written about several. None where nothing was coded.
#[must_use]
pub fn themes(standing: &Standing, policy: &Policy) -> Option<Table> {
    let places: HashMap<ThemeId, usize> = standing.live().enumerate().map(|(at, theme)| (theme.id, at)).collect();
    if places.is_empty() {
        return None;
    }
    let names = standing.live().map(|theme| theme.name.as_str()).chain([NONE]);
    let mut counts = Counts::several_of(names.map(Category::plain).collect());
    let mut any = false;
    for word in &standing.words {
        match standing.counting(&word.word_key) {
            None => counts.record_outside(),
            Some(coding) => {
                any = true;
                let mut at: Vec<usize> = coding.themes.iter().filter_map(|id| places.get(id).copied()).collect();
                if at.is_empty() {
                    at.push(places.len());
                }
                counts.record_several(&at);
            }
        }
    }
    any.then(|| disclosure::release(&counts, policy))
}

/// The answers that the public reads: those that somebody read and let through, without what was marked, as many as
/// were asked for. Which they are, where there are more, is left to chance.
#[must_use]
pub fn shown(standing: &Standing) -> Vec<String> {
    let most = usize::try_from(standing.frame.most_shown).unwrap_or(0);
    let let_through = standing.words.iter().filter(|word| standing.decision(&word.word_key) == Decision::Show);
    let text = |word: &crate::questionnaires::response::Word| {
        let marks = standing.reviews.get(&word.word_key).map(|review| review.marks.as_slice());
        mark::redacted(&word.value, marks.unwrap_or_default())
    };
    let_through.take(most).map(text).collect()
}
