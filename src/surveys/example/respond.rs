//! People who answer by chance, each area with a mood of its own.

use chrono::{NaiveDate, TimeDelta};

use crate::db::{self, Tx};
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::response::{Channel, NewResponse};
use crate::questionnaires::store as responses;
use crate::random::Random;
use crate::surveys::survey::Asked;

/// How many in a hundred are content in each area, in the order of `AREAS`.
pub const MOODS: [u64; 5] = [82, 74, 69, 58, 44];
/// How many in a hundred live in each area.
const SIZES: [u64; 5] = [26, 24, 20, 18, 12];

/// Somebody who answers.
pub struct Person<'a> {
    random: &'a Random,
    /// Their area; none for those who would rather not say.
    pub area: Option<u8>,
    mood: u64,
}

impl<'a> Person<'a> {
    /// Somebody from somewhere.
    pub fn any(random: &'a Random) -> Self {
        let mut left = random.below(100);
        let mut area = None;
        for (at, size) in (0_u8..).zip(SIZES) {
            if left < size {
                area = Some(at);
                break;
            }
            left -= size;
        }
        let area = area.filter(|_| !random.percent(3));
        let mood = area.and_then(|at| MOODS.get(usize::from(at))).copied().unwrap_or(65);
        Self { random, area, mood }
    }

    /// Where they live.
    pub fn home(&self) -> Answer {
        self.area.map_or(Answer::PreferNotToSay, Answer::Option)
    }

    /// A point on a five-point scale; `shift` makes the matter better or worse than the area's mood.
    pub fn point(&self, shift: i64) -> Answer {
        let content = self.mood.saturating_add_signed(shift).clamp(5, 95);
        let at = if self.random.percent(content) {
            u8::from(!self.random.percent(45))
        } else {
            let drawn = self.random.below(10);
            if drawn < 3 {
                2
            } else if drawn < 7 {
                3
            } else {
                4
            }
        };
        Answer::Option(at)
    }

    /// The same, or "not applicable" for some in a hundred.
    pub fn point_or_not(&self, shift: i64, not_applicable: u64) -> Answer {
        if self.random.percent(not_applicable) { Answer::NotApplicable } else { self.point(shift) }
    }

    /// A score from nought to ten about the area's mood.
    pub fn score(&self) -> Answer {
        let middle = self.mood / 10;
        let drawn = (middle + self.random.below(5)).saturating_sub(2).min(10);
        Answer::Option(u8::try_from(drawn).unwrap_or(5))
    }

    /// Yes (the first option) for so many in a hundred, else no.
    pub fn yes(&self, chance: u64) -> Answer {
        Answer::Option(u8::from(!self.random.percent(chance)))
    }

    /// Each of so many options with a chance in a hundred; none of them if it comes to nothing.
    pub fn several(&self, options: u8, chance: u64) -> Answer {
        let chosen: Vec<u8> = (0..options).filter(|_| self.random.percent(chance)).collect();
        if chosen.is_empty() { Answer::NotApplicable } else { Answer::Several(chosen) }
    }

    /// A number from `low`, of a spread.
    pub fn number(&self, low: u64, spread: u64) -> Answer {
        Answer::Open((low + self.random.below(spread)).to_string())
    }

    /// A day up to so many before.
    pub fn day_before(&self, on: NaiveDate, days: u64) -> Answer {
        let back = i64::try_from(self.random.below(days)).unwrap_or(0);
        Answer::Open((on - TimeDelta::days(back)).to_string())
    }

    /// Takes a sentence from those left, for some in a hundred; a content person takes a kind one.
    pub fn words(&self, chance: u64, kind: &mut Vec<&str>, harsh: &mut Vec<&str>) -> Answer {
        if !self.random.percent(chance) {
            return Answer::NoAnswer;
        }
        let taken = if self.random.percent(self.mood) { kind.pop() } else { harsh.pop() };
        taken.map_or(Answer::NoAnswer, |words| Answer::Open(words.to_owned()))
    }

    /// Whether they skip a question that may be left blank.
    pub fn skips(&self) -> bool {
        self.random.percent(4)
    }
}

/// How the so-manieth person answered: most through the link, some on paper or by telephone. Not drawn by chance, so that
/// what people answer hangs on nothing but their area.
fn channel(at: usize) -> Channel {
    match at % 20 {
        3 | 9 | 15 | 18 => Channel::Post,
        6 | 13 => Channel::Telephone,
        _ => Channel::OpenLink,
    }
}

/// Keeps the answers of many people, arriving between two days, most of them early.
pub async fn keep(
    tx: &mut Tx,
    random: &Random,
    asked: &Asked,
    (from, to): (NaiveDate, NaiveDate),
    people: usize,
    mut answer: impl FnMut(&Person<'_>, NaiveDate) -> Vec<Answer>,
) -> Result<(), db::Error> {
    let days = u64::try_from((to - from).num_days()).unwrap_or(0) + 1;
    let mut arrivals: Vec<NaiveDate> = (0..people)
        .map(|_| {
            let day = random.below(days).min(random.below(days));
            from + TimeDelta::days(i64::try_from(day).unwrap_or(0))
        })
        .collect();
    arrivals.sort_unstable();
    // Chance of its own, so that what people answer hangs on nothing but their area.
    let keys = Random::seeded(u64::try_from(asked.version.id).unwrap_or(0));
    for (at, on) in arrivals.into_iter().enumerate() {
        let person = Person::any(random);
        let mut answers = Answers::default();
        for (question, answer) in asked.version.questionnaire.questions().iter().zip(answer(&person, on)) {
            // Sealed questions draw no chance, so that nothing else of the example hangs on them.
            let may_skip = !question.required && !question.divides && question.sealed.is_none();
            let blank = may_skip && !question.kind.is_photo() && person.skips();
            answers.put(question.key, if blank { Answer::NoAnswer } else { answer });
        }
        let coded = code_book::encode(&asked.version.questionnaire, &answers);
        let response = NewResponse {
            version_id: asked.version.id,
            coded: &coded,
            channel: channel(at),
            received_on: on,
            reference: &random.reference(),
            submission_key: &random.token(),
            digest: &code_book::digest(&coded),
        };
        responses::insert_response(tx, &keys, &response).await?;
    }
    Ok(())
}
