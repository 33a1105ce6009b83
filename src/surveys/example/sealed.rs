//! Two questions about special categories, and what people answer to them by a chance of their own.

use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::{Kind, one_choice};
use crate::questionnaires::question::Question;
use crate::questionnaires::sealed::Category;
use crate::random::Random;

/// In the words of the harmonised questions for Great Britain, the ethnic groups as the five that are reported.
pub fn questions() -> [Question; 2] {
    let kind = |options: &[&str]| {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        Kind::OneChoice(one_choice::Settings { options, prefer_not: true, ..one_choice::Settings::default() })
    };
    let health = "Do you have any physical or mental health conditions or illnesses lasting or expected to last 12 months or more?";
    let groups = [
        "White",
        "Mixed or multiple ethnic groups",
        "Asian or Asian British",
        "Black, Black British, Caribbean or African",
        "Other ethnic group",
    ];
    [
        Question::new(health, kind(&["Yes", "No"])).sealed_for(
            Category::Health,
            "to see whether halls, stairs and lighting work as well for people with health conditions as for others",
        ),
        Question::new("What is your ethnic group?", kind(&groups))
            .sealed_for(Category::Ethnicity, "to see whether everybody is served equally well"),
    ]
}

/// What people tell, one after the other.
pub struct Told(Random);

impl Default for Told {
    fn default() -> Self {
        Self(Random::seeded(270))
    }
}

impl Told {
    /// The answers of the next person.
    pub fn next(&mut self) -> [Answer; 2] {
        let health = match self.0.below(100) {
            0..31 => Answer::Option(0),
            31..86 => Answer::Option(1),
            86..94 => Answer::PreferNotToSay,
            _ => Answer::NoAnswer,
        };
        let ethnicity = match self.0.below(100) {
            0..72 => Answer::Option(0),
            72..75 => Answer::Option(1),
            75..82 => Answer::Option(2),
            82..88 => Answer::Option(3),
            88..90 => Answer::Option(4),
            90..96 => Answer::PreferNotToSay,
            _ => Answer::NoAnswer,
        };
        [health, ethnicity]
    }
}
