//! Conditions in plain words: for residents who see all questions at once, for staff, and for readers of results.

use crate::questionnaires::condition::Condition;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing;
use crate::ui;

/// To whom a condition is said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Voice {
    /// To the person who answers: "you answered “Yes” to question 2".
    You,
    /// About people who answered, to readers without the questionnaire: "answered “Yes” to “Was it finished?”".
    They,
}

/// A condition as the person who answers reads it, to follow "only if":
/// "you answered “Yes” to question 2, and you did not answer question 3".
#[must_use]
pub fn condition(questionnaire: &Questionnaire, condition: &Condition) -> String {
    Said { questionnaire, voice: Voice::You }.say(condition, false, 0)
}

/// Who is to answer a question, when it is not everybody, to follow "only if".
#[must_use]
pub fn only_if(questionnaire: &Questionnaire, question: &Question) -> Option<String> {
    question.show_if.as_ref().map(|of| condition(questionnaire, of))
}

/// Who was asked a question, in sentences for readers of results; none where it was everybody:
/// "Asked of people who answered “No” to “Was it finished?”."
#[must_use]
pub fn asked_of(questionnaire: &Questionnaire, question: &Question) -> Vec<String> {
    let said = Said { questionnaire, voice: Voice::They };
    let own = question.show_if.as_ref().map(|of| format!("Asked of people who {}.", said.say(of, false, 0)));
    let position = questionnaire.position(question.key).unwrap_or_default();
    let led_past = questionnaire.questions().iter().take(position).flat_map(|earlier| &earlier.skips);
    let led_past = led_past.filter(|skip| routing::target(questionnaire, skip) > position);
    let led_past = led_past.map(|skip| format!("Not asked of people who {}.", said.say(&skip.when, false, 0)));
    own.into_iter().chain(led_past).collect()
}

/// Where a question leads, in sentences to the person who answers; none where it is always the next:
/// "If you answered “No” to question 3, go on to question 6."
#[must_use]
pub fn onward(questionnaire: &Questionnaire, question: &Question) -> Vec<String> {
    let sentences = question.skips.iter().map(|skip| {
        let place = match skip.to.map(|key| questionnaire.position(key)) {
            None => ui::filled("the end", &[]),
            Some(Some(position)) => numbered(position),
            Some(None) => GONE.to_owned(),
        };
        let condition = condition(questionnaire, &skip.when);
        ui::filled("If {condition}, go on to {place}.", &[("condition", &condition), ("place", &place)])
    });
    sentences.collect()
}

/// What a question is called that was taken out; only staff ever read it.
const GONE: &str = "a question that is not there any more";

/// "question 3", by its place from nought.
fn numbered(position: usize) -> String {
    ui::filled("question {n}", &[("n", &(position + 1).to_string())])
}

struct Said<'a> {
    questionnaire: &'a Questionnaire,
    voice: Voice,
}

impl Said<'_> {
    /// A "not" before a list turns each of its parts round, so that people read no "it is not so that".
    fn say(&self, of: &Condition, negated: bool, depth: usize) -> String {
        match of {
            Condition::Not { not } => self.say(not, !negated, depth),
            Condition::All { all: parts } => self.join(parts, !negated, negated, depth),
            Condition::Any { any: parts } => self.join(parts, negated, negated, depth),
            Condition::Gave { question, codes } => self.gave(*question, codes, negated),
            Condition::Answered { answered } => self.answered(*answered, negated),
        }
    }

    fn join(&self, parts: &[Condition], and: bool, negated: bool, depth: usize) -> String {
        if let [only] = parts {
            return self.say(only, negated, depth);
        }
        let parts: Vec<String> = parts.iter().map(|part| self.say(part, negated, depth + 1)).collect();
        match (depth, and) {
            (0, true) => in_a_row(parts, "{one}, and {other}"),
            (0, false) => in_a_row(parts, "{one}, or {other}"),
            (_, true) => in_a_row(parts, "{one} and {other}"),
            (_, false) => ui::filled("either {list}", &[("list", &in_a_row(parts, "{one} or {other}"))]),
        }
    }

    fn gave(&self, key: u16, codes: &[u8], negated: bool) -> String {
        let kind = self.questionnaire.find(key).map(|question| &question.kind);
        let triggers = kind.map(routing::triggers).unwrap_or_default();
        if kind.is_some() && triggers.is_empty() {
            return self.answered(key, negated);
        }
        let named = triggers.into_iter().filter(|(code, _)| codes.contains(code));
        let named: Vec<String> = named.map(|(_, label)| format!("“{}”", ui::said(label))).collect();
        let named = if named.is_empty() {
            "something it no longer offers".to_owned()
        } else {
            in_a_row(named, "{one} or {other}")
        };
        let name = self.name(key);
        match (self.voice, negated) {
            (Voice::They, false) => format!("answered {named} to {name}"),
            (Voice::They, true) => format!("did not answer {named} to {name}"),
            (Voice::You, false) => {
                ui::filled("you answered {words} to {question}", &[("words", &named), ("question", &name)])
            }
            (Voice::You, true) => {
                ui::filled("you did not answer {words} to {question}", &[("words", &named), ("question", &name)])
            }
        }
    }

    fn answered(&self, key: u16, negated: bool) -> String {
        let name = self.name(key);
        match (self.voice, negated) {
            (Voice::They, false) => format!("answered {name}"),
            (Voice::They, true) => format!("did not answer {name}"),
            (Voice::You, false) => ui::filled("you answered {question}", &[("question", &name)]),
            (Voice::You, true) => ui::filled("you did not answer {question}", &[("question", &name)]),
        }
    }

    fn name(&self, key: u16) -> String {
        let found = self.questionnaire.position(key).and_then(|at| Some((at, self.questionnaire.at(at)?)));
        match found {
            None => GONE.to_owned(),
            Some((at, _)) if self.voice == Voice::You => numbered(at),
            Some((_, question)) => format!("“{}”", piping::described(&question.text, self.questionnaire)),
        }
    }
}

