//! Answers to an open survey move a value five at a time.
//!
//! Whoever watches a figure that moves with each answer reads the answers one by one: 76 answers at 72% and then 77 at
//! 71% say that the last person was not satisfied. So a value that is shown stays as it is until five more answers have
//! come, or until no more can: once every survey that measures the standard has ended, the rest is counted at once.

use super::value::Survey;

/// So many answers at least part two values of a standard that anybody can see, in answers.
pub const STEP: i64 = 5;

/// True when too few answers have come between what is shown and what is counted now. What was never shown can move
/// freely: it is shown first when enough people answered at all.
#[must_use]
pub fn is_too_soon(shown: Survey, counted: Survey) -> bool {
    shown.percent.is_some() && shown != counted && (counted.base - shown.base).abs() < STEP
}

/// Keeps the surveys of periods that end together as they are shown, when one of them moved too little: otherwise the
/// month could be told from the three months that hold it.
pub fn hold(together: &mut [(Survey, &mut Survey)]) {
    if together.iter().any(|(shown, counted)| is_too_soon(*shown, **counted)) {
        for (shown, counted) in together {
            **counted = *shown;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(percent: Option<i64>, base: i64) -> Survey {
        Survey { percent, base, on: None }
    }

    #[test]
    fn a_shown_value_moves_with_the_fifth_answer() {
        let shown = survey(Some(72), 76);
        for (percent, base, soon) in [(71, 77, true), (72, 80, true), (71, 76, true), (70, 81, false), (72, 76, false)]
        {
            assert_eq!(is_too_soon(shown, survey(Some(percent), base)), soon, "{percent}% of {base}");
        }
        assert!(is_too_soon(survey(Some(100), 5), survey(None, 4)), "an answer that was taken out");
        assert!(!is_too_soon(survey(None, 0), survey(Some(100), 5)));
    }

    #[test]
    fn a_month_waits_for_the_three_months_that_end_with_it() {
        let (mut month, mut quarter) = (survey(Some(100), 5), survey(Some(72), 80));
        hold(&mut [(Survey::default(), &mut month), (survey(Some(71), 76), &mut quarter)]);
        assert_eq!((month, quarter), (Survey::default(), survey(Some(71), 76)));
        let (mut month, mut quarter) = (survey(Some(100), 6), survey(Some(72), 81));
        hold(&mut [(Survey::default(), &mut month), (survey(Some(71), 76), &mut quarter)]);
        assert_eq!((month.base, quarter.base), (6, 81));
    }
}
