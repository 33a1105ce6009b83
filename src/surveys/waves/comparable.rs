//! Whether a question is the same in another survey, so that its answers may be compared.

use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;

/// How a question stands to another survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is asked there of the same people, in the same words, with the same answers.
    Same,
    /// It is worded otherwise there.
    OtherWords,
    /// It has other answers or another scale there.
    OtherAnswers,
    /// It is asked of other people there.
    OtherPeople,
    /// It is not asked there.
    Absent,
}

impl Standing {
    /// What to tell of a wave in which it is not the same; none where it is.
    #[must_use]
    pub const fn in_words(self) -> Option<&'static str> {
        Some(match self {
            Self::Same => return None,
            Self::OtherWords => "worded differently then, so it is not compared",
            Self::OtherAnswers => "had other answers to choose from then, so it is not compared",
            Self::OtherPeople => "asked of other people then, so it is not compared",
            Self::Absent => "not asked then",
        })
    }
}

/// How a question stands to another questionnaire, in which the question with its key is looked for: a copy keeps the
/// keys, and a key is never given to another question. A hint may differ, as may what the answers measure.
#[must_use]
pub fn standing(question: &Question, other: &Questionnaire) -> Standing {
    let Some(there) = other.find(question.key) else { return Standing::Absent };
    let words = |question: &Question| question.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words(question) != words(there) {
        Standing::OtherWords
    } else if question.kind != there.kind {
        Standing::OtherAnswers
    } else if question.show_if != there.show_if {
        Standing::OtherPeople
    } else {
        Standing::Same
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::kinds::Kind;

    fn of(question: Question) -> Questionnaire {
        let mut all = Questionnaire::default();
        all.add(Question::new("Had a repair?", Kind::usual("one_choice").unwrap())).unwrap();
        all.add(question).unwrap();
        all
    }

    #[test]
    fn only_the_same_words_answers_and_people_are_compared() {
        let plain = Question::new("How was it?", Kind::usual("scale").unwrap());
        let asked = of(plain.clone());
        let asked = asked.at(1).unwrap();
        let among = |question: Question| standing(asked, &of(question));
        assert_eq!(
            among(Question { text: "How  was it? ".into(), ..plain.clone() }.hinted("Think back")),
            Standing::Same
        );
        assert_eq!(among(Question { text: "How was the repair?".into(), ..plain.clone() }), Standing::OtherWords);
        assert_eq!(
            among(Question { kind: Kind::usual("zero_to_ten").unwrap(), ..plain.clone() }),
            Standing::OtherAnswers
        );
        assert_eq!(among(plain.shown_if(1, &[0])), Standing::OtherPeople);
        assert_eq!(standing(asked, &Questionnaire::default()), Standing::Absent);
        assert_eq!((Standing::Same.in_words(), Standing::Absent.in_words()), (None, Some("not asked then")));
    }
}
