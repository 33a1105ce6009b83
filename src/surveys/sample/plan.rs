//! How a sample is drawn: by which groups, how many, whom it leaves out; and what became of each home of the list.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::residents::{Household, Ways};

/// The months within which a home is asked for one survey only. Source: `features` F62.
pub const USUAL_MONTHS: i64 = 12;
/// How many reminders there are where nobody says otherwise.
pub const USUAL_REMINDERS: i64 = 2;
/// How many times a home is rung where nobody says otherwise.
pub const USUAL_CALLS: i64 = 6;

/// By what homes are grouped before they are drawn, so that each group is drawn in proportion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strata {
    /// Not at all.
    None,
    Area,
    Tenure,
    /// By area and tenure together.
    Both,
}

impl Strata {
    /// All of them, as they are offered.
    pub const ALL: [Self; 4] = [Self::None, Self::Area, Self::Tenure, Self::Both];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Area => "area",
            Self::Tenure => "tenure",
            Self::Both => "both",
        }
    }

    /// Its name in forms.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "From all homes together",
            Self::Area => "In proportion from each area",
            Self::Tenure => "In proportion from each tenure",
            Self::Both => "In proportion from each area and tenure",
        }
    }

    /// The group of a home.
    #[must_use]
    pub fn of(self, home: &Household) -> String {
        let named = |words: &str| if words.is_empty() { "Not said".to_owned() } else { words.to_owned() };
        match self {
            Self::None => "All homes".to_owned(),
            Self::Area => named(&home.area),
            Self::Tenure => named(&home.tenure),
            Self::Both => format!("{}, {}", named(&home.area), named(&home.tenure)),
        }
    }
}

impl FromStr for Strata {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|strata| strata.code() == code).ok_or(())
    }
}

/// How a sample is to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub strata: Strata,
    /// Tenures, as the list of homes words them, of which every home is drawn that may be asked.
    pub whole: Vec<String>,
    /// How many homes of the other tenures, 1 to 100,000; none for all that may be asked.
    pub wanted: Option<i64>,
    /// Homes drawn for another survey within so many months are left out: 0 to 36.
    pub months: i64,
    /// By which ways homes are asked; those that none of them reaches are left out.
    pub ways: Ways,
    /// 0 to 5.
    pub most_reminders: i64,
    /// 1 to 12.
    pub most_calls: i64,
}

impl Plan {
    /// Whether every home of its tenure is drawn.
    #[must_use]
    pub fn draws_whole(&self, home: &Household) -> bool {
        self.whole.contains(&home.tenure)
    }

    /// The group of a home. Homes of a tenure that is drawn whole never share one with others, so that every group is drawn
    /// in one way.
    #[must_use]
    pub fn group_of(&self, home: &Household) -> String {
        match self.strata {
            Strata::None if self.draws_whole(home) => Strata::Tenure.of(home),
            Strata::Area if self.draws_whole(home) => Strata::Both.of(home),
            strata => strata.of(home),
        }
    }
}

/// What became of a home of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Drawn,
    /// It could have been drawn.
    NotDrawn,
    /// Nobody there may be contacted.
    NoContact,
    /// No way of reaching anybody is known.
    Unreachable,
    /// It was drawn for another survey a short while ago.
    AskedLately,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Drawn, Self::NotDrawn, Self::NoContact, Self::Unreachable, Self::AskedLately];

    /// As it is stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::NotDrawn => "not_drawn",
            Self::NoContact => "no_contact",
            Self::Unreachable => "unreachable",
            Self::AskedLately => "asked_lately",
        }
    }

    /// As a file says it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Drawn => "Drawn",
            Self::NotDrawn => "Not drawn",
            Self::NoContact => "Left out: do not contact",
            Self::Unreachable => "Left out: no way to reach them",
            Self::AskedLately => "Left out: drawn for another survey lately",
        }
    }
}

impl FromStr for Standing {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|standing| standing.code() == code).ok_or(())
    }
}

/// A home of the list as it stood when the sample was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framed {
    pub reference: String,
    pub stratum: String,
    pub standing: Standing,
}

/// How many homes of a group there were, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stratum {
    pub homes: usize,
    pub no_contact: usize,
    pub unreachable: usize,
    pub asked_lately: usize,
    pub drawn: usize,
}

impl Stratum {
    /// How many could have been drawn.
    #[must_use]
    pub const fn reachable(&self) -> usize {
        self.homes - self.no_contact - self.unreachable - self.asked_lately
    }
}

/// The groups of a frame in the order of their names.
#[must_use]
pub fn count(frame: &[Framed]) -> BTreeMap<String, Stratum> {
    let mut strata: BTreeMap<String, Stratum> = BTreeMap::new();
    for framed in frame {
        let stratum = strata.entry(framed.stratum.clone()).or_default();
        stratum.homes += 1;
        match framed.standing {
            Standing::Drawn => stratum.drawn += 1,
            Standing::NotDrawn => {}
            Standing::NoContact => stratum.no_contact += 1,
            Standing::Unreachable => stratum.unreachable += 1,
            Standing::AskedLately => stratum.asked_lately += 1,
        }
    }
    strata
}
