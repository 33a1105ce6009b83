//! The measures weighted, beside those in which each answer counts once.

use crate::questionnaires::bank::{self, Tenure};
use crate::questionnaires::kinds::facet::Facet;
use crate::statistics::disclosure::Policy;
use crate::surveys::regulator::measures::Measures;
use crate::surveys::regulator::stock::Part;
use crate::surveys::survey::Asked;
use crate::surveys::weighting::Weights;

/// Puts the weighted share beside each measure that is shown, where it may be. Both tenures together are weighted only
/// where each of them is, since the one would follow from the other.
pub fn weigh(measures: &mut Measures, asked: &Asked, weights: &Weights, policy: &Policy) {
    let questionnaire = &asked.version.questionnaire;
    let Some(bank) = questionnaire.bank().and_then(bank::find) else { return };
    for measure in &mut measures.measures {
        let Some(question) = bank::asking(questionnaire, &measure.code) else { continue };
        let Some(item) = bank.measures().find(|item| item.code == measure.code) else { continue };
        for figure in measure.figures.iter_mut().flatten().filter(|figure| figure.table.share.is_some()) {
            let belongs = |tenure: Option<Tenure>| {
                tenure.is_some_and(|tenure| figure.part.holds(tenure) && item.is_reported_for(tenure))
            };
            let counts = weights.counts(question, &Facet::whole(), belongs);
            figure.weighted = counts.and_then(|counts| weights.weighing.release(&counts, policy)?.ok());
        }
        let apart = || measure.figures.iter().flatten().filter(|figure| figure.part != Part::Combined);
        if apart().count() > 0 && apart().any(|figure| figure.weighted.is_none()) {
            let both = measure.figures.iter_mut().flatten().filter(|figure| figure.part == Part::Combined);
            both.for_each(|figure| figure.weighted = None);
        }
    }
}
