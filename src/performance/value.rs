//! What is known of a standard in a period, and what of it may be shown to whom.

use chrono::NaiveDate;

use super::period::Period;
use super::rating::{Rating, Yardstick};
use super::trend::Reading;
use crate::settings::{Landlord, small_numbers};
use crate::standards::{Published, Source, Unit};
use crate::statistics::disclosure::{Policy, release_base, release_share};
use crate::statistics::table::Share;
use crate::thread::id::{StandardId, StandardVersionId};

/// Residents' answers: released for staff, whole per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Survey {
    /// Per cent satisfied; none when too few answered even for staff.
    pub percent: Option<i64>,
    pub base: i64,
    /// The day of the latest answer; none when nobody answered.
    pub on: Option<NaiveDate>,
}

/// Accepted mystery shops of the twelve months that end with the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shops {
    pub met: i64,
    pub not_met: i64,
    pub shops: i64,
    pub on: Option<NaiveDate>,
}

/// The landlord's own figures, added up.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figures {
    pub numerator: f64,
    pub denominator: i64,
    /// The last day of the newest month that has a figure.
    pub on: Option<NaiveDate>,
}

/// Everything that was counted for a standard in a period.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Inputs {
    pub survey: Survey,
    pub shops: Shops,
    pub figures: Figures,
}

/// The stored value of a standard for a period. Its numbers reach a page through [`Value::shown`] and [`Value::source_shown`] only.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    pub standard_id: StandardId,
    pub period: Period,
    pub version_id: Option<StandardVersionId>,
    pub target: Option<f64>,
    pub source: Option<Source>,
    pub(super) value: Option<f64>,
    pub(super) base: i64,
    pub(super) rating: Option<Rating>,
    pub(super) inputs: Inputs,
}

/// How small a number may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    answers: Policy,
    pub(super) shops: Policy,
    cases: Policy,
}

impl Limits {
    /// For anybody.
    #[must_use]
    pub fn public(landlord: &Landlord) -> Self {
        let answers = small_numbers::public(landlord);
        Self { answers, cases: answers, shops: small_numbers::shops(landlord) }
    }

    /// For staff who may see results.
    #[must_use]
    pub fn staff(landlord: &Landlord) -> Self {
        let answers = small_numbers::staff(landlord);
        Self { answers, cases: answers, shops: small_numbers::shops(landlord) }
    }

    /// True where how many stand behind a source is rounded: people who answered, in public.
    #[must_use]
    pub fn rounds(&self, source: Source) -> bool {
        source == Source::Survey && self.answers.rounds()
    }
}

/// What may be said of a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shown {
    /// Nothing is known.
    Nothing,
    /// Something is known, but too few stand behind it.
    TooFew,
    /// The value, how many stand behind it, and how it stands against the promise where there was one.
    Value { value: f64, base: i64, source: Source, rating: Option<Rating> },
}

impl Shown {
    /// The status' code, which is also its mark's class; none when nothing is known or there was no promise to judge by.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::TooFew => Some("too-few"),
            Self::Value { rating, .. } => rating.map(Rating::code),
        }
    }

    /// The status in words.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self {
            Self::Nothing => "Nothing yet",
            Self::TooFew => "Too few answers to say",
            Self::Value { rating, .. } => rating.map_or("Before the promise", Rating::label),
        }
    }

    /// The value alone, where it may be shown.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Value { value, .. } => Some(*value),
            Self::Nothing | Self::TooFew => None,
        }
    }

    /// The value as something to compare.
    #[must_use]
    pub fn reading(&self) -> Option<Reading> {
        match *self {
            Self::Value { value, base, source, .. } => Some(Reading { value, base, source }),
            Self::Nothing | Self::TooFew => None,
        }
    }
}

/// The order in which sources speak for a standard: a full record of cases, then checks of the promise itself, then what people felt.
const PRECEDENCE: [Source; 3] = [Source::Figure, Source::Shop, Source::Survey];

/// Which source is the value of a standard: the first in precedence that the standard counts and that has ever said anything in the periods looked at.
#[must_use]
pub fn leading_source(version: &Published, all: &[Inputs]) -> Option<Source> {
    PRECEDENCE.into_iter().find(|source| {
        version.counts(*source) && all.iter().any(|inputs| inputs.result(*source, version.unit).is_some())
    })
}

