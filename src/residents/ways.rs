//! Several ways of reaching people at once: those that a survey may use.

use std::str::FromStr;

use crate::residents::household::{Household, Way};

/// Ways of reaching people, at least one where it was read from a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ways([bool; Way::ALL.len()]);

impl Ways {
    /// Every way.
    pub const ALL: Self = Self([true; Way::ALL.len()]);

    /// These ways.
    #[must_use]
    pub fn of(ways: &[Way]) -> Self {
        Self(Way::ALL.map(|way| ways.contains(&way)))
    }

    /// Whether a way is among them.
    #[must_use]
    pub fn holds(self, way: Way) -> bool {
        Way::ALL.iter().zip(self.0).any(|(one, is_used)| *one == way && is_used)
    }

    /// Those that are, in the order of [`Way::ALL`].
    pub fn each(self) -> impl Iterator<Item = Way> {
        Way::ALL.into_iter().zip(self.0).filter(|(_, is_used)| *is_used).map(|(way, _)| way)
    }

    /// As they are stored.
    #[must_use]
    pub fn code(self) -> String {
        self.each().map(Way::code).collect::<Vec<_>>().join(",")
    }

    /// The way to reach a home: the one they prefer if it may be used and can be, else the first that can; none where the
    /// home can be reached by none of them.
    #[must_use]
    pub fn to(self, home: &Household) -> Option<Way> {
        let can = |way: &Way| self.holds(*way) && home.has(*way);
        home.preferred.filter(can).or_else(|| Way::ALL.into_iter().find(can))
    }
}

impl FromStr for Ways {
    type Err = ();
    fn from_str(codes: &str) -> Result<Self, ()> {
        let ways: Vec<Way> =
            codes.split(',').filter(|code| !code.is_empty()).map(str::parse).collect::<Result<_, _>>()?;
        Ok(Self::of(&ways))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_home_is_reached_by_no_way_that_may_not_be_used() {
        let mut home = Household::of_reference("H1");
        home.mobile = "07700900001".to_owned();
        home.email = "ann@home.example".to_owned();
        home.preferred = Some(Way::Text);
        let by_mail = Ways::of(&[Way::Email, Way::Post]);
        assert_eq!((Ways::ALL.to(&home), by_mail.to(&home)), (Some(Way::Text), Some(Way::Email)));
        assert_eq!(Ways::of(&[Way::Post]).to(&home), None);
        for ways in [Ways::ALL, by_mail, Ways::of(&[])] {
            assert_eq!(ways.code().parse(), Ok(ways));
        }
        assert_eq!("email,pigeon".parse::<Ways>(), Err(()));
    }
}
