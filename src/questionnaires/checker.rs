//! Faults in the logic of a questionnaire, found before anybody answers: questions nobody is asked, conditions that
//! everybody meets, references that lead nowhere. Decided exactly over the answers that conditions can tell apart.

use crate::questionnaires::answerings::{self, Budget, TooTangled};
use crate::questionnaires::condition::Condition;
use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The questionnaire cannot be published so.
    Wrong,
    /// It is worth a look.
    Doubtful,
}

/// Something found at one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The question.
    pub key: u16,
    /// How much it matters.
    pub weight: Weight,
    /// What it is, naming the question by its number.
    pub message: String,
}

/// Everything found, in question order.
#[must_use]
pub fn check(questionnaire: &Questionnaire) -> Vec<Finding> {
    let (mut findings, mut budget) = (Vec::new(), Budget::default());
    for (position, question) in questionnaire.questions().iter().enumerate() {
        let mut say = |weight: Weight, message: String| findings.push(Finding { key: question.key, weight, message });
        let number = position + 1;
        let before = findings_of_references(questionnaire, question, position);
        let is_sound = before.is_empty();
        for message in before {
            say(Weight::Wrong, message);
        }
        if !is_sound {
            continue;
        }
        match who_reaches(questionnaire, position, &mut budget) {
            Err(TooTangled) => say(
                Weight::Doubtful,
                format!(
                    "Question {number} depends on so many answers that we cannot check who is asked it. Try it out"
                ),
            ),
            Ok(Reached { asked: false, .. }) => say(
                Weight::Wrong,
                format!(
                    "Nobody can be asked question {number}: no answers lead to it. Change who is asked it, or what leads past it"
                ),
            ),
            Ok(Reached { turned_away: false, .. }) if question.show_if.is_some() => say(
                Weight::Doubtful,
                format!("Question {number} is asked whatever people answer, so its condition changes nothing"),
            ),
            Ok(_) => {}
        }
        for skip in &question.skips {
            if routing::target(questionnaire, skip) == position + 1 {
                say(
                    Weight::Doubtful,
                    format!("A skip after question {number} leads to the next question, which comes anyway"),
                );
            } else if is_followed(questionnaire, position, skip, &mut budget) == Ok(false) {
                say(Weight::Doubtful, format!("A skip after question {number} is never taken, whatever people answer"));
            }
        }
        for key in question.repeats() {
            let earlier = questionnaire.position(key).unwrap_or_default();
            if is_unasked_before(questionnaire, (earlier, position), &mut budget) == Ok(true) {
                say(
                    Weight::Doubtful,
                    format!(
                        "Some people are asked question {number} without question {}, whose answer it repeats. They read “your answer” there",
                        earlier + 1
                    ),
                );
            }
        }
    }
    findings
}

/// What is wrong with what a question refers to.
fn findings_of_references(questionnaire: &Questionnaire, question: &Question, position: usize) -> Vec<String> {
    let number = position + 1;
    let mut found = Vec::new();
    let comes_late = |key: u16, until: usize| questionnaire.position(key).is_none_or(|earlier| earlier >= until);
    let mut own = question.show_if.iter().flat_map(Condition::questions).chain(question.repeats());
    let mut onward = question.skips.iter().flat_map(|skip| skip.when.questions());
    if own.any(|key| comes_late(key, position)) || onward.any(|key| comes_late(key, position + 1)) {
        found.push(format!(
            "Question {number} refers to a question that does not come before it. Change question {number}"
        ));
    }
    if question.skips.iter().any(|skip| routing::target(questionnaire, skip) <= position) {
        found.push(format!("A skip after question {number} leads back. Change where it goes on"));
    }
    for statement in question.conditions().flat_map(Condition::statements) {
        let Condition::Gave { question: key, codes } = statement else { continue };
        let Some((at, earlier)) = questionnaire.position(*key).and_then(|at| Some((at, questionnaire.at(at)?))) else {
            continue;
        };
        let offered = routing::triggers(&earlier.kind);
        let is_offered = |code: &u8| offered.iter().any(|(other, _)| other == code);
        if !offered.is_empty() && !codes.iter().all(is_offered) {
            found.push(format!("Question {number} depends on an answer that question {} no longer offers. Look at what question {number} depends on", at + 1));
        }
    }
    found
}

/// Who comes to a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reached {
    /// Somebody can be asked it.
    asked: bool,
    /// Its condition keeps it from somebody.
    turned_away: bool,
}

