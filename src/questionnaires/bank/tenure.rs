//! The two tenures that the regulator wants measures of, apart from each other.

use serde::{Deserialize, Serialize};

/// How a household holds its home, as far as the measures go. Leaseholders and owners of the whole home are neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tenure {
    /// Low-cost rental accommodation: general needs, supported, housing for older people, intermediate rent.
    Lcra,
    /// Low-cost home ownership: shared ownership that was not bought up whole, shared equity.
    Lcho,
}

impl Tenure {
    /// Both, in the regulator's order.
    pub const ALL: [Self; 2] = [Self::Lcra, Self::Lcho];

    /// The regulator's letters for it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Lcra => "LCRA",
            Self::Lcho => "LCHO",
        }
    }

    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lcra => "Rented homes (LCRA)",
            Self::Lcho => "Part-owned homes (LCHO)",
        }
    }
}
