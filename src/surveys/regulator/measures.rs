//! The twelve measures: per cent satisfied of those who gave one of the five points, for each tenure.
//!
//! "Not applicable/don't know", a question left blank and one that a filter skipped are never in the base: the code book
//! counts them outside. Answers of leaseholders and of people who own the whole home are in no measure.
//!
//! The regulator's questions are shown here and nowhere else: a total of everybody beside one tenure's figures would give
//! the other tenure away, however few they are.

use crate::questionnaires::bank::{self, Bank, Item, Tenure};
use crate::questionnaires::code_book;
use crate::questionnaires::count;
use crate::questionnaires::question::Question;
use crate::statistics::accuracy::achieved_margin;
use crate::statistics::counts::{Category, Counts};
use crate::statistics::disclosure::{self, Policy};
use crate::statistics::table::{Cell, Table};
use crate::surveys::regulator::stock::{Part, Stock};
use crate::surveys::results::Gathered;
use crate::surveys::survey::Asked;

/// One measure in one part of the homes, as it may be shown.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Whose answers.
    pub part: Part,
    /// The released figures.
    pub table: Table,
    /// The margin its own base achieves, in points either way at 95 %; none when the homes are not known. Behind a
    /// filter fewer homes count than the part has, so that it is never too small.
    pub margin: Option<f64>,
}

/// One measure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// "TP01".
    pub code: String,
    /// What it measures, in the regulator's words.
    pub name: String,
    /// For each of the parts reported, in their order; none where it is not reported for that part.
    pub figures: Vec<Option<Figure>>,
}

/// The measures of a survey.
#[derive(Clone, Debug)]
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
    let (tenures, named) = tenures(asked, gathered, bank).ok_or(NotASource)?;
    let counting = Counting { asked, gathered, tenures: &tenures, stock, policy };
    let mut parts = stock.map_or_else(|| Tenure::ALL.map(Part::Of).to_vec(), Stock::reported);
    if parts.len() > 1 {
        parts.push(Part::Combined);
    }
    let measures = bank.measures().map(|item| {
        let question = bank::asking(questionnaire, &item.code).ok_or(NotASource)?;
        Ok(Measure {
            code: item.code.clone(),
            name: item.measure.clone().unwrap_or_default(),
            figures: counting.figures(item, question, &parts),
        })
    });
    let measures: Vec<Measure> = measures.collect::<Result<_, _>>()?;
    let no_tenure = no_tenure(&tenures, &named, &measures, policy);
    Ok(Measures { parts, measures, no_tenure })
}

/// How many answers name no tenure. All kinds of homes together are all answers, so that it is released as one of them;
/// and it is kept where one tenure is too small to show, which it would give away.
fn no_tenure(tenures: &[Option<Tenure>], named: &[bool], measures: &[Measure], policy: &Policy) -> Cell {
    let kinds = Tenure::ALL.len();
    let labels = Tenure::ALL.map(|tenure| Part::Of(tenure).label().to_owned()).into_iter();
    let labels = labels.chain(["Other homes", "No tenure"].map(str::to_owned));
    let mut counts = Counts::one_of(labels.map(Category::plain).collect());
    for (tenure, is_named) in tenures.iter().zip(named) {
        let kind = tenure.and_then(|tenure| Tenure::ALL.iter().position(|other| *other == tenure));
        counts.record(kind.unwrap_or(if *is_named { kinds } else { kinds + 1 }));
    }
    let overall = measures.first().into_iter().flat_map(|measure| measure.figures.iter().flatten());
    let is_kept = overall.filter(|figure| figure.part != Part::Combined).any(|figure| !figure.table.is_shown());
    let released = disclosure::release(&counts, policy);
    released.rows.last().map_or(Cell::Hidden, |row| if is_kept { Cell::Hidden } else { row.cell })
}

/// The tenure of each person who answered, none for homes outside the measures; and whether they named one at all.
fn tenures(asked: &Asked, gathered: &Gathered, bank: &Bank) -> Option<(Vec<Option<Tenure>>, Vec<bool>)> {
    let questionnaire = &asked.version.questionnaire;
    let question = bank.tenure_question(questionnaire)?;
    let place = count::place_of(questionnaire, question.key)?;
    let option = |codes: &[u8]| question.kind.category(code_book::code_at(place, codes));
    let named = gathered.stored.iter().map(|response| option(&response.codes));
    Some(named.map(|option| (option.and_then(|option| bank.tenure_at(option)), option.is_some())).unzip())
}

struct Counting<'a> {
    asked: &'a Asked,
    gathered: &'a Gathered,
    tenures: &'a [Option<Tenure>],
    stock: Option<&'a Stock>,
    policy: &'a Policy,
}

impl Counting<'_> {
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
        Some(Figure { part, table, margin })
    }

    fn count(&self, item: &Item, question: &Question, part: Part) -> Option<Counts> {
        reported(item, part).next()?;
        let place = count::place_of(&self.asked.version.questionnaire, question.key)?;
        let mut counts = question.kind.counts()?;
        for (response, tenure) in self.gathered.stored.iter().zip(self.tenures) {
            if tenure.is_some_and(|tenure| part.holds(tenure) && item.is_reported_for(tenure)) {
                code_book::tally(&question.kind, place, &response.codes, &mut counts);
            }
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
