//! A batch, how far it is, and how its two keyings compare.

use chrono::{DateTime, NaiveDate, Utc};

use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::random::sha256;
use crate::thread::id::{AccountId, SurveyId};

/// The fewest forms of one batch. The log of changes says who made and closed a batch and when, which beside very few
/// answers would say whose they are.
pub const LEAST_FORMS: i64 = 5;
/// The most forms of one batch.
pub const MOST_FORMS: i64 = 500;
/// One form in so many is keyed a second time, and at least one.
pub const ONE_IN: i64 = 10;

/// A batch of paper forms.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Batch {
    pub batch_id: i64,
    pub survey_id: SurveyId,
    pub name: String,
    /// How many forms there are, numbered from one.
    pub received: i64,
    /// The day in London.
    pub received_on: NaiveDate,
    /// Decides by chance which forms are keyed a second time.
    pub seed: String,
    pub closed_at: Option<DateTime<Utc>>,
    /// How many answers were keyed twice; known once it is closed.
    pub compared: i64,
    /// How many of them differed.
    pub differed: i64,
    /// On how many forms nothing was written; known once it is closed.
    pub blank: i64,
}

/// A form as one person keyed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub number: i64,
    /// One for the first keying, two for the second.
    pub keying: i64,
    /// None at all where nothing is written on it.
    pub answers: Answers,
    pub account: AccountId,
    pub submission_key: String,
    /// Whether this keying was chosen where two differ.
    pub is_chosen: bool,
}

/// An open batch with what was keyed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub batch: Batch,
    /// By number, the first keying before the second.
    pub forms: Vec<Form>,
}

/// What a batch waits for, with the numbers of the forms in question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Forms that nobody has keyed.
    Keying(Vec<i64>),
    /// Forms that somebody else must key again.
    Checking(Vec<i64>),
    /// Forms whose keyings differ.
    Settling(Vec<i64>),
    /// To be closed.
    Ready,
    /// Its answers count.
    Closed,
}

impl Batch {
    /// The forms that are keyed a second time, drawn by chance from the seed, in order.
    #[must_use]
    pub fn to_check(&self) -> Vec<i64> {
        let mut drawn: Vec<i64> = (1..=self.received).collect();
        drawn.sort_by_cached_key(|number| sha256(&format!("{} {number}", self.seed)));
        drawn.truncate(usize::try_from(self.received.div_euclid(ONE_IN).max(1)).unwrap_or(1));
        drawn.sort_unstable();
        drawn
    }
}

impl Standing {
    /// The keyings of a form, the first before the second.
    #[must_use]
    pub fn keyings(&self, number: i64) -> Vec<&Form> {
        self.forms.iter().filter(|form| form.number == number).collect()
    }

    /// What it waits for.
    #[must_use]
    pub fn stage(&self, questionnaire: &Questionnaire) -> Stage {
        if self.batch.closed_at.is_some() {
            return Stage::Closed;
        }
        let missing: Vec<i64> = (1..=self.batch.received).filter(|number| self.keyings(*number).is_empty()).collect();
        if !missing.is_empty() {
            return Stage::Keying(missing);
        }
        let once = |number: &i64| self.keyings(*number).len() < 2;
        let unchecked: Vec<i64> = self.batch.to_check().into_iter().filter(once).collect();
        if !unchecked.is_empty() {
            return Stage::Checking(unchecked);
        }
        let open: Vec<i64> =
            self.differing(questionnaire).into_iter().filter(|number| !self.is_settled(*number)).collect();
        if open.is_empty() { Stage::Ready } else { Stage::Settling(open) }
    }

    /// The forms whose keyings differ, settled or not.
    #[must_use]
    pub fn differing(&self, questionnaire: &Questionnaire) -> Vec<i64> {
        let differs = |form: &&Form| match self.keyings(form.number).as_slice() {
            [one, other] => !differences(questionnaire, &one.answers, &other.answers).is_empty(),
            _ => false,
        };
        self.forms.iter().filter(|form| form.keying == 1).filter(differs).map(|form| form.number).collect()
    }

    fn is_settled(&self, number: i64) -> bool {
        self.keyings(number).iter().any(|form| form.is_chosen)
    }

    /// How many answers were keyed twice, and how many of them differed.
    #[must_use]
    pub fn errors(&self, questionnaire: &Questionnaire) -> (i64, i64) {
        let (mut compared, mut differed) = (0, 0);
        for form in self.forms.iter().filter(|form| form.keying == 1) {
            if let [one, other] = self.keyings(form.number).as_slice() {
                compared += reached(questionnaire, &one.answers, &other.answers).count();
                differed += differences(questionnaire, &one.answers, &other.answers).len();
            }
        }
        (i64::try_from(compared).unwrap_or(i64::MAX), i64::try_from(differed).unwrap_or(i64::MAX))
    }

    /// The keying of each form that counts, without the forms on which nothing is written.
    #[must_use]
    pub fn that_count(&self) -> Vec<&Form> {
        self.settled().into_iter().filter(|form| !form.answers.are_blank()).collect()
    }

    /// On how many forms nothing is written, as far as they are keyed.
    #[must_use]
    pub fn blank(&self) -> i64 {
        if self.batch.closed_at.is_some() {
            return self.batch.blank;
        }
        let blank = self.settled().into_iter().filter(|form| form.answers.are_blank()).count();
        i64::try_from(blank).unwrap_or(i64::MAX)
    }

