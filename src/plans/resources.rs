//! What an action costs, as a plan writes it: nothing extra, an estimate, unknown, or other words.

use crate::web::number::grouped;

/// The reading of a resources cell. Money is in pence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resources {
    /// The cell is empty.
    NotStated,
    /// No additional cost.
    NoExtraCost,
    /// The sum of every amount named.
    Estimate(i64),
    /// The plan says that nobody knows yet.
    Unknown,
    /// Words that give no amount; the text itself is kept.
    Other,
}

impl Resources {
    /// The stored code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NotStated => "not_stated",
            Self::NoExtraCost => "none",
            Self::Estimate(_) => "estimate",
            Self::Unknown => "unknown",
            Self::Other => "other",
        }
    }

    /// The amount in pence, for an estimate.
    #[must_use]
    pub fn pence(self) -> Option<i64> {
        match self {
            Self::Estimate(pence) => Some(pence),
            _ => None,
        }
    }

    /// From what is stored; an estimate without an amount is other words.
    #[must_use]
    pub fn stored(code: &str, pence: Option<i64>) -> Self {
        match (code, pence) {
            ("none", _) => Self::NoExtraCost,
            ("estimate", Some(pence)) => Self::Estimate(pence),
            ("unknown", _) => Self::Unknown,
            ("not_stated", _) => Self::NotStated,
            _ => Self::Other,
        }
    }

    /// In plain words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::NotStated => "Not stated".to_owned(),
            Self::NoExtraCost => "No additional cost".to_owned(),
            Self::Estimate(pence) => format!("About {}", pounds(pence)),
            Self::Unknown => "Not known yet".to_owned(),
            Self::Other => "See the plan\u{2019}s own words".to_owned(),
        }
    }
}

/// `£7,500` or `£12.50`.
#[must_use]
pub fn pounds(pence: i64) -> String {
    let (sign, pence) = (if pence < 0 { "-" } else { "" }, pence.saturating_abs());
    let whole = grouped(&(pence / 100));
    match pence % 100 {
        0 => format!("{sign}\u{a3}{whole}"),
        rest => format!("{sign}\u{a3}{whole}.{rest:02}"),
    }
}

/// Reads a resources cell; the second value says what could not be read.
#[must_use]
pub fn read(text: &str) -> (Resources, Vec<String>) {
    let lower = text.trim().to_lowercase();
    if lower.is_empty() {
        return (Resources::NotStated, vec![]);
    }
    let amounts: Vec<Option<i64>> = text.split('\u{a3}').skip(1).map(amount).collect();
    if !amounts.is_empty() {
        let total = amounts.iter().flatten().try_fold(0_i64, |sum, a| sum.checked_add(*a));
        return match total {
            Some(total) if amounts.iter().all(Option::is_some) => (Resources::Estimate(total), vec![]),
            _ => (
                Resources::Other,
                vec![format!("An amount in \u{201c}{}\u{201d} could not be read; kept as written", text.trim())],
            ),
        };
    }
    if lower.contains("unknown") || lower.contains("not known") || lower == "tbc" {
        return (Resources::Unknown, vec![]);
    }
    let none = |line: &str| {
        let line = line.trim().trim_end_matches('.');
        matches!(line, "nac" | "none" | "nil" | "n/a" | "no cost" | "no extra cost")
            || line.starts_with("no additional cost")
    };
    if lower.lines().filter(|l| !l.trim().is_empty()).all(none) {
        return (Resources::NoExtraCost, vec![]);
    }
    (Resources::Other, vec![format!("\u{201c}{}\u{201d} gives no amount; kept as written", text.trim())])
}

/// The amount after a pound sign: `2k`, `2.5k`, `1,200`, `12.50`, `1m`.
fn amount(after: &str) -> Option<i64> {
    let after = after.trim_start();
    let end = after.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.')).unwrap_or(after.len());
    let (digits, rest) = after.split_at_checked(end)?;
    let digits = digits.trim_end_matches(['.', ',']).replace(',', "");
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let unit: i64 = match rest.trim_start().chars().next() {
        Some('k' | 'K') => 100_000,
        Some('m' | 'M') if !rest.trim_start().to_lowercase().starts_with("mo") => 100_000_000,
        _ => 100,
    };
    let whole: i64 = whole.parse().ok()?;
    let mut pence = whole.checked_mul(unit)?;
    let mut place = unit;
    for digit in decimals.chars() {
        place /= 10;
        pence = pence.checked_add(i64::from(digit.to_digit(10)?) * place)?;
    }
    Some(pence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_summed_in_pence() {
        for (text, pence) in [
            ("\u{a3}2k", 200_000),
            ("Printing bill of approx. \u{a3}5k\nPostage of approx. \u{a3}2.5k", 750_000),
            ("\u{a3}1,200.50", 120_050),
            ("about \u{a3} 300.", 30_000),
            ("\u{a3}1.2m", 120_000_000),
            ("\u{a3}40 monthly", 4_000),
        ] {
            assert_eq!(read(text).0, Resources::Estimate(pence), "{text}");
        }
    }

    #[test]
    fn no_cost_and_unknown_are_told_apart() {
        for text in ["NAC", "NAC\nNAC", "No additional cost (NAC)", "None"] {
            assert_eq!(read(text).0, Resources::NoExtraCost, "{text}");
        }
        for text in ["Unknown", "Unknown at this time.", "Costs of the new site are unknown at present."] {
            assert_eq!(read(text).0, Resources::Unknown, "{text}");
        }
        assert_eq!(read("").0, Resources::NotStated);
    }

    #[test]
    fn other_words_are_kept_with_a_warning() {
        let (reading, warnings) = read("Officer time");
        assert_eq!(reading, Resources::Other);
        assert_eq!(warnings.len(), 1);
        assert_eq!(read("\u{a3}lots").0, Resources::Other);
        assert_eq!(read("\u{a3}99999999999999999999").0, Resources::Other);
    }

    #[test]
    fn pounds_are_written_with_commas() {
        assert_eq!(pounds(123_450_000), "\u{a3}1,234,500");
        assert_eq!(pounds(1_250), "\u{a3}12.50");
        assert_eq!(pounds(-5_050), "-\u{a3}50.50");
    }
}
