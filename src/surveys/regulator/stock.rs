//! How many homes of each tenure a landlord has, and which of them are reported together.

use serde::{Deserialize, Serialize};

use crate::questionnaires::bank::Tenure;
use crate::web::Form;

/// The most homes that are believed.
const MOST: i64 = 1_000_000;

/// The homes behind a survey of the measures, as staff typed them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Stock {
    /// Low-cost rental homes, from nought to a million.
    pub lcra_homes: i64,
    /// Low-cost home ownership homes, from nought to a million.
    pub lcho_homes: i64,
    /// Both are reported as one, because there are too few of one to report it apart.
    pub combined: bool,
}

/// Whose answers a figure reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// One tenure.
    Of(Tenure),
    /// Both tenures together.
    Combined,
}

impl Part {
    /// The regulator's letters.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Of(tenure) => tenure.code(),
            Self::Combined => "LCRA and LCHO",
        }
    }

    /// In words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Of(tenure) => tenure.label(),
            Self::Combined => "Both together (LCRA and LCHO)",
        }
    }

    /// Whether it holds people of this tenure.
    #[must_use]
    pub fn holds(self, tenure: Tenure) -> bool {
        match self {
            Self::Of(only) => only == tenure,
            Self::Combined => true,
        }
    }
}

impl Stock {
    /// How many homes of a tenure there are.
    #[must_use]
    pub fn homes(&self, tenure: Tenure) -> u32 {
        let homes = match tenure {
            Tenure::Lcra => self.lcra_homes,
            Tenure::Lcho => self.lcho_homes,
        };
        u32::try_from(homes).unwrap_or(0)
    }

    /// How many homes stand behind a part.
    #[must_use]
    pub fn homes_of(&self, part: Part) -> u32 {
        Tenure::ALL.into_iter().filter(|tenure| part.holds(*tenure)).map(|tenure| self.homes(tenure)).sum()
    }

    /// What must be accurate enough by itself: both together, or each tenure that has homes.
    #[must_use]
    pub fn reported(&self) -> Vec<Part> {
        if self.combined {
            return vec![Part::Combined];
        }
        Tenure::ALL.into_iter().filter(|tenure| self.homes(*tenure) > 0).map(Part::Of).collect()
    }
}

/// Reads the form; none when something is wrong, which the form then says.
pub fn read(form: &mut Form) -> Option<Stock> {
    let message = |which: &str| format!("Enter how many {which} homes you have, from 0 to 1,000,000");
    let lcra_homes = form.whole("lcra_homes", 0..=MOST, &message("rented (LCRA)"));
    let lcho_homes = form.whole("lcho_homes", 0..=MOST, &message("part-owned (LCHO)"));
    let combined = form.has("combined", "yes");
    let (lcra_homes, lcho_homes) = lcra_homes.zip(lcho_homes)?;
    if lcra_homes + lcho_homes == 0 {
        form.error("lcra_homes", "Enter the homes you have: there must be at least one");
    }
    if combined && (lcra_homes == 0 || lcho_homes == 0) {
        form.error("combined", "You can only report both together if you have homes of both");
    }
    form.is_valid().then_some(Stock { lcra_homes, lcho_homes, combined })
}

/// Fills the form with what was typed before.
#[must_use]
pub fn fill(stock: Option<&Stock>) -> Form {
    let Some(stock) = stock else { return Form::default() };
    let combined = if stock.combined { "yes" } else { "" };
    let (lcra, lcho) = (stock.lcra_homes.to_string(), stock.lcho_homes.to_string());
    Form::filled(&[("lcra_homes", &lcra), ("lcho_homes", &lcho), ("combined", combined)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_homes_come_back_from_their_own_form() {
        for combined in [false, true] {
            let stock = Stock { lcra_homes: 8_797, lcho_homes: 84, combined };
            assert_eq!(read(&mut fill(Some(&stock))), Some(stock));
        }
    }

    #[test]
    fn a_stock_without_homes_or_with_one_tenure_to_put_together_is_refused() {
        for (lcra, lcho, combined, field) in [
            ("0", "0", "", "lcra_homes"),
            ("900", "0", "yes", "combined"),
            ("many", "3", "", "lcra_homes"),
            ("3", "", "", "lcho_homes"),
        ] {
            let mut form = Form::filled(&[("lcra_homes", lcra), ("lcho_homes", lcho), ("combined", combined)]);
            assert_eq!(read(&mut form), None, "{lcra} {lcho}");
            assert!(form.error_of(field).is_some(), "{lcra} {lcho}");
        }
    }

    #[test]
    fn tenures_with_homes_are_reported_apart_unless_put_together() {
        let apart = Stock { lcra_homes: 900, lcho_homes: 80, combined: false };
        assert_eq!(apart.reported(), [Part::Of(Tenure::Lcra), Part::Of(Tenure::Lcho)]);
        assert_eq!(Stock { lcho_homes: 0, ..apart }.reported(), [Part::Of(Tenure::Lcra)]);
        let together = Stock { combined: true, ..apart };
        assert_eq!((together.reported(), together.homes_of(Part::Combined)), (vec![Part::Combined], 980));
    }
}
