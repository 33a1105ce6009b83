//! Improvement plans: what an owner or lead manager will do over twelve months, kept up to date version by version.

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::clock::london_day;
use crate::key;
use crate::thread::id::AccountId;

key!(/// A plan of one owner for twelve months.
    PlanId);

/// How many days after a review a plan still counts as up to date.
pub const FRESH_DAYS: i64 = 31;

/// A plan as it stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Plan {
    #[sqlx(rename = "plan_id")]
    pub id: PlanId,
    /// Whose plan it is.
    pub account_id: AccountId,
    pub starts_on: NaiveDate,
    /// How many versions there are, and so the number of the newest.
    pub versions: i64,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_reason: String,
    /// When the whole plan was last looked at.
    pub reviewed_at: DateTime<Utc>,
}

impl Plan {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/improvement/plans/{}", self.id)
    }

    /// The last day of its twelve months.
    #[must_use]
    pub fn ends_on(&self) -> NaiveDate {
        let next = self.starts_on.checked_add_months(Months::new(12)).unwrap_or(self.starts_on);
        next.pred_opt().unwrap_or(next)
    }

    /// True when an activity does not lie within its twelve months.
    #[must_use]
    pub fn leaves_out(&self, starts_on: NaiveDate, due_on: NaiveDate) -> bool {
        starts_on < self.starts_on || due_on > self.ends_on()
    }

    /// How many days ago the whole plan was last looked at.
    #[must_use]
    pub fn days_since_review(&self, today: NaiveDate) -> i64 {
        (today - london_day(self.reviewed_at)).num_days()
    }

    /// True for a live plan that nobody has looked at as a whole for more than 31 days.
    #[must_use]
    pub fn is_stale(&self, today: NaiveDate) -> bool {
        self.closed_at.is_none() && self.days_since_review(today) > FRESH_DAYS
    }
}

/// A version of a plan.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Version {
    pub number: i64,
    /// True for a look at the whole plan.
    pub is_review: bool,
    /// What was changed or seen.
    pub words: String,
    pub written_by: AccountId,
    pub written_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_covers_twelve_months_and_is_stale_after_31_days() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let plan = Plan {
            id: PlanId(1),
            account_id: AccountId(1),
            starts_on: day("2026-04-01"),
            versions: 1,
            closed_at: None,
            closed_reason: String::new(),
            reviewed_at: "2026-10-01T09:00:00Z".parse().unwrap(),
        };
        assert_eq!(plan.ends_on(), day("2027-03-31"));
        assert!(!plan.leaves_out(day("2026-04-01"), day("2027-03-31")));
        assert!(plan.leaves_out(day("2026-03-31"), day("2026-05-01")));
        assert!(plan.leaves_out(day("2027-03-01"), day("2027-04-01")));
        assert!(!plan.is_stale(day("2026-11-01")));
        assert!(plan.is_stale(day("2026-11-02")));
        let closed = Plan { closed_at: Some(plan.reviewed_at), ..plan };
        assert!(!closed.is_stale(day("2026-12-02")));
    }
}
