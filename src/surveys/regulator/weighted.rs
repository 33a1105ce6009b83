//! The measures weighted, beside those in which each answer counts once.

use crate::questionnaires::bank::{self, Tenure};
use crate::questionnaires::kinds::facet::Facet;
use crate::statistics::disclosure::Policy;
use crate::statistics::weights::Weighted;
use crate::surveys::regulator::measures::Measures;
use crate::surveys::regulator::stock::Part;
use crate::surveys::survey::Asked;
use crate::surveys::weighting::Weights;

/// The weighted share of one measure in one part; none where it may not be shown, or is not reported for that part.
#[must_use]
pub fn share(asked: &Asked, weights: &Weights, code: &str, part: Part, policy: &Policy) -> Option<Weighted> {
    let questionnaire = &asked.version.questionnaire;
    let bank = questionnaire.bank().and_then(bank::find)?;
    let question = bank::asking(questionnaire, code)?;
    let item = bank.measures().find(|item| item.code == code)?;
    let belongs =
        |tenure: Option<Tenure>| tenure.is_some_and(|tenure| part.holds(tenure) && item.is_reported_for(tenure));
    let counts = weights.counts(question, &Facet::whole(), belongs)?;
    weights.weighing.release(&counts, policy)?.ok()
}

/// Puts the weighted share beside each measure that is shown, where it may be. Both tenures together are weighted only
/// where each of them is, since the one would follow from the other.
pub fn weigh(measures: &mut Measures, asked: &Asked, weights: &Weights, policy: &Policy) {
    for measure in &mut measures.measures {
        for figure in measure.figures.iter_mut().flatten().filter(|figure| figure.table.share.is_some()) {
            figure.weighted = share(asked, weights, &measure.code, figure.part, policy);
        }
        let apart = || measure.figures.iter().flatten().filter(|figure| figure.part != Part::Combined);
        if apart().count() > 0 && apart().any(|figure| figure.weighted.is_none()) {
            let both = measure.figures.iter_mut().flatten().filter(|figure| figure.part == Part::Combined);
            both.for_each(|figure| figure.weighted = None);
        }
    }
}