/// Several in a row, joined two by two in the language of the page.
fn in_a_row(parts: Vec<String>, joined: &str) -> String {
    let row = parts.into_iter().reduce(|one, other| ui::filled(joined, &[("one", &one), ("other", &other)]));
    row.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::question::Skip;

    fn three() -> Questionnaire {
        let mut of = Questionnaire::default();
        of.add(Question::new("Repair?", Kind::usual("one_choice").unwrap())).unwrap();
        of.add(Question::new("Finished?", Kind::usual("one_choice").unwrap())).unwrap();
        of.add(Question::new("When?", Kind::usual("date").unwrap())).unwrap();
        of
    }

    fn you(of: &Condition) -> String {
        condition(&three(), of)
    }

    fn yes(key: u16) -> Condition {
        Condition::chose(key, &[0])
    }

    #[test]
    fn a_statement_is_said_to_the_person_who_answers() {
        assert_eq!(you(&yes(2)), "you answered “Yes” to question 2");
        assert_eq!(you(&Condition::chose(2, &[0, 1])), "you answered “Yes” or “No” to question 2");
        assert_eq!(you(&yes(2).negated()), "you did not answer “Yes” to question 2");
        assert_eq!(you(&Condition::Answered { answered: 3 }), "you answered question 3");
        // As it was stored before there was a statement of its own for it.
        assert_eq!(you(&yes(3)), "you answered question 3");
        assert_eq!(you(&yes(9)), "you answered something it no longer offers to a question that is not there any more");
    }

    #[test]
    fn lists_and_lists_in_lists_are_said_without_brackets() {
        let any = Condition::Any { any: vec![yes(2), Condition::Answered { answered: 3 }] };
        assert_eq!(you(&any), "you answered “Yes” to question 2, or you answered question 3");
        let all = Condition::All { all: vec![yes(1), any] };
        assert_eq!(
            you(&all),
            "you answered “Yes” to question 1, and either you answered “Yes” to question 2 or you answered question 3"
        );
        assert_eq!(
            you(&all.negated()),
            "you did not answer “Yes” to question 1, or you did not answer “Yes” to question 2 and you did not answer question 3"
        );
    }

    #[test]
    fn readers_of_results_are_told_the_words_of_the_question() {
        let mut of = three();
        let both = Condition::All { all: vec![yes(1), yes(2).negated()] };
        of.add(Question::new("Why?", Kind::usual("long_text").unwrap()).shown_when(both)).unwrap();
        assert_eq!(
            asked_of(&of, of.at(3).unwrap()),
            ["Asked of people who answered “Yes” to “Repair?”, and did not answer “Yes” to “Finished?”."]
        );
        assert!(asked_of(&of, of.at(0).unwrap()).is_empty());
        assert_eq!(only_if(&of, of.at(0).unwrap()), None);
        of.set_skip(1, 0, Some(Skip { when: yes(1).negated(), to: Some(3) })).unwrap();
        assert_eq!(asked_of(&of, of.at(1).unwrap()), ["Not asked of people who did not answer “Yes” to “Repair?”."]);
        assert!(asked_of(&of, of.at(2).unwrap()).is_empty());
    }

    #[test]
    fn a_skip_is_said_to_the_person_who_answers() {
        let mut of = three();
        of.set_skip(1, 0, Some(Skip { when: yes(1), to: Some(3) })).unwrap();
        of.set_skip(1, 1, Some(Skip { when: yes(1).negated(), to: None })).unwrap();
        let said = onward(&of, of.at(0).unwrap());
        assert_eq!(said[0], "If you answered “Yes” to question 1, go on to question 3.");
        assert_eq!(said[1], "If you did not answer “Yes” to question 1, go on to the end.");
    }
}
