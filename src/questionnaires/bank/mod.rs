//! Banks of questions that somebody else words: the English tenant satisfaction measures, as versioned data.
//!
//! A bank's words, scales, filters and order stand in its JSON file and nowhere in code, so that a new direction of the
//! regulator is a new file. The landlord's name is the only thing put into them.

mod tenure;

use std::sync::LazyLock;

use serde::Deserialize;

use crate::questionnaires::kinds::{Kind, one_choice, scale};
use crate::questionnaires::question::{BankItem, Question};
use crate::questionnaires::questionnaire::{Questionnaire, Refused};

pub use tenure::Tenure;

/// What stands for the landlord's name in a bank.
const LANDLORD: &str = "{landlord}";

/// Every bank, the newest last.
static BANKS: LazyLock<Vec<Bank>> = LazyLock::new(|| {
    let texts = [include_str!("tsm_2023.json")];
    // A test reads every file: one that cannot be read never ships.
    texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect()
});

/// A version of the questions of the tenant satisfaction measures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bank {
    /// Its name in stored questionnaires: "tsm_2023".
    pub version: String,
    /// Its name for staff.
    pub name: String,
    /// Where the wording comes from, and how far it was checked.
    pub source: String,
    /// The code of the item that says which tenure a person has.
    pub tenure: String,
    /// The questions in order.
    pub items: Vec<Item>,
}

/// One question of a bank.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its code: "TP01", "A".
    pub code: String,
    /// The theme it belongs to.
    pub theme: String,
    /// What it measures in the regulator's words; none for questions that only route people.
    #[serde(default)]
    pub measure: Option<String>,
    /// The question, with `{landlord}` where the name goes.
    text: String,
    #[serde(default)]
    hint: String,
    answers: Answers,
    /// Whether it must be answered.
    #[serde(default)]
    required: bool,
    /// Whose answers are reported; a question of one tenure only is asked of that tenure only.
    tenures: Vec<Tenure>,
    /// The code of the item that must have been answered with its first option.
    #[serde(default)]
    only_if_yes: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Answers {
    FivePoints { wording: scale::Wording, not_applicable: bool },
    Choice { options: Vec<String>, dont_know: bool },
    Tenure(Vec<TenureOption>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TenureOption {
    label: String,
    /// None for homes outside the measures.
    tenure: Option<Tenure>,
}

/// The bank that new surveys are made from; none if the program was built without one.
#[must_use]
pub fn current() -> Option<&'static Bank> {
    BANKS.last()
}

/// The bank with this name.
#[must_use]
pub fn find(version: &str) -> Option<&'static Bank> {
    BANKS.iter().find(|bank| bank.version == version)
}

impl Bank {
    /// The questionnaire for a landlord of this name. Its questions are locked.
    ///
    /// # Errors
    /// When an item names a later one, which a test rules out for the banks that are built in.
    pub fn questionnaire(&self, landlord: &str) -> Result<Questionnaire, Refused> {
        let questions = self.items.iter().map(|item| self.question(item, landlord)).collect();
        Questionnaire::of_bank(&self.version, questions)
    }

    fn question(&self, item: &Item, landlord: &str) -> Question {
        let named = |text: &str| text.replace(LANDLORD, landlord);
        let kind = match &item.answers {
            Answers::FivePoints { wording, not_applicable } => {
                let (wording, not_applicable) = (*wording, *not_applicable);
                Kind::Scale(scale::Settings { wording, not_applicable, or_dont_know: not_applicable })
            }
            Answers::Choice { options, dont_know } => choice(options.clone(), *dont_know),
            Answers::Tenure(options) => choice(options.iter().map(|option| named(&option.label)).collect(), false),
        };
        let question = Question::new(named(&item.text), kind).hinted(named(&item.hint));
        let question = if item.required { question.required() } else { question };
        let question = match &item.only_if_yes {
            Some(filter) => question.shown_if(self.key(filter), &[0]),
            None if item.tenures.len() == 1 => {
                question.shown_if(self.key(&self.tenure), &self.options_of(&item.tenures))
            }
            None => question,
        };
        let bank = Some(BankItem { code: item.code.clone(), theme: item.theme.clone() });
        Question { bank, ..question }
    }

    /// The key that the question of an item gets: its place, counted from one.
    fn key(&self, code: &str) -> u16 {
        let at = self.items.iter().position(|item| item.code == code);
        at.and_then(|at| u16::try_from(at + 1).ok()).unwrap_or_default()
    }

    /// The options of the question on tenure that stand for these tenures.
    fn options_of(&self, tenures: &[Tenure]) -> Vec<u8> {
        let stands = |option: &TenureOption| option.tenure.is_some_and(|tenure| tenures.contains(&tenure));
        let options = (0_u8..).zip(self.tenure_options()).filter(|(_, option)| stands(option));
        options.map(|(at, _)| at).collect()
    }

    fn tenure_options(&self) -> &[TenureOption] {
        let item = self.items.iter().find(|item| item.code == self.tenure);
        match item.map(|item| &item.answers) {
            Some(Answers::Tenure(options)) => options,
            _ => &[],
        }
    }

    /// The tenure that an option of the question on tenure stands for; none for homes outside the measures.
    #[must_use]
    pub fn tenure_at(&self, option: usize) -> Option<Tenure> {
        self.tenure_options().get(option)?.tenure
    }

    /// The question of a questionnaire that asks for the tenure.
    #[must_use]
    pub fn tenure_question<'a>(&self, questionnaire: &'a Questionnaire) -> Option<&'a Question> {
        asking(questionnaire, &self.tenure)
    }

    /// The items that are measures, in order.
    pub fn measures(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.measure.is_some())
    }

    /// Whether a questionnaire asks this bank's questions as they are worded, with this name of the landlord.
    #[must_use]
    pub fn is_asked_by(&self, questionnaire: &Questionnaire, landlord: &str) -> bool {
        let locked = questionnaire.questions().iter().filter(|question| question.bank.is_some());
        self.questionnaire(landlord).is_ok_and(|whole| locked.eq(whole.questions()))
    }
}

impl Item {
    /// Whether the answers of this tenure are reported.
    #[must_use]
    pub fn is_reported_for(&self, tenure: Tenure) -> bool {
        self.tenures.contains(&tenure)
    }
}

/// The question of a questionnaire that is the item with this code.
#[must_use]
pub fn asking<'a>(questionnaire: &'a Questionnaire, code: &str) -> Option<&'a Question> {
    let is_item = |question: &&Question| question.bank.as_ref().is_some_and(|item| item.code == code);
    questionnaire.questions().iter().find(is_item)
}

fn choice(options: Vec<String>, dont_know: bool) -> Kind {
    Kind::OneChoice(one_choice::Settings { options, other: false, dont_know, prefer_not: false })
}

#[cfg(test)]
mod tests;
