//! The twelve measures: per cent satisfied of those who gave one of the five points, for each tenure.
//!
//! "Not applicable/don't know", a question left blank and one that a filter skipped are never in the base: the code book
//! counts them outside. Answers of leaseholders and of people who own the whole home are in no measure.
//!
//! The regulator's questions are shown here and nowhere else: a total of everybody beside one tenure's figures would give
//! the other tenure away, however few they are.

use serde::{Deserialize, Serialize};

use crate::questionnaires::bank::{self, Item, Tenure};
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::statistics::accuracy::achieved_margin;
use crate::statistics::counts::{Category, Counts};
use crate::statistics::disclosure::{self, Policy};
use crate::statistics::table::{Cell, Table};
use crate::statistics::weights::Weighted;
use crate::surveys::regulator::stock::{Part, Stock};
use crate::surveys::results::{self, Gathered};
use crate::surveys::survey::Asked;

/// One measure in one part of the homes, as it may be shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// Whose answers.
    pub part: Part,
    /// The released figures.
    pub table: Table,
    /// The margin its own base achieves, in points either way at 95 %; none when the homes are not known. Behind a
    /// filter fewer homes count than the part has, so that it is never too small.
    pub margin: Option<f64>,
    /// The weighted share, where answers are weighed and it may be shown.
    pub weighted: Option<Weighted>,
}

/// One measure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Measure {
    /// "TP01".
    pub code: String,
    /// What it measures, in the regulator's words.
    pub name: String,
    /// For each of the parts reported, in their order; none where it is not reported for that part.
    pub figures: Vec<Option<Figure>>,
}

/// The measures of a survey.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Measures {
    /// Whose answers the columns report.
    pub parts: Vec<Part>,
    /// All of them in order.
    pub measures: Vec<Measure>,
    /// How many answers name no tenure and so are in no measure, where that gives nobody else away.
    pub no_tenure: Cell,
}

/// The survey may not be a source of the measures: it is of another kind, or asks other questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASource;

impl NotASource {
    /// What to tell the person.
    #[must_use]
    pub const fn in_words(self) -> &'static str {
        "Tenant satisfaction measures come from the regulator’s yearly survey alone. What people say after a service, in a consultation or in any other survey must not be reported as a measure."
    }
}

/// The measures of a survey as they may be shown.
///
/// Each tenure stands by itself; a last column has both together, as far as it follows from the two. Where the landlord
/// reports both as one, that is the only column.
///
/// # Errors
/// When the survey may not be a source: a transactional survey above all.
pub fn measure(
    asked: &Asked,
    gathered: &Gathered,
    stock: Option<&Stock>,
    policy: &Policy,
) -> Result<Measures, NotASource> {
    let questionnaire = &asked.version.questionnaire;
    let bank = questionnaire.bank().and_then(bank::find).filter(|_| asked.survey.kind.feeds_measures());
    let bank = bank.ok_or(NotASource)?;
    bank.tenure_question(questionnaire).ok_or(NotASource)?;
    let reporting = Reporting { gathered, stock, policy };
    let mut parts = stock.map_or_else(|| Tenure::ALL.map(Part::Of).to_vec(), Stock::reported);
    if parts.len() > 1 {
        parts.push(Part::Combined);
    }
    let measures = bank.measures().map(|item| {
        let question = bank::asking(questionnaire, &item.code).ok_or(NotASource)?;
        Ok(Measure {
            code: item.code.clone(),
            name: item.measure.clone().unwrap_or_default(),
            figures: reporting.figures(item, question, &parts),
        })
    });
    let measures: Vec<Measure> = measures.collect::<Result<_, _>>()?;
    let no_tenure = no_tenure(gathered, &measures, policy);
    Ok(Measures { parts, measures, no_tenure })
}

/// What was answered to one measure in one part, to be compared with other years; none where the survey is no source of
/// the measures or where it is not reported for that part.
pub fn counts(asked: &Asked, gathered: &Gathered, code: &str, part: Part) -> Option<Counts> {
    let questionnaire = &asked.version.questionnaire;
    let bank = questionnaire.bank().and_then(bank::find).filter(|_| asked.survey.kind.feeds_measures())?;
    let item = bank.measures().find(|item| item.code == code)?;
    bank.tenure_question(questionnaire)?;
    let reporting = Reporting { gathered, stock: None, policy: &Policy::measures() };
    reporting.count(item, bank::asking(questionnaire, code)?, part)
}

