//! What may be shown: figures that disclosure control has released.

use serde::{Deserialize, Serialize};

/// How many answers the figures rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// This many, rounded as the policy says.
    Shown(u32),
    /// Fewer than this many, so that nothing else is shown.
    FewerThan(u32),
    /// Enough in itself, but showing it would reveal a smaller group by subtraction.
    Withheld,
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The answer in words.
    pub label: String,
    /// How many gave it, if that may be said.
    pub cell: Cell,
}

/// A count that may be shown, or the fact that it may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// The count (rounded where the policy says so) and its whole per cent of the base.
    Shown {
        /// How many people, rounded as the policy says.
        count: u32,
        /// Of the base, from the unrounded count.
        percent: u32,
    },
    /// Too small to show, or hidden so that another cannot be worked out.
    Hidden,
}

/// A share with its uncertainty.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// Whole per cent.
    pub percent: u32,
    /// The same in tenths of a per cent, where counts are not rounded.
    pub tenths: Option<u32>,
    /// Lower end of the 95 % interval, in per cent.
    pub low: f64,
    /// Upper end of the 95 % interval, in per cent.
    pub high: f64,
    /// How many answers it rests on, rounded as the policy says.
    pub base: u32,
}

/// The rest of a scale beside its favourable share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// Who chose the middle, in tenths of a per cent of the base.
    pub middle: u32,
    /// Who chose what lies below it, in tenths of a per cent of the base.
    pub below: u32,
}

/// The released figures of one question in one group of people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// How many answers the figures rest on.
    pub base: Base,
    /// Whether counts were rounded, so that a page says "about".
    pub rounded: bool,
    /// One line per answer, in the question's order; empty when the base is too small.
    pub rows: Vec<Row>,
    /// Per cent satisfied (or agreeing, or kept), where the question has favourable answers.
    pub share: Option<Share>,
    /// The mean of the scores, where it makes sense and reveals nothing.
    pub mean: Option<f64>,
    /// How many were not asked, did not answer or said "not applicable", rounded as the policy says; none when withheld.
    pub outside: Option<u32>,
    /// The rest of a scale, where counts are not rounded and it reveals nothing.
    pub split: Option<Split>,
}

impl Table {
    /// Whether there is anything to show.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        matches!(self.base, Base::Shown(_))
    }

    /// How many answers it rests on, if that may be said.
    #[must_use]
    pub fn base(&self) -> Option<u32> {
        match self.base {
            Base::Shown(base) => Some(base),
            Base::FewerThan(_) | Base::Withheld => None,
        }
    }

    /// Whether the base is small enough (under 30) to ask for caution.
    #[must_use]
    pub fn small_base(&self) -> bool {
        self.base().is_some_and(|base| base < 30)
    }

    /// Whether any line is hidden.
    #[must_use]
    pub fn hides_some(&self) -> bool {
        self.rows.iter().any(|row| row.cell == Cell::Hidden)
    }
}
