//! How answers are kept: a state byte for each question in the order of the version, more bytes after it where
//! the kind of question needs them (a bit for each option where several may be chosen, a byte for each item
//! or place), and open answers beside.
//!
//! A closed answer exists once, as its byte. What is counted is decided here and nowhere else: "not
//! applicable" is a code, and a base is a set of codes.

use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing;
use crate::questionnaires::sealed::kept::Secret;
use crate::random;

/// The question was not asked.
pub const NOT_ASKED: u8 = 0;
/// It was asked and left blank.
pub const NO_ANSWER: u8 = 1;
/// "Not applicable."
pub const NOT_APPLICABLE: u8 = 2;
/// "Don't know."
pub const DONT_KNOW: u8 = 3;
/// "Prefer not to say."
pub const PREFER_NOT_TO_SAY: u8 = 4;
/// None of the options, but something in the person's own words, which are kept as an open answer.
pub const OTHER: u8 = 5;
/// The answer is sealed and lies apart; whether there is one is sealed too.
pub const SEALED: u8 = 6;
/// The first option; an open answer and "several chosen" have this code too.
pub const FIRST_OPTION: u8 = 8;

/// One response as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// State bytes and option bits.
    pub codes: Vec<u8>,
    /// Open answers by question key.
    pub open: Vec<(u16, String)>,
    /// What is to be sealed, which stands nowhere in `codes`.
    pub secret: Secret,
}

/// Where one question's bytes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    state: usize,
    more: usize,
}

impl Place {
    /// Where the byte of one facet of the question stands.
    #[must_use]
    pub fn of(self, facet: &Facet) -> Self {
        if facet.byte == 0 { self } else { Self { state: self.state + facet.byte, more: 0 } }
    }

    /// Its bytes: the state byte, then those after it.
    pub(super) fn bytes(self) -> impl Iterator<Item = usize> {
        self.state..=self.state + self.more
    }
}

/// A digest of the answers that are not sealed, by which a form sent twice with different answers is known; of all answers
/// it is [`crate::questionnaires::sealed::kept::digest`].
#[must_use]
pub fn digest(coded: &Coded) -> String {
    let open = coded.open.iter().map(|(key, value)| format!("{key}:{}:{value}", value.len()));
    random::sha256(&format!("{} {}", random::hex(&coded.codes), open.collect::<Vec<_>>().join(" ")))
}

/// The state byte of an answer.
#[must_use]
pub fn state(answer: &Answer) -> u8 {
    match answer {
        Answer::NoAnswer => NO_ANSWER,
        Answer::NotApplicable => NOT_APPLICABLE,
        Answer::DontKnow => DONT_KNOW,
        Answer::PreferNotToSay => PREFER_NOT_TO_SAY,
        Answer::Other(_) => OTHER,
        Answer::Option(at) => FIRST_OPTION.saturating_add(*at),
        Answer::Several(_) | Answer::Items(_) | Answer::Ranked(_) | Answer::Open(_) => FIRST_OPTION,
    }
}

/// The codes an answer carries for routing: several choices carry one for each.
#[must_use]
pub fn codes_of(kind: &Kind, answer: &Answer) -> Vec<u8> {
    match answer {
        Answer::Several(ats) if kind.more_bytes() > 0 => {
            ats.iter().map(|at| FIRST_OPTION.saturating_add(*at)).collect()
        }
        other => vec![state(other)],
    }
}

/// Where each question's bytes stand, in question order.
#[must_use]
pub fn places(questionnaire: &Questionnaire) -> Vec<Place> {
    places_of(questionnaire.questions())
}

/// Where the bytes of these questions would stand, had they a code book of their own.
pub(super) fn places_of<'a>(questions: impl IntoIterator<Item = &'a Question>) -> Vec<Place> {
    let mut next = 0;
    let place = |more: usize| {
        let place = Place { state: next, more };
        next += 1 + more;
        place
    };
    questions.into_iter().map(|question| question.kind.more_bytes()).map(place).collect()
}

/// How many bytes the closed answers of one person take.
#[must_use]
pub fn width(questionnaire: &Questionnaire) -> usize {
    questionnaire.questions().iter().map(|question| 1 + question.kind.more_bytes()).sum()
}

/// The answers as they are stored. What was not asked is coded so, whatever the answers say.
#[must_use]
pub fn encode(questionnaire: &Questionnaire, answers: &Answers) -> Coded {
    let asked = routing::asked(questionnaire, answers);
    let (mut codes, mut open, mut secret) = (Vec::new(), Vec::new(), Secret::empty());
    for (position, question) in questionnaire.questions().iter().enumerate() {
        let answer = answers.get(question.key).filter(|_| asked.contains(&position));
        let state = match answer {
            Some(answer) => state(answer),
            None if asked.contains(&position) => NO_ANSWER,
            None => NOT_ASKED,
        };
        let mut more = question.kind.more(state, answer);
        if question.sealed.is_some() {
            codes.push(SEALED);
            codes.extend(more.iter().map(|_| 0));
            secret.keys.push(question.key);
            secret.bytes.push(state);
            secret.bytes.append(&mut more);
            continue;
        }
        codes.push(state);
        codes.append(&mut more);
        if let Some(Answer::Open(value) | Answer::Other(value)) = answer {
            open.push((question.key, value.clone()));
        }
    }
    Coded { codes, open, secret }
}

