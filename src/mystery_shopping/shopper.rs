//! Shoppers: residents who agreed to the rules and were trained, and for how long that holds.

use chrono::{DateTime, NaiveDate, Utc};

use crate::thread::id::AccountId;

/// What is recorded of a shopper beside their account.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Shopper {
    pub account_id: AccountId,
    /// When they signed the agreement on confidentiality and conduct.
    pub agreed_on: Option<NaiveDate>,
    pub paused_at: Option<DateTime<Utc>>,
    /// The newest training's last day, none before the first.
    pub trained_until: Option<NaiveDate>,
}

/// One training that a shopper attended.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Training {
    pub trained_on: NaiveDate,
    /// Who held it; never shown outside the programme.
    pub trained_by: String,
    pub expires_on: NaiveDate,
}

/// Whether a shopper may be given a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Trained, agreed, active.
    Ready,
    /// Never trained.
    Untrained,
    /// The training has run out, or would before the day asked about.
    Expired,
    /// The agreement is not recorded.
    NotAgreed,
    /// Resting at their own wish or ours.
    Paused,
}

impl Standing {
    /// The word staff read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Ready => "Ready",
            Self::Untrained => "Not trained",
            Self::Expired => "Training has run out",
            Self::NotAgreed => "Agreement missing",
            Self::Paused => "Paused",
        }
    }
}

impl Shopper {
    /// Whether they may be given a shop that lasts until `last_day`.
    #[must_use]
    pub fn standing(&self, last_day: NaiveDate) -> Standing {
        match self.trained_until {
            _ if self.paused_at.is_some() => Standing::Paused,
            None => Standing::Untrained,
            Some(until) if until < last_day => Standing::Expired,
            Some(_) if self.agreed_on.is_none() => Standing::NotAgreed,
            Some(_) => Standing::Ready,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_shopper_is_ready_while_trained_agreed_and_not_paused() {
        let ready = Shopper {
            account_id: AccountId(1),
            agreed_on: Some(on("2026-01-05")),
            paused_at: None,
            trained_until: Some(on("2026-12-01")),
        };
        assert_eq!(ready.standing(on("2026-12-01")), Standing::Ready);
        assert_eq!(ready.standing(on("2026-12-02")), Standing::Expired);
        assert_eq!(Shopper { trained_until: None, ..ready.clone() }.standing(on("2026-11-01")), Standing::Untrained);
        assert_eq!(Shopper { agreed_on: None, ..ready.clone() }.standing(on("2026-11-01")), Standing::NotAgreed);
        let paused = Shopper { paused_at: Some("2026-11-01T00:00:00Z".parse().unwrap()), ..ready };
        assert_eq!(paused.standing(on("2026-11-01")), Standing::Paused);
    }
}