/// Who comes to the question at this position, over every way of answering.
fn who_reaches(questionnaire: &Questionnaire, position: usize, budget: &mut Budget) -> Result<Reached, TooTangled> {
    let mut reached = Reached::default();
    let condition: Vec<&Condition> =
        questionnaire.at(position).and_then(|of| of.show_if.as_ref()).into_iter().collect();
    let deciding = answerings::deciding(questionnaire, &[position]);
    answerings::each(questionnaire, &deciding, &condition, budget, &mut |way, answers| {
        let fits = condition.iter().all(|condition| way.holds(condition, answers));
        reached.turned_away |= !fits && !way.skips(position);
        reached.asked |= fits && !way.skips(position);
    })?;
    Ok(reached)
}

/// Whether somebody can fit what a skip asks for where it stands.
fn is_followed(
    questionnaire: &Questionnaire,
    position: usize,
    skip: &Skip,
    budget: &mut Budget,
) -> Result<bool, TooTangled> {
    let mut followed = false;
    let mut all: Vec<usize> = skip.when.questions().into_iter().filter_map(|key| questionnaire.position(key)).collect();
    all.push(position);
    all.extend(answerings::deciding(questionnaire, &all));
    all.sort_unstable();
    all.dedup();
    answerings::each(questionnaire, &all, &[], budget, &mut |way, answers| {
        followed |= way.asked().contains(&position) && way.holds(&skip.when, answers);
    })?;
    Ok(followed)
}