/// The answer stored for a question; `None` when it was not asked or the bytes end before it.
#[must_use]
pub fn decode(kind: &Kind, place: Place, codes: &[u8], open: Option<&str>) -> Option<Answer> {
    Some(match *codes.get(place.state)? {
        NO_ANSWER => Answer::NoAnswer,
        NOT_APPLICABLE => Answer::NotApplicable,
        DONT_KNOW => Answer::DontKnow,
        PREFER_NOT_TO_SAY => Answer::PreferNotToSay,
        OTHER => Answer::Other(open.unwrap_or_default().to_owned()),
        code if code >= FIRST_OPTION => kind.stored(code, more(place, codes), open)?,
        _ => return None,
    })
}

/// The bytes after a question's state byte.
fn more(place: Place, codes: &[u8]) -> &[u8] {
    codes.get(place.state + 1..place.state + 1 + place.more).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::{self, one_choice};
    use crate::questionnaires::question::Question;
    use crate::statistics::disclosure::{self, Policy};
    use crate::statistics::joint::People;

    fn of_every_kind() -> (Questionnaire, Answers) {
        let (mut of, mut answers) = (Questionnaire::default(), Answers::default());
        for (tag, _) in kinds::ALL {
            of.add(Question::new(tag, Kind::usual(tag).unwrap())).unwrap();
        }
        answers.put(1, Answer::NotApplicable);
        answers.put(2, Answer::Option(1));
        answers.put(3, Answer::Several(vec![0, 1]));
        answers.put(4, Answer::Items(vec![9, NOT_APPLICABLE]));
        answers.put(5, Answer::Ranked(vec![2, 0, 1]));
        answers.put(6, Answer::Option(10));
        answers.put(7, Answer::Open("7".to_owned()));
        answers.put(8, Answer::Open("2026-07-04".to_owned()));
        answers.put(9, Answer::NoAnswer);
        answers.put(10, Answer::Open("Still dripping".to_owned()));
        answers.put(11, Answer::Open("3f2c8a50-0000-4000-8000-00000000abcd The tap".to_owned()));
        (of, answers)
    }

    #[test]
    fn stored_answers_come_back_as_they_were() {
        let (of, answers) = of_every_kind();
        let coded = encode(&of, &answers);
        assert_eq!(coded.codes, [2, 9, 8, 3, 8, 9, 2, 8, 9, 10, 8, 18, 8, 8, 1, 8, 8]);
        for (question, place) in of.questions().iter().zip(places(&of)) {
            let open = coded.open.iter().find(|(key, _)| *key == question.key);
            let open = open.map(|(_, value)| value.as_str());
            let back = decode(&question.kind, place, &coded.codes, open);
            assert_eq!(back.as_ref(), answers.get(question.key), "{}", question.text);
        }
    }

    #[test]
    fn the_answer_of_a_hidden_question_never_counts() {
        let mut of = Questionnaire::default();
        of.add(Question::new("Repair?", Kind::usual("one_choice").unwrap())).unwrap();
        of.add(Question::new("How?", Kind::usual("scale").unwrap()).shown_if(1, &[0])).unwrap();
        let mut answers = Answers::default();
        answers.put(1, Answer::Option(1));
        answers.put(2, Answer::Option(0));
        assert_eq!(encode(&of, &answers).codes, [9, NOT_ASKED]);
    }

    #[test]
    fn not_applicable_is_never_in_the_base() {
        let mut of = Questionnaire::default();
        of.add(Question::new("How?", Kind::usual("scale").unwrap())).unwrap();
        let kind = &of.at(0).unwrap().kind;
        let mut counts = kind.counts().unwrap();
        for code in [8, 8, 8, 9, 9, 12, NOT_APPLICABLE, NO_ANSWER, NOT_ASKED] {
            kind.tally(code, &[], People::ONE, &mut counts);
        }
        let table = disclosure::release(&counts, &Policy::staff());
        assert_eq!((table.base(), table.outside), (Some(6), Some(3)));
        assert_eq!(table.share.map(|share| share.percent), Some(83));
    }

    #[test]
    fn something_else_has_a_code_of_its_own_and_its_words_beside_it() {
        let mut of = Questionnaire::default();
        let settings = one_choice::Settings { other: true, ..one_choice::Settings::default() };
        of.add(Question::new("How did you reach us?", Kind::OneChoice(settings))).unwrap();
        let mut answers = Answers::default();
        answers.put(1, Answer::Other("By pigeon".to_owned()));
        let coded = encode(&of, &answers);
        let open = vec![(1, "By pigeon".to_owned())];
        assert_eq!(coded, Coded { codes: vec![OTHER], open, secret: Secret::empty() });
        let kind = &of.at(0).unwrap().kind;
        assert_eq!(decode(kind, places(&of)[0], &coded.codes, Some("By pigeon")).as_ref(), answers.get(1));
    }

    #[test]
    fn several_choices_open_a_question_by_each_of_them() {
        let kind = Kind::usual("several_choices").unwrap();
        assert_eq!(codes_of(&kind, &Answer::Several(vec![0, 2])), [8, 10]);
    }
}
