//! What the program knows by itself of how a survey of the measures was done.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::settings::{Landlord, small_numbers};
use crate::surveys::came_by::CameBy;
use crate::surveys::regulator::accuracy::{self, Accuracy};
use crate::surveys::regulator::measures::{self, Measures, NotASource};
use crate::surveys::regulator::stock::Stock;
use crate::surveys::regulator::weighted;
use crate::surveys::results::Gathered;
use crate::surveys::survey::Asked;
use crate::surveys::weighting::{InForce, method};

/// The measures with what belongs beside them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Known {
    /// The measures.
    pub measures: Measures,
    /// How accurate each part is; empty until the homes are entered.
    pub accuracy: Vec<Accuracy>,
    /// The days of the first and the last answer, unless too few answered to say.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// By which ways answers came, and how many by each, in rounded counts.
    pub came_by: CameBy,
    /// How answers are weighed, in words.
    pub weighting: String,
}

impl Known {
    /// The same with the weighted measures, as the survey's answers are weighed now.
    #[must_use]
    pub fn weighed(mut self, in_force: &InForce, asked: &Asked, landlord: &Landlord) -> Self {
        if let InForce::Raking(method, weights) = in_force {
            let policy = small_numbers::measures(landlord);
            weighted::weigh(&mut self.measures, asked, weights, &policy);
            self.weighting = method::in_words(method, &asked.version.questionnaire, "The measures are");
        }
        self
    }
}

/// What is known of a survey's answers, as anybody may read it.
///
/// # Errors
/// When the survey may not be a source of the measures.
pub fn known(
    asked: &Asked,
    gathered: &Gathered,
    stock: Option<&Stock>,
    landlord: &Landlord,
) -> Result<Known, NotASource> {
    let measures = measures::measure(asked, gathered, stock, &small_numbers::measures(landlord))?;
    let public = small_numbers::public(landlord);
    Ok(Known {
        accuracy: stock.map(|stock| accuracy::of(&measures, stock)).unwrap_or_default(),
        measures,
        days: gathered.days().filter(|_| public.admits(gathered.people())),
        came_by: gathered.came_by(&public),
        weighting: "The answers are not weighted: each counts once.".to_owned(),
    })
}