    /// One keying of each form: the one chosen, else the first.
    fn settled(&self) -> Vec<&Form> {
        let firsts = self.forms.iter().filter(|form| form.keying == 1);
        let chosen = |number: i64| self.forms.iter().find(|form| form.number == number && form.is_chosen);
        firsts.map(|form| chosen(form.number).unwrap_or(form)).collect()
    }
}

/// The positions of the questions to which two keyings of a form give different answers. Capitals and spaces make no
/// difference, nor whether a blank question was passed over.
#[must_use]
pub fn differences(questionnaire: &Questionnaire, one: &Answers, other: &Answers) -> Vec<usize> {
    let differ = |position: &usize| {
        let key = questionnaire.at(*position).map_or(0, |question| question.key);
        plain(one.get(key)) != plain(other.get(key))
    };
    reached(questionnaire, one, other).filter(differ).collect()
}

/// The positions of the questions that either keying came to.
fn reached<'a>(
    questionnaire: &'a Questionnaire,
    one: &'a Answers,
    other: &'a Answers,
) -> impl Iterator<Item = usize> + use<'a> {
    let keys = questionnaire.questions().iter().map(|question| question.key).enumerate();
    keys.filter(move |(_, key)| one.get(*key).is_some() || other.get(*key).is_some()).map(|(position, _)| position)
}

fn plain(answer: Option<&Answer>) -> Answer {
    match answer {
        Some(Answer::Open(words)) => Answer::Open(even(words)),
        Some(Answer::Other(words)) => Answer::Other(even(words)),
        Some(answer) => answer.clone(),
        None => Answer::NoAnswer,
    }
}

fn even(words: &str) -> String {
    words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::pages::tests::three_questions;

    fn batch(received: i64, seed: &str) -> Batch {
        Batch {
            batch_id: 1,
            survey_id: SurveyId(1),
            name: "Monday".to_owned(),
            received,
            received_on: "2026-11-16".parse().unwrap(),
            seed: seed.to_owned(),
            closed_at: None,
            compared: 0,
            differed: 0,
            blank: 0,
        }
    }

    fn form(number: i64, keying: i64, answer: u8) -> Form {
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(answer));
        answers.put(3, Answer::Open("A tap".to_owned()));
        let submission_key = format!("{number}-{keying}");
        Form { number, keying, answers, account: AccountId(keying), submission_key, is_chosen: false }
    }

    #[test]
    fn one_form_in_ten_is_drawn_by_chance_and_at_least_one() {
        for (received, drawn) in [(1, 1), (9, 1), (10, 1), (19, 1), (20, 2), (500, 50)] {
            let numbers = batch(received, "a").to_check();
            assert_eq!(numbers.len(), drawn, "{received}");
            assert!(numbers.iter().all(|number| (1..=received).contains(number)), "{numbers:?}");
            assert_eq!(numbers, batch(received, "a").to_check(), "the draw stands");
        }
        assert_ne!(batch(500, "a").to_check(), batch(500, "b").to_check());
    }

    #[test]
    fn a_batch_waits_for_one_thing_after_the_other() {
        let questions = three_questions();
        let mut standing = Standing { batch: batch(2, "a"), forms: vec![form(1, 1, 0)] };
        assert_eq!(standing.stage(&questions), Stage::Keying(vec![2]));
        standing.forms.push(form(2, 1, 0));
        let check = standing.batch.to_check();
        assert_eq!(standing.stage(&questions), Stage::Checking(check.clone()));
        standing.forms.push(form(check[0], 2, 1));
        assert_eq!(standing.stage(&questions), Stage::Settling(check.clone()));
        assert_eq!(standing.errors(&questions), (2, 1));
        standing.forms[2].is_chosen = true;
        assert_eq!(standing.stage(&questions), Stage::Ready);
        let counts: Vec<_> = standing.that_count().iter().map(|form| (form.number, form.keying)).collect();
        assert_eq!(counts.len(), 2);
        assert!(counts.contains(&(check[0], 2)), "{counts:?}");
    }

    #[test]
    fn a_blank_form_counts_for_nothing_and_differs_from_one_with_answers() {
        let questions = three_questions();
        let blank = |number, keying| Form { answers: Answers::default(), ..form(number, keying, 0) };
        let mut standing = Standing { batch: batch(1, "a"), forms: vec![blank(1, 1), blank(1, 2)] };
        assert_eq!(standing.stage(&questions), Stage::Ready);
        assert_eq!(standing.errors(&questions), (0, 0));
        assert!(standing.that_count().is_empty());
        assert_eq!(standing.blank(), 1);
        standing.forms[1] = form(1, 2, 0);
        assert_eq!(standing.stage(&questions), Stage::Settling(vec![1]));
        assert_eq!(standing.errors(&questions), (2, 2), "the whole form was passed over, or made up");
        standing.forms[1].is_chosen = true;
        assert_eq!(standing.stage(&questions), Stage::Ready);
        assert_eq!((standing.that_count().len(), standing.blank()), (1, 0));
    }

    #[test]
    fn capitals_spaces_and_blanks_are_no_differences() {
        let questions = three_questions();
        let (one, mut other) = (form(1, 1, 0).answers, form(1, 2, 0).answers);
        other.put(3, Answer::Open(" a  TAP".to_owned()));
        other.put(2, Answer::NoAnswer);
        assert!(differences(&questions, &one, &other).is_empty());
        other.put(2, Answer::Option(0));
        other.put(1, Answer::Option(1));
        assert_eq!(differences(&questions, &one, &other), [0, 1]);
    }
}
