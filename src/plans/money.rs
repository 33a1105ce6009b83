//! The money in a plan: what it was thought to cost, what was spent, and of how many actions neither is known.

use std::collections::HashMap;

use super::action::ActionId;
use super::resources::{Resources, pounds};
use super::store::Spending;
use super::whole::Whole;
use crate::ui;

/// The sums of a plan, its parts among them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Money {
    /// The sum of all estimates, in pence.
    pub estimate: i64,
    /// What was spent, in pence.
    pub spent: i64,
    /// How many actions cost nothing extra.
    pub none: usize,
    /// How many actions say that nobody knows the cost.
    pub unknown: usize,
    /// How many actions say nothing of cost, or nothing that is an amount.
    pub unstated: usize,
}

impl Money {
    /// Adds a plan up.
    #[must_use]
    pub fn of(whole: &Whole, spending: &[Spending]) -> Self {
        let mut money =
            Self { spent: spending.iter().fold(0, |sum: i64, s| sum.saturating_add(s.pence)), ..Self::default() };
        for row in whole.rows() {
            match row.action().resources {
                Resources::Estimate(pence) => money.estimate = money.estimate.saturating_add(pence),
                Resources::NoExtraCost => money.none += 1,
                Resources::Unknown => money.unknown += 1,
                Resources::NotStated | Resources::Other => money.unstated += 1,
            }
        }
        money
    }

    /// In a sentence.
    #[must_use]
    pub fn words(self) -> String {
        let actions = |count: usize| ui::counted(count, "action", "actions");
        format!(
            "{} in estimates, {} spent. {} cost nothing extra; the cost of {} is not known, and {} give no amount.",
            pounds(self.estimate),
            pounds(self.spent),
            actions(self.none),
            actions(self.unknown),
            actions(self.unstated),
        )
    }
}

/// What was spent on each action, in pence.
#[must_use]
pub fn by_action(spending: &[Spending]) -> HashMap<ActionId, i64> {
    let mut sums: HashMap<ActionId, i64> = HashMap::new();
    for spent in spending {
        let sum = sums.entry(spent.action_id).or_default();
        *sum = sum.saturating_add(spent.pence);
    }
    sums
}

/// Reads pounds as people type them, `1,250.50` or `£20`, into pence; below zero with a minus.
#[must_use]
pub fn read_pounds(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|c| !matches!(c, '\u{a3}' | ',' | ' ')).collect();
    let (sign, text) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    if !digits(whole) || whole.len() > 9 || part.len() > 2 || !(part.is_empty() || digits(part)) {
        return None;
    }
    let pence: i64 = format!("{part:0<2}").parse().ok()?;
    Some(sign * (whole.parse::<i64>().ok()? * 100 + pence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_are_read_as_people_type_them() {
        for (text, pence) in [
            ("20", Some(2000)),
            ("\u{a3}1,250.50", Some(125_050)),
            ("3.5", Some(350)),
            ("-12.05", Some(-1205)),
            ("", None),
            ("1.234", None),
            ("ten", None),
            ("9999999999", None),
            ("1.-5", None),
        ] {
            assert_eq!(read_pounds(text), pence, "{text}");
        }
    }
}
