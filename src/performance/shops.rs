//! Mystery shops behind a value: counted over the twelve months that end with its period, since a programme does about a dozen of them a year.

use chrono::NaiveDate;

use super::period::Period;
use super::sentence;
use super::value::{Limits, Value};
use crate::mystery_shopping::score::Score;
use crate::standards::Source;

/// How many months of shops stand behind a value, whatever its own span. A programme plans shops for a year, as `mystery_shopping::programme` counts
/// them, and fewer than five are too few to report (`domain` section 3.1, steps 1 and 7): three months of twelve shops a year would never be enough.
pub const MONTHS: u32 = 12;

/// The first day and the last of the shops that count in a period.
#[must_use]
pub fn days(period: Period) -> (NaiveDate, NaiveDate) {
    (period.ends.earlier(MONTHS - 1).first_day(), period.ends.last_day())
}

/// When the things were that a source counts in a period: "the three months to October 2026", "the twelve months to October 2026".
#[must_use]
pub fn when(source: Source, period: Period) -> String {
    if source == Source::Shop { format!("the twelve months to {}", period.ends) } else { sentence::when(period) }
}

/// The same for a narrow table: "August to October 2026", "12 months to October 2026".
#[must_use]
pub fn months(source: Source, period: Period) -> String {
    if source == Source::Shop { format!("12 months to {}", period.ends) } else { period.to_string() }
}

impl Value {
    /// What may be said of the shops alone, with how many there were: "Too few to report (3 shops)". A number of shops speaks of no resident.
    #[must_use]
    pub fn shops_in_words(&self, limits: &Limits) -> String {
        let shops = self.inputs.shops;
        let score = Score { met: shops.met, not_met: shops.not_met, shops: shops.shops, latest_on: shops.on };
        score.reading(&limits.shops).sentence()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::performance::period::Span;
    use crate::performance::value::{Inputs, Shops};
    use crate::settings::Landlord;
    use crate::thread::id::StandardId;

    #[test]
    fn shops_count_over_a_year_that_ends_with_the_period() {
        for span in [Span::Month, Span::Quarter] {
            let period = Period { ends: "2026-10".parse().unwrap(), span };
            let (from, to) = days(period);
            assert_eq!((from.to_string(), to.to_string()), ("2025-11-01".to_owned(), "2026-10-31".to_owned()));
            assert_eq!(when(Source::Shop, period), "the twelve months to October 2026");
        }
    }

    #[test]
    fn how_many_shops_there_were_is_said_even_when_they_are_too_few() {
        let period = Period { ends: "2026-10".parse().unwrap(), span: Span::Quarter };
        let shops = Shops { met: 2, not_met: 1, shops: 3, on: "2026-10-04".parse().ok() };
        let value = Value::of(StandardId(1), period, Inputs { shops, ..Inputs::default() }, None, None);
        assert_eq!(value.shops_in_words(&Limits::staff(&Landlord::default())), "Too few to report (3 shops)");
    }
}
