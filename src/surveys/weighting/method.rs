//! By what a survey's answers are weighed, as staff say it: read from the form and put into words.

use serde::{Deserialize, Serialize};

use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::statistics::raking::MOST_MARGINS;
use crate::surveys::homes;
use crate::surveys::survey::Asked;
use crate::web::Form;

/// The most people or homes of one category.
const MOST: i64 = 1_000_000;

/// How answers are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Each counts once.
    None,
    /// By the homes in each area.
    Cells,
    /// By several questions at once.
    Raking,
}

impl Way {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::None, Self::Cells, Self::Raking];

    /// As it is stored and sent in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Cells => "cells",
            Self::Raking => "raking",
        }
    }

    /// In words, for the person who chooses.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "Not at all: each answer counts once",
            Self::Cells => "By the homes in each area",
            Self::Raking => "By the answers to up to five questions at once (raking)",
        }
    }
}

impl std::str::FromStr for Way {
    type Err = ();
    fn from_str(code: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|way| way.code() == code).ok_or(())
    }
}

/// A question that people are weighed by, with the number of everybody in each of its categories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Margin {
    /// The question's key.
    pub key: u16,
    /// Each category with its number, in the order of the question's answers.
    pub numbers: Vec<(String, u32)>,
}

/// A method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// How answers are weighed.
    pub way: Way,
    /// The questions with the numbers known of everybody. They are kept while another way is chosen.
    pub margins: Vec<Margin>,
    /// The most that one answer may count, in tenths of the mean, 11 to 100; none for no limit.
    pub cap: Option<u32>,
}

impl Method {
    /// The cap as a multiple of the mean.
    #[must_use]
    pub fn cap(&self) -> Option<f64> {
        self.cap.map(|tenths| f64::from(tenths) / 10.0)
    }
}

/// The questions that people can be weighed by: those with one answer of a list.
pub fn questions(questionnaire: &Questionnaire) -> impl Iterator<Item = &Question> {
    questionnaire.questions().iter().filter(|question| question.kind.divides())
}

/// The name of a category's box in the form.
#[must_use]
pub fn field(key: u16, at: usize) -> String {
    format!("n{key}-{at}")
}

/// A question's words.
#[must_use]
pub fn name(questionnaire: &Questionnaire, question: &Question) -> String {
    piping::described(&question.text, questionnaire)
}

/// Reads the form; none when something is wrong, which the form then says.
pub fn read(form: &mut Form, asked: &Asked) -> Option<Method> {
    let way = form.choice::<Way>("way", "Choose how the answers are weighed");
    let questionnaire = &asked.version.questionnaire;
    let margins: Vec<Margin> = questions(questionnaire).filter_map(|question| read_margin(form, question)).collect();
    let wrong = "Enter a number from 1.1 to 10, with one decimal, or leave it empty";
    let cap = if form.value("cap").trim().is_empty() { None } else { form.decimal("cap", 1.1..=10.0, wrong) };
    // At most 100, so that it is a whole number without loss.
    let cap = cap.and_then(|cap| format!("{:.0}", cap * 10.0).parse().ok());
    match way {
        Some(Way::Cells) if homes::known(asked).is_empty() => {
            form.error("way", "Enter the homes in each area first, then choose to weigh by them");
        }
        Some(Way::Raking) if margins.is_empty() && form.is_valid() => {
            form.error("way", "Enter the numbers for at least one question, so that there is something to weigh by");
        }
        Some(Way::Raking) if margins.len() > MOST_MARGINS => {
            form.error("way", "Enter the numbers for five questions at most, and leave the boxes of the others empty");
        }
        _ => {}
    }
    let way = way.filter(|_| form.is_valid())?;
    Some(Method { way, margins, cap })
}

/// The numbers of one question; none where its boxes are empty or wrong.
fn read_margin(form: &mut Form, question: &Question) -> Option<Margin> {
    let groups = question.kind.groups();
    let boxes: Vec<String> = (0..groups.len()).map(|at| field(question.key, at)).collect();
    if boxes.iter().all(|name| form.value(name).trim().is_empty()) {
        return None;
    }
    let mut numbers = Vec::new();
    for (name, group) in boxes.iter().zip(groups) {
        let wrong = format!(
            "Enter how many of everybody are “{group}”, from 0 to 1,000,000, or leave all boxes of the question empty"
        );
        let number = form.whole(name, 0..=MOST, &wrong).and_then(|number| u32::try_from(number).ok());
        numbers.extend(number.map(|number| (group, number)));
    }
    (numbers.len() == boxes.len()).then_some(Margin { key: question.key, numbers })
}

/// Fills the form with a method.
#[must_use]
pub fn fill(method: &Method, asked: &Asked) -> Form {
    let mut form = Form::filled(&[("way", method.way.code())]);
    if let Some(cap) = method.cap() {
        form.set("cap", &cap.to_string());
    }
    for margin in &method.margins {
        let groups = asked.version.questionnaire.find(margin.key).map(|question| question.kind.groups());
        for (at, group) in groups.unwrap_or_default().iter().enumerate() {
            if let Some((_, number)) = margin.numbers.iter().find(|(name, _)| name == group) {
                form.set(&field(margin.key, at), &number.to_string());
            }
        }
    }
    form
}

/// The questions of a method in words, one after the other.
fn respects(method: &Method, questionnaire: &Questionnaire) -> String {
    let names = method.margins.iter().filter_map(|margin| questionnaire.find(margin.key));
    let names: Vec<String> = names.map(|question| format!("“{}”", name(questionnaire, question))).collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

/// What the method does, in plain words for anybody. `about` is what is weighed: "Shares are".
#[must_use]
pub fn in_words(method: &Method, questionnaire: &Questionnaire, about: &str) -> String {
    match method.way {
        Way::None => "The answers are not weighted: each counts once.".to_owned(),
        Way::Cells => format!(
            "{about} given twice: as people answered, each answer counting once, and weighted, so that every area counts in proportion to its homes."
        ),
        Way::Raking => {
            let cap = method
                .cap()
                .map(|cap| format!(" No answer counts more than {cap} times the mean."))
                .unwrap_or_default();
            format!(
                "{about} given twice: as people answered, each answer counting once, and weighted, so that those who answered stand for everybody by their answers to {} (by raking).{cap} People who left such a question blank keep the part they had.",
                respects(method, questionnaire)
            )
        }
    }
}
