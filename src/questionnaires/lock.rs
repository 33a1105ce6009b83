//! The questions of a bank, which a regulator wants asked exactly as worded: they keep their words, their order and who is
//! asked. A landlord's own questions stand in append slots only.
//!
//! An append slot is the place after the last question of a theme and before the first one of the next theme; the place
//! after the last question of all is one too. So nothing stands before the bank's first question, where it could colour
//! what people answer, and nothing between two questions on one theme.

use crate::questionnaires::question::{BankItem, Question};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing;

/// Whether the bank's questions are the same after a change, word for word and in order.
#[must_use]
pub fn keeps(before: &Questionnaire, after: &Questionnaire) -> bool {
    of_bank(before).eq(of_bank(after))
}

/// Whether every question of the landlord's own stands in an append slot; always so without a bank.
#[must_use]
pub fn has_only_slots(questionnaire: &Questionnaire) -> bool {
    let questions = questionnaire.questions();
    if of_bank(questionnaire).next().is_none() {
        return true;
    }
    let own = questions.iter().enumerate().filter(|(_, question)| question.bank.is_none());
    own.map(|(at, _)| at).all(|at| {
        let before = questions.iter().take(at).rev().find_map(theme);
        let after = questions.iter().skip(at).find_map(theme);
        before.is_some() && before != after
    })
}

/// Whether a question of the landlord's own leads somebody past one of the bank, which then would not be asked.
#[must_use]
pub fn leads_past(questionnaire: &Questionnaire) -> bool {
    let questions = questionnaire.questions();
    questions.iter().enumerate().filter(|(_, question)| question.bank.is_none()).any(|(at, question)| {
        let ends = question.skips.iter().map(|skip| routing::target(questionnaire, skip));
        let passed = ends.max().unwrap_or_default().saturating_sub(at + 1);
        questions.iter().skip(at + 1).take(passed).any(|question| question.bank.is_some())
    })
}

fn of_bank(questionnaire: &Questionnaire) -> impl Iterator<Item = &Question> {
    questionnaire.questions().iter().filter(|question| question.bank.is_some())
}

fn theme(question: &Question) -> Option<&str> {
    question.bank.as_ref().map(|BankItem { theme, .. }| theme.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::condition::Condition;
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::question::Skip;
    use crate::questionnaires::questionnaire::Refused;

    fn question(text: &str) -> Question {
        Question::new(text, Kind::usual("one_choice").unwrap())
    }

    fn item(code: &str, theme: &str) -> Question {
        let bank = Some(BankItem { code: code.to_owned(), theme: theme.to_owned() });
        Question { bank, ..question(code) }
    }

    /// Two themes: the first of one question, the second of two. The last is asked because of the second.
    fn bank() -> Questionnaire {
        let items = vec![item("1", "One"), item("2", "Two"), item("3", "Two").shown_if(2, &[0])];
        Questionnaire::of_bank("a bank", items).unwrap()
    }

    fn order(of: &Questionnaire) -> Vec<&str> {
        of.questions().iter().map(|question| question.text.as_str()).collect()
    }

    #[test]
    fn a_question_of_the_bank_is_neither_changed_nor_moved_nor_removed() {
        let mut of = bank();
        let mut worded = of.at(1).unwrap().clone();
        worded.text = "2, put more kindly".to_owned();
        assert_eq!(of.replace(2, worded), Err(Refused::Fixed));
        assert_eq!(of.replace(2, question("Own")), Err(Refused::Fixed));
        assert_eq!(of.remove(3), Err(Refused::Fixed));
        assert_eq!(of.shift(1, false), Err(Refused::Fixed));
        assert_eq!(of.shift(3, true), Err(Refused::Fixed));
        assert_eq!(of.add(item("4", "Two")), Err(Refused::Fixed));
        assert_eq!(of, bank());
    }

    #[test]
    fn a_question_of_ones_own_moves_from_slot_to_slot() {
        let mut of = bank();
        let own = of.add(question("Own")).unwrap();
        assert_eq!(order(&of), ["1", "2", "3", "Own"]);
        of.shift(own, true).unwrap();
        assert_eq!(order(&of), ["1", "Own", "2", "3"]);
        assert_eq!(of.shift(own, true), Err(Refused::NoSlot));
        of.shift(own, false).unwrap();
        assert_eq!(order(&of), ["1", "2", "3", "Own"]);
        of.shift(own, false).unwrap();
        let other = of.add(question("Other")).unwrap();
        of.shift(other, true).unwrap();
        assert_eq!(order(&of), ["1", "2", "3", "Other", "Own"]);
        of.shift(other, true).unwrap();
        of.shift(own, true).unwrap();
        assert_eq!(order(&of), ["1", "Other", "Own", "2", "3"]);
        of.remove(other).unwrap();
        assert_eq!(of.replace(own, question("Own, changed")), Ok(()));
        assert_eq!(order(&of), ["1", "Own, changed", "2", "3"]);
    }

    #[test]
    fn a_question_that_depends_on_the_bank_stays_after_what_it_depends_on() {
        let mut of = bank();
        let own = of.add(question("Why?").shown_if(2, &[1])).unwrap();
        assert_eq!(of.shift(own, true), Err(Refused::LaterReference));
    }

    #[test]
    fn a_question_of_ones_own_leads_past_none_of_the_bank() {
        let mut of = bank();
        let own = of.add(question("Own")).unwrap();
        let other = of.add(question("Other")).unwrap();
        for key in [own, other] {
            of.shift(key, true).unwrap();
        }
        assert_eq!(order(&of), ["1", "Own", "Other", "2", "3"]);
        let skip = |to: Option<u16>| Some(Skip { when: Condition::chose(own, &[0]), to });
        for to in [None, Some(3)] {
            assert_eq!(of.set_skip(own, 0, skip(to)), Err(Refused::PastFixed), "{to:?}");
        }
        assert_eq!(of.set_skip(1, 0, Some(Skip { when: Condition::chose(1, &[0]), to: None })), Err(Refused::Fixed));
        assert_eq!(of.ask_only(2, Some(Condition::chose(1, &[0]))), Err(Refused::Fixed));
        of.set_skip(own, 0, skip(Some(2))).unwrap();
        let last = of.add(question("Last")).unwrap();
        of.set_skip(last, 0, Some(Skip { when: Condition::chose(last, &[0]), to: None })).unwrap();
    }

    #[test]
    fn without_a_bank_any_order_will_do() {
        let mut of = Questionnaire::default();
        of.add(question("First")).unwrap();
        let second = of.add(question("Second")).unwrap();
        of.shift(second, true).unwrap();
        assert_eq!(order(&of), ["Second", "First"]);
        assert_eq!(of.bank(), None);
    }

    #[test]
    fn the_lock_survives_being_stored() {
        let stored = serde_json::to_string(&bank()).unwrap();
        let back: Questionnaire = serde_json::from_str(&stored).unwrap();
        assert_eq!((back.bank(), &back), (Some("a bank"), &bank()));
    }
}