impl Inputs {
    /// True when nothing at all was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The result of one source in the standard's unit; shares are per cent and speak for no other unit.
    pub(super) fn result(&self, source: Source, unit: Unit) -> Option<f64> {
        match source {
            Source::Survey => self.survey.percent.filter(|_| unit == Unit::PerCent).map(real),
            Source::Shop => {
                let items = self.shops.met + self.shops.not_met;
                (unit == Unit::PerCent && items > 0).then(|| 100.0 * real(self.shops.met) / real(items))
            }
            Source::Figure => {
                let Figures { numerator, denominator, .. } = self.figures;
                let scale = if unit == Unit::PerCent { 100.0 } else { 1.0 };
                (denominator > 0).then(|| scale * numerator / real(denominator))
            }
        }
    }

    fn base(&self, source: Source) -> i64 {
        match source {
            Source::Survey => self.survey.base,
            Source::Shop => self.shops.shops,
            Source::Figure => self.figures.denominator,
        }
    }

    /// How many stand behind a source as it may be said: people are rounded as the policy says.
    fn said_base(&self, source: Source, limits: &Limits) -> i64 {
        let base = self.base(source);
        let people = || release_base(usize::try_from(base).ok()?, &limits.answers).map(i64::from);
        if source == Source::Survey { people().unwrap_or(0) } else { base }
    }

    /// The day of the newest thing counted from a source.
    #[must_use]
    pub fn on(&self, source: Source) -> Option<NaiveDate> {
        match source {
            Source::Survey => self.survey.on,
            Source::Shop => self.shops.on,
            Source::Figure => self.figures.on,
        }
    }

    /// The one door for a source's numbers: its share and interval, or none when too few stand behind it.
    fn released(&self, source: Source, limits: &Limits) -> Option<Share> {
        match source {
            Source::Survey => {
                let Survey { percent, base, .. } = self.survey;
                let satisfied = (real(percent?) * real(base) / 100.0).round();
                release_share(whole(satisfied), count(base), &limits.answers)
            }
            Source::Shop => {
                let Shops { met, not_met, shops, .. } = self.shops;
                release_share(count(shops), count(shops), &limits.shops)?;
                release_share(count(met), count(met + not_met), &limits.shops)
            }
            Source::Figure => {
                let Figures { numerator, denominator, .. } = self.figures;
                // A landlord's record of its own cases is no sample of people: that all were kept gives nobody away.
                let policy = Policy::staff().at_least(limits.cases.minimum());
                release_share(whole(numerator), count(denominator), &policy)
            }
        }
    }
}

impl Value {
    /// Works a value out of what was counted, judged by the version of its period.
    #[must_use]
    pub fn of(
        standard_id: StandardId,
        period: Period,
        inputs: Inputs,
        version: Option<&Published>,
        leading: Option<Source>,
    ) -> Self {
        let unit = version.map(|version| version.unit);
        let led = leading.zip(unit).and_then(|(source, unit)| Some((source, inputs.result(source, unit)?)));
        let rating = led.zip(version).map(|((source, value), version)| {
            let yardstick =
                Yardstick { target: version.target, legal_floor: version.legal_floor, direction: version.direction };
            Rating::of(value, yardstick, source)
        });
        Self {
            standard_id,
            period,
            version_id: version.map(|version| version.version_id),
            target: version.map(|version| version.target),
            source: led.map(|(source, _)| source),
            value: led.map(|(_, value)| value),
            base: led.map_or(0, |(source, _)| inputs.base(source)),
            rating,
            inputs,
        }
    }

    /// True when the period has a value of its own, shown or not.
    #[must_use]
    pub fn has_value(&self) -> bool {
        self.value.is_some()
    }

    /// What may be said of the value.
    #[must_use]
    pub fn shown(&self, limits: &Limits) -> Shown {
        match (self.source, self.value) {
            (Some(source), Some(_)) if self.inputs.released(source, limits).is_none() => Shown::TooFew,
            (Some(source), Some(value)) => {
                Shown::Value { value, base: self.inputs.said_base(source, limits), source, rating: self.rating }
            }
            _ if self.inputs.survey.on.is_some() && self.inputs.survey.percent.is_none() => Shown::TooFew,
            _ => Shown::Nothing,
        }
    }

    /// What may be said of one source, whether or not it leads.
    #[must_use]
    pub fn source_shown(&self, source: Source, unit: Unit, limits: &Limits) -> Shown {
        match self.inputs.result(source, unit) {
            None if self.inputs.on(source).is_some() => Shown::TooFew,
            None => Shown::Nothing,
            Some(_) if self.inputs.released(source, limits).is_none() => Shown::TooFew,
            Some(value) => Shown::Value { value, base: self.inputs.said_base(source, limits), source, rating: None },
        }
    }

    /// The 95 per cent interval of a source that is a sample, where it may be shown.
    #[must_use]
    pub fn interval(&self, source: Source, limits: &Limits) -> Option<(f64, f64)> {
        if source == Source::Figure {
            return None;
        }
        self.inputs.released(source, limits).map(|share| (share.low, share.high))
    }

