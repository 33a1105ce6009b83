//! How many answers the regulator asks for, how many there are, and how near they come: for each tenure by itself.

use serde::{Deserialize, Serialize};

use crate::statistics::accuracy::{achieved_margin, answers_needed, asked_margin, is_binding};
use crate::surveys::regulator::measures::Measures;
use crate::surveys::regulator::stock::{Part, Stock};

/// How accurate a part is. Answers are those to the first measure, TP01: accuracy is judged on them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Accuracy {
    /// Whose answers.
    pub part: Part,
    /// How many homes it has.
    pub homes: u32,
    /// The widest margin the regulator accepts of so many homes, in points either way.
    pub asked: u32,
    /// Whether that margin binds, or is asked for as far as is reasonable: under 1,000 homes.
    pub is_binding: bool,
    /// How many answers reach that margin, upwards to a whole number.
    pub needed: u32,
    /// How many there are; none when they are too few to say.
    pub answers: Option<u32>,
    /// The margin they achieve, in points either way; none when they are too few to say, or more than there are homes.
    pub margin: Option<f64>,
}

impl Accuracy {
    /// Whether there are as many answers as the regulator asks for.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.answers.is_some_and(|answers| answers >= self.needed)
    }
}

/// Whether some part has fewer answers than the regulator asks for.
#[must_use]
pub fn is_short(all: &[Accuracy]) -> bool {
    all.iter().any(|one| !one.is_reached())
}

/// How accurate each part is that is reported by itself.
#[must_use]
pub fn of(measures: &Measures, stock: &Stock) -> Vec<Accuracy> {
    let first = measures.measures.first();
    let accuracy = |part: Part| {
        let homes = stock.homes_of(part);
        let figure = first.and_then(|first| first.figures.iter().flatten().find(|figure| figure.part == part));
        let answers = figure.and_then(|figure| figure.table.base());
        let margin = answers.and_then(|answers| achieved_margin(answers, homes));
        let (asked, needed) = (asked_margin(homes), answers_needed(homes));
        Accuracy { part, homes, asked, is_binding: is_binding(homes), needed, answers, margin }
    };
    stock.reported().into_iter().map(accuracy).collect()
}
