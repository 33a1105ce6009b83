//! One question at a time: which comes next, which came before, and who may see which.

use crate::questionnaires::answer::Answers;
use crate::questionnaires::condition::Condition;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::routing::Way;

/// One person's way through a questionnaire, given what they answered so far.
pub struct Journey<'a> {
    questionnaire: &'a Questionnaire,
    answers: &'a Answers,
    asked: Vec<usize>,
    /// How many more may come to be asked, by answers that are not there yet.
    undecided: usize,
}

impl<'a> Journey<'a> {
    /// The way as it stands.
    #[must_use]
    pub fn new(questionnaire: &'a Questionnaire, answers: &'a Answers) -> Self {
        let is_reached =
            |position: usize| questionnaire.at(position).is_some_and(|question| answers.get(question.key).is_some());
        let mut way = Way::new(questionnaire);
        let mut undecided: Vec<usize> = Vec::new();
        for position in 0..questionnaire.questions().len() {
            if way.reaches(position, answers) {
                way.leaves(position, answers);
                continue;
            }
            let condition = questionnaire.at(position).and_then(|question| question.show_if.as_ref());
            let named = condition.map(Condition::questions).unwrap_or_default();
            let mut named = named.into_iter().filter_map(|key| questionnaire.position(key));
            let is_open = named.any(|of| undecided.contains(&of) || way.asked().contains(&of) && !is_reached(of));
            if is_open && !way.skips(position) {
                undecided.push(position);
            }
        }
        Self { questionnaire, answers, asked: way.asked().to_vec(), undecided: undecided.len() }
    }

    /// The positions asked, in order.
    #[must_use]
    pub fn asked(&self) -> &[usize] {
        &self.asked
    }

    /// The first question asked that was not reached yet; none when it is time to check the answers.
    #[must_use]
    pub fn first_open(&self) -> Option<usize> {
        self.asked.iter().copied().find(|&position| !self.is_reached(position))
    }

    /// Whether the person may see the question: it is asked, and every question before it was reached.
    #[must_use]
    pub fn may_see(&self, position: usize) -> bool {
        let before = |other: &&usize| **other < position;
        self.asked.contains(&position) && self.asked.iter().filter(before).all(|&earlier| self.is_reached(earlier))
    }

    /// The question asked after this one; none when the answers are to be checked next.
    #[must_use]
    pub fn next(&self, position: usize) -> Option<usize> {
        self.asked.iter().copied().find(|&other| other > position)
    }

    /// The question asked before this one; none at the first.
    #[must_use]
    pub fn previous(&self, position: usize) -> Option<usize> {
        self.asked.iter().rev().copied().find(|&other| other < position)
    }

    /// "Question 3 of 12", counting the questions asked as things stand and those that answers to come may open: the
    /// second number is what the first page says, and never grows as long as no answer is changed.
    #[must_use]
    pub fn place(&self, position: usize) -> String {
        let place = self.asked.iter().filter(|&&other| other <= position).count();
        format!("Question {place} of {}", self.asked.len() + self.undecided)
    }

    fn is_reached(&self, position: usize) -> bool {
        let question = self.questionnaire.at(position);
        question.is_some_and(|question| self.answers.get(question.key).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::answer::Answer;
    use crate::questionnaires::kinds::Kind;
    use crate::questionnaires::question::Question;

    fn three() -> Questionnaire {
        let mut of = Questionnaire::default();
        let yes_no = || Kind::usual("one_choice").unwrap();
        of.add(Question::new("Had a repair?", yes_no())).unwrap();
        of.add(Question::new("Was it finished?", yes_no()).shown_if(1, &[0])).unwrap();
        of.add(Question::new("Anything else?", Kind::usual("long_text").unwrap())).unwrap();
        of
    }

    #[test]
    fn nobody_skips_ahead() {
        let (of, answers) = (three(), Answers::default());
        let journey = Journey::new(&of, &answers);
        assert!(journey.may_see(0) && !journey.may_see(2) && !journey.may_see(1));
        assert_eq!(journey.first_open(), Some(0));
    }

    #[test]
    fn back_and_next_pass_over_what_is_not_asked() {
        let (of, mut answers) = (three(), Answers::default());
        answers.put(1, Answer::Option(1));
        let journey = Journey::new(&of, &answers);
        assert_eq!((journey.next(0), journey.previous(2), journey.previous(0)), (Some(2), Some(0), None));
        assert_eq!(journey.place(2), "Question 2 of 2");
    }

    #[test]
    fn a_question_that_may_still_open_is_counted_until_it_cannot() {
        let (of, mut answers) = (three(), Answers::default());
        assert_eq!(Journey::new(&of, &answers).place(0), "Question 1 of 3");
        answers.put(1, Answer::Option(0));
        assert_eq!(Journey::new(&of, &answers).place(1), "Question 2 of 3");
        answers.put(1, Answer::NoAnswer);
        assert_eq!(Journey::new(&of, &answers).place(2), "Question 2 of 2");
    }

    #[test]
    fn an_answer_that_opens_a_question_leads_to_it() {
        let (of, mut answers) = (three(), Answers::default());
        answers.put(1, Answer::Option(0));
        answers.put(3, Answer::NoAnswer);
        assert_eq!(Journey::new(&of, &answers).first_open(), Some(1));
        answers.put(2, Answer::NoAnswer);
        assert_eq!(Journey::new(&of, &answers).first_open(), None);
    }
}
