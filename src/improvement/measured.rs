//! The measure before and after an improvement, in words with what stands behind it: drawn from the standard's own figures where there are any.

use crate::performance::Quarter;
use crate::performance::trend::Trend;

/// The measure before and after.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measured {
    pub before: String,
    pub after: String,
    /// Which way it moved, in words; empty where that cannot be said.
    pub moved: String,
}

impl Measured {
    /// Of two periods of a standard.
    #[must_use]
    pub fn of(before: &Quarter, after: &Quarter) -> Self {
        Self {
            before: before.latest.sentence.clone(),
            after: after.latest.sentence.clone(),
            moved: before.moved_until(after).map(Trend::words).unwrap_or_default().to_owned(),
        }
    }
}
