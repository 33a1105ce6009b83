//! What weighing gives for one question, as it may be shown.

use serde::{Deserialize, Serialize};

use crate::questionnaires::kinds::facet::Facet;
use crate::statistics::disclosure::{Policy, Released};
use crate::statistics::weights::Weighted;
use crate::surveys::results::QuestionResult;
use crate::surveys::survey::Asked;
use crate::surveys::weighting::InForce;

/// The weighted figures of a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Weighed {
    /// The share, or why it is not shown; none for a question without one.
    told: Option<Result<Weighted, String>>,
    /// The per cent of each answer, where it may be shown.
    rows: Vec<Option<f64>>,
    pub(in crate::surveys) by_homes: bool,
    /// Whether areas differ in the share, where that can be said.
    pub(in crate::surveys) differ: Option<bool>,
}

/// The weighted figures of a question that is counted as a whole; none where nothing is weighed.
pub fn load(
    in_force: &InForce,
    asked: &Asked,
    result: &QuestionResult,
    areas: Option<&Released>,
    policy: &Policy,
) -> Option<Weighed> {
    let question = asked.version.questionnaire.find(result.question.key)?;
    result.table().filter(|table| table.is_shown())?;
    let told = in_force.share((question, &Facet::whole()), areas, policy);
    let rows = in_force.rows(question, policy).unwrap_or_default();
    if told.is_none() && rows.iter().all(Option::is_none) {
        return None;
    }
    let by_homes = matches!(in_force, InForce::Cells(_));
    Some(Weighed { told, rows, by_homes, differ: in_force.areas_differ(asked, question, policy) })
}

impl Weighed {
    /// The share, or why it is not shown; none for a question without one.
    pub fn told(&self) -> Option<&Result<Weighted, String>> {
        self.told.as_ref()
    }

    /// The per cent of each answer, where it may be shown; empty where answers are not weighed one by one.
    pub fn rows(&self) -> &[Option<f64>] {
        &self.rows
    }
}