/// Whether somebody is asked the question at `position` who was not asked the one at `earlier`.
fn is_unasked_before(
    questionnaire: &Questionnaire,
    (earlier, position): (usize, usize),
    budget: &mut Budget,
) -> Result<bool, TooTangled> {
    let mut found = false;
    let mut all = answerings::deciding(questionnaire, &[earlier, position]);
    all.extend([earlier, position]);
    all.sort_unstable();
    all.dedup();
    answerings::each(questionnaire, &all, &[], budget, &mut |way, _| {
        found |= way.asked().contains(&position) && !way.asked().contains(&earlier);
    })?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::questionnaires::answer::Answers;
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::testing;

    fn yes_no(text: &str) -> Question {
        Question::new(text, Kind::usual("one_choice").unwrap())
    }

    fn three() -> Questionnaire {
        let mut of = Questionnaire::default();
        for text in ["First?", "Second?", "Third?"] {
            of.add(yes_no(text).required()).unwrap();
        }
        of
    }

    fn all(all: Vec<Condition>) -> Condition {
        Condition::All { all }
    }

    fn messages(of: &Questionnaire) -> Vec<(Weight, String)> {
        check(of).into_iter().map(|finding| (finding.weight, finding.message)).collect()
    }

    #[test]
    fn a_contradiction_is_found_and_its_question_named() {
        let mut of = three();
        assert_eq!(messages(&of), []);
        of.ask_only(3, Some(all(vec![Condition::chose(1, &[0]), Condition::chose(1, &[1])]))).unwrap();
        let found = messages(&of);
        assert!(
            matches!(&found[..], [(Weight::Wrong, said)] if said.starts_with("Nobody can be asked question 3")),
            "{found:?}"
        );
        // Across two questions: the second is for those who said yes, the third for its answerers who said no.
        of.ask_only(2, Some(Condition::chose(1, &[0]))).unwrap();
        of.ask_only(3, Some(all(vec![Condition::chose(2, &[0]), Condition::chose(1, &[1])]))).unwrap();
        assert_eq!(messages(&of).len(), 1);
        of.ask_only(3, Some(all(vec![Condition::chose(2, &[0]).negated(), Condition::chose(1, &[1])]))).unwrap();
        assert_eq!(messages(&of), []);
    }

    #[test]
    fn a_condition_that_everybody_meets_is_doubtful() {
        let mut of = three();
        of.ask_only(3, Some(Condition::chose(1, &[0, 1]))).unwrap();
        let found = messages(&of);
        assert!(
            matches!(&found[..], [(Weight::Doubtful, said)] if said.contains("whatever people answer")),
            "{found:?}"
        );
        // Where the first may be left blank, it turns those away who leave it.
        of.replace(1, yes_no("First?")).unwrap();
        assert_eq!(messages(&of), []);
    }

    #[test]
    fn what_every_skip_leads_past_is_asked_of_nobody() {
        let mut of = three();
        of.set_skip(1, 0, Some(Skip { when: Condition::chose(1, &[0]), to: Some(3) })).unwrap();
        assert_eq!(messages(&of), []);
        of.set_skip(1, 1, Some(Skip { when: Condition::chose(1, &[1]), to: None })).unwrap();
        let found = messages(&of);
        assert!(matches!(&found[..], [(Weight::Wrong, said)] if said.contains("question 2")), "{found:?}");
        of.set_skip(1, 1, Some(Skip { when: Condition::chose(1, &[1]), to: Some(2) })).unwrap();
        let found = messages(&of);
        assert!(matches!(&found[..], [(Weight::Doubtful, said)] if said.contains("comes anyway")), "{found:?}");
        let never = all(vec![Condition::chose(1, &[0]), Condition::chose(1, &[1])]);
        of.set_skip(1, 1, Some(Skip { when: never, to: None })).unwrap();
        let found = messages(&of);
        assert!(matches!(&found[..], [(Weight::Doubtful, said)] if said.contains("never taken")), "{found:?}");
    }

    #[test]
    fn an_answer_that_is_no_longer_offered_and_one_that_is_repeated_unasked_are_found() {
        let mut of = three();
        of.ask_only(2, Some(Condition::chose(1, &[0, 7]))).unwrap();
        assert!(matches!(&messages(&of)[..], [(Weight::Wrong, said)] if said.contains("question 1 no longer offers")));
        of.ask_only(2, Some(Condition::chose(1, &[0]))).unwrap();
        of.replace(3, yes_no("Why {answer:2}?")).unwrap();
        assert!(matches!(&messages(&of)[..], [(Weight::Doubtful, said)] if said.contains("without question 2")));
        let repeating = Question { show_if: Some(Condition::chose(2, &[1])), ..yes_no("Why {answer:2}?") };
        of.replace(3, repeating).unwrap();
        assert_eq!(messages(&of), []);
    }

    #[test]
    fn a_reference_that_leads_nowhere_is_found_in_what_came_from_elsewhere() {
        let stored = r#"{"next_key":3,"questions":[
            {"key":1,"text":"A","kind":"date","show_if":{"question":2,"codes":[8]}},
            {"key":2,"text":"B {answer:9}","kind":"date","skips":[{"when":{"answered":1},"to":1}]}]}"#;
        let of: Questionnaire = serde_json::from_str(stored).unwrap();
        let found = messages(&of);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|(weight, _)| *weight == Weight::Wrong));
    }

    #[test]
    fn what_is_too_tangled_says_so_instead_of_running_for_ever() {
        let mut of = Questionnaire::default();
        let mut parts = Vec::new();
        for key in 1..=20 {
            of.add(yes_no("Which?")).unwrap();
            parts.push(Condition::chose(key, &[0]));
        }
        of.add(yes_no("Last?").shown_when(all(parts))).unwrap();
        let found = messages(&of);
        assert!(matches!(&found[..], [(Weight::Doubtful, said)] if said.contains("cannot check")), "{found:?}");
    }

    /// Every way of answering every question, asked or not.
    fn everything(of: &Questionnaire) -> Vec<Answers> {
        let mut all = vec![Answers::default()];
        for question in of.questions() {
            let choices = testing::every_answer(question);
            let longer = all.iter().flat_map(|answers| {
                choices.iter().map(|answer| {
                    let mut answers = answers.clone();
                    answers.put(question.key, answer.clone());
                    answers
                })
            });
            all = longer.collect();
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn who_reaches_a_question_is_what_trying_every_answer_says(mut dice in testing::dice()) {
            let of = testing::questionnaire(&mut dice, 5);
            let everything = everything(&of);
            for position in 0..of.questions().len() {
                let asked = everything.iter().any(|answers| routing::asked(&of, answers).contains(&position));
                let reached = who_reaches(&of, position, &mut Budget::default()).unwrap();
                prop_assert_eq!(reached.asked, asked, "question {} of {:?}", position + 1, of);
            }
        }

        #[test]
        fn whose_answer_is_repeated_unasked_is_what_trying_every_answer_says(mut dice in testing::dice()) {
            let of = testing::questionnaire(&mut dice, 5);
            let last = of.questions().len() - 1;
            let ways: Vec<Vec<usize>> = everything(&of).iter().map(|answers| routing::asked(&of, answers)).collect();
            for earlier in 0..last {
                let unasked = ways.iter().any(|asked| asked.contains(&last) && !asked.contains(&earlier));
                prop_assert_eq!(is_unasked_before(&of, (earlier, last), &mut Budget::default()), Ok(unasked));
            }
        }
    }
}
