//! Why answers cannot be weighed, in words that say what to do, with the field of the form that it is about.

use crate::questionnaires::questionnaire::Questionnaire;
use crate::statistics::raking::Refused;
use crate::surveys::weighting::method;
use crate::web::number::grouped;

/// The field and the words.
#[must_use]
pub fn in_words(refused: &Refused, questionnaire: &Questionnaire) -> (String, String) {
    let field = |margin: &str, category: Option<&str>| {
        let question =
            method::questions(questionnaire).find(|question| method::name(questionnaire, question) == margin);
        let at = |question: &crate::questionnaires::question::Question| {
            let found = question.kind.groups().iter().position(|group| Some(group.as_str()) == category);
            method::field(question.key, found.unwrap_or_default())
        };
        question.map_or_else(|| "way".to_owned(), at)
    };
    match refused {
        Refused::Nothing => {
            ("way".to_owned(), "The numbers are all 0. Enter how many of everybody are in each category".to_owned())
        }
        Refused::TooMany => ("way".to_owned(), "Enter the numbers for five questions at most".to_owned()),
        Refused::Changed(margin) => {
            let words =
                format!("“{margin}” has other answers now than when its numbers were entered. Enter them again");
            (field(margin, None), words)
        }
        Refused::Shut(margin) => {
            let words = format!("The answers to “{margin}” are sealed, and their key is missing");
            (field(margin, None), words)
        }
        Refused::Sums([(one, first), (other, second)]) => {
            let words = format!(
                "The numbers of “{one}” add up to {}, those of “{other}” to {}. They must be the same, since both speak of everybody",
                whole(*first),
                whole(*second),
            );
            (field(other, None), words)
        }
        Refused::NobodyIn(margin, category) => {
            let words = format!(
                "Nobody who answered is “{category}”, so nobody can stand for them. Enter 0 there and add the number to the category most like it"
            );
            (field(margin, Some(category)), words)
        }
        Refused::NoPartFor(margin, category) => {
            let words = format!(
                "People who answered are “{category}”, but its number is 0. Enter how many of everybody they are"
            );
            (field(margin, Some(category)), words)
        }
        Refused::NoConvergence => {
            let words = "No weights fit all these numbers at once for the people who answered. Leave out the question with the smallest categories, or check the numbers";
            ("way".to_owned(), words.to_owned())
        }
        Refused::CapTooLow => {
            ("cap".to_owned(), "The most that one answer may count must be above the mean, 1".to_owned())
        }
    }
}

fn whole(sum: f64) -> String {
    format!("{sum:.0}").parse::<u64>().map_or_else(|_| format!("{sum:.0}"), |sum| grouped(&sum))
}