    /// The day of the newest thing counted from a source.
    #[must_use]
    pub fn on(&self, source: Source) -> Option<NaiveDate> {
        self.inputs.on(source)
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

fn real(number: i64) -> f64 {
    f64::from(count(number))
}

/// A number of cases that is kept as a real number.
fn whole(number: f64) -> u32 {
    let text = format!("{:.0}", number.clamp(0.0, f64::from(u32::MAX)));
    text.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::performance::period::Span;

    fn value(inputs: Inputs, source: Source) -> Value {
        let period = Period { ends: "2026-10".parse().unwrap(), span: Span::Quarter };
        let result = inputs.result(source, Unit::PerCent);
        Value {
            source: result.map(|_| source),
            value: result,
            base: inputs.base(source),
            rating: Some(Rating::Close),
            ..Value::of(StandardId(1), period, inputs, None, None)
        }
    }

    fn figures(numerator: f64, denominator: i64) -> Inputs {
        Inputs { figures: Figures { numerator, denominator, on: None }, ..Inputs::default() }
    }

    #[test]
    fn few_cases_are_shown_to_staff_before_they_are_shown_in_public() {
        let landlord = Landlord::default();
        let (staff, public) = (Limits::staff(&landlord), Limits::public(&landlord));
        let shown = |cases| value(figures(4.0, cases), Source::Figure);
        assert_eq!(shown(4).shown(&staff), Shown::TooFew);
        assert!(shown(5).shown(&staff).number().is_some());
        assert_eq!(shown(9).shown(&public), Shown::TooFew);
        assert!(shown(10).shown(&public).number().is_some());
        assert_eq!(shown(9).shown(&public).label(), "Too few answers to say");
    }

    #[test]
    fn a_landlord_may_ask_for_more_answers_but_never_for_fewer() {
        let strict = Landlord { public_base: 30, staff_base: 1, ..Landlord::default() };
        let ask = |base| {
            let survey = Survey { percent: Some(80), base, on: "2026-10-01".parse().ok() };
            value(Inputs { survey, ..Inputs::default() }, Source::Survey)
        };
        assert_eq!(ask(29).shown(&Limits::public(&strict)), Shown::TooFew);
        assert!(ask(30).shown(&Limits::public(&strict)).number().is_some());
        assert_eq!(ask(4).shown(&Limits::staff(&strict)), Shown::TooFew);
    }

    #[test]
    fn in_public_how_many_answered_is_rounded_and_cases_are_not() {
        let survey = Survey { percent: Some(80), base: 213, on: "2026-10-01".parse().ok() };
        let asked = value(Inputs { survey, ..figures(200.0, 213) }, Source::Survey);
        let shown = |limits: &Limits, source| asked.source_shown(source, Unit::PerCent, limits).reading();
        let (staff, public) = (Limits::staff(&Landlord::default()), Limits::public(&Landlord::default()));
        let all = [(&public, Source::Survey), (&staff, Source::Survey), (&public, Source::Figure)];
        assert_eq!(all.map(|(limits, source)| shown(limits, source).unwrap().base), [215, 213, 213]);
        assert!(public.rounds(Source::Survey) && !staff.rounds(Source::Survey));
    }

    #[test]
    fn everybody_being_satisfied_is_not_said_of_a_small_group() {
        let survey = Survey { percent: Some(100), base: 12, on: "2026-10-01".parse().ok() };
        let value = value(Inputs { survey, ..Inputs::default() }, Source::Survey);
        assert_eq!(value.shown(&Limits::public(&Landlord::default())), Shown::TooFew);
        assert_eq!(value.shown(&Limits::staff(&Landlord::default())).number(), Some(100.0));
    }

    #[test]
    fn four_shops_are_too_few_however_many_items_they_scored() {
        let shops = |shops| Inputs { shops: Shops { met: 14, not_met: 2, shops, on: None }, ..Inputs::default() };
        let limits = Limits::public(&Landlord::default());
        assert_eq!(value(shops(4), Source::Shop).shown(&limits), Shown::TooFew);
        assert_eq!(value(shops(5), Source::Shop).shown(&limits).number(), Some(87.5));
        assert!(value(shops(5), Source::Shop).interval(Source::Shop, &limits).is_some());
    }

    #[test]
    fn nothing_counted_says_nothing() {
        let empty = value(Inputs::default(), Source::Figure);
        assert_eq!(empty.shown(&Limits::staff(&Landlord::default())), Shown::Nothing);
        assert_eq!((empty.shown(&Limits::staff(&Landlord::default())).code(), empty.has_value()), (None, false));
    }
}