/// How many answers name no tenure. All kinds of homes together are all answers, so that it is released as one of them;
/// and it is kept where one tenure is too small to show, which it would give away.
fn no_tenure(gathered: &Gathered, measures: &[Measure], policy: &Policy) -> Cell {
    let labels = Tenure::ALL.map(|tenure| Part::Of(tenure).label().to_owned()).into_iter();
    let labels = labels.chain(["Other homes", "No tenure"].map(str::to_owned));
    let mut counts = Counts::one_of(labels.map(Category::plain).collect());
    let kinds = Tenure::ALL.map(results::of_tenure).into_iter();
    for (row, kind) in kinds.chain([true, false].map(results::of_no_tenure)).enumerate() {
        counts.record_people(&[row], gathered.counted.people_of(&kind));
    }
    let overall = measures.first().into_iter().flat_map(|measure| measure.figures.iter().flatten());
    let is_kept = overall.filter(|figure| figure.part != Part::Combined).any(|figure| !figure.table.is_shown());
    let released = disclosure::release(&counts, policy);
    released.rows.last().map_or(Cell::Hidden, |row| if is_kept { Cell::Hidden } else { row.cell })
}

struct Reporting<'a> {
    gathered: &'a Gathered,
    stock: Option<&'a Stock>,
    policy: &'a Policy,
}

impl Reporting<'_> {
    fn figures(&self, item: &Item, question: &Question, parts: &[Part]) -> Vec<Option<Figure>> {
        let mut figures: Vec<Option<Figure>> = parts.iter().map(|part| self.figure(item, question, *part)).collect();
        if parts.len() > 1 {
            let apart: Vec<Figure> =
                figures.iter().flatten().filter(|one| one.part != Part::Combined).cloned().collect();
            for figure in figures.iter_mut().filter(|figure| figure.as_ref().is_some_and(|f| f.part == Part::Combined))
            {
                *figure = figure.take().and_then(|figure| known(figure, &apart));
            }
        }
        figures
    }

    /// A question in one part; none when it is not reported for it.
    fn figure(&self, item: &Item, question: &Question, part: Part) -> Option<Figure> {
        let counts = self.count(item, question, part)?;
        let homes = self.stock.map(|stock| reported(item, part).map(|tenure| stock.homes(tenure)).sum());
        let table = disclosure::release(&counts, self.policy);
        let margin = table.base().zip(homes).and_then(|(n, homes)| achieved_margin(n, homes));
        Some(Figure { part, table, margin, weighted: None })
    }

    fn count(&self, item: &Item, question: &Question, part: Part) -> Option<Counts> {
        let mut all = reported(item, part)
            .map(|tenure| self.gathered.counted.counts(question, &Facet::whole(), &results::of_tenure(tenure)));
        let mut counts = all.next()??;
        for other in all {
            let _ = counts.add(&other?);
        }
        Some(counts)
    }
}

/// Both tenures together, as far as it follows from what is shown of each: the share from both shares, the rest of the
/// scale from both rests. None where one tenure is hidden or not reported, since the other would give it away.
fn known(both: Figure, apart: &[Figure]) -> Option<Figure> {
    if apart.len() < 2 || apart.iter().any(|figure| figure.table.share.is_none()) {
        return None;
    }
    let split = both.table.split.filter(|_| apart.iter().all(|figure| figure.table.split.is_some()));
    let table = Table { rows: Vec::new(), mean: None, outside: None, split, ..both.table };
    Some(Figure { table, ..both })
}

/// The tenures of a part that an item is reported for.
fn reported(item: &Item, part: Part) -> impl Iterator<Item = Tenure> {
    Tenure::ALL.into_iter().filter(move |tenure| part.holds(*tenure) && item.is_reported_for(*tenure))
}

#[cfg(test)]
#[path = "measures_tests.rs"]
mod tests;
