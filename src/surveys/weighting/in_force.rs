//! The method that a survey's answers are weighed by now, and what it gives for each question.

use crate::db::{self, Tx};
use crate::questionnaires::count;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::settings::{Landlord, small_numbers};
use crate::statistics::disclosure::{Policy, Released};
use crate::statistics::weighing::Withheld;
use crate::statistics::weights::{NobodyFrom, Weighted};
use crate::surveys::homes;
use crate::surveys::results::Gathered;
use crate::surveys::survey::Asked;
use crate::surveys::weighting::apply::{Weights, divided, weigh};
use crate::surveys::weighting::method::{Method, Way};
use crate::surveys::weighting::{refused_in_words, store};

/// How a survey's answers are weighed now.
#[derive(Clone)]
pub enum InForce {
    /// Not at all.
    Nothing,
    /// By the homes in each area.
    Cells(Vec<(String, u32)>),
    /// By several questions at once.
    Raking(Method, Box<Weights>),
    /// By several questions, but that no longer works: why, in words.
    Broken(String),
}

/// What a survey's answers are weighed by. Where nobody has chosen, the homes in each area are used as soon as they are
/// known.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, asked: &Asked, gathered: &Gathered, landlord: &Landlord) -> Result<InForce, db::Error> {
    let kept = store::find(tx, asked.survey.id).await?;
    let known = homes::known(asked);
    let way = kept.as_ref().map_or(if known.is_empty() { Way::None } else { Way::Cells }, |kept| kept.method.way);
    Ok(match (way, kept) {
        (Way::Raking, Some(kept)) => {
            let questionnaire = &asked.version.questionnaire;
            let minimum = small_numbers::public(landlord).minimum();
            let counted = divided(&kept.method, &asked.version).run(tx).await?;
            match weigh(&kept.method, questionnaire, counted, minimum) {
                Ok(weights) => InForce::Raking(kept.method, Box::new(weights)),
                Err(_) if gathered.people() == 0 => InForce::Nothing,
                Err(refused) => InForce::Broken(refused_in_words(&refused, questionnaire).1),
            }
        }
        (Way::Cells, _) if !known.is_empty() => InForce::Cells(known),
        _ => InForce::Nothing,
    })
}

impl InForce {
    /// The weighted share of one facet of a question, or why it is not shown; none where nothing is weighed or where the
    /// plain share is not shown. `areas` are the question's figures by area.
    #[must_use]
    pub fn share(
        &self,
        (question, facet): (&Question, &Facet),
        areas: Option<&Released>,
        policy: &Policy,
    ) -> Option<Result<Weighted, String>> {
        let policy = &self.policy(question, policy);
        match self {
            Self::Nothing | Self::Broken(_) => None,
            Self::Cells(homes) => Some(areas?.weighted(homes)?.map_err(|NobodyFrom(area)| {
                format!("The share cannot be weighted by the homes in each area, because none is shown for {area}.")
            })),
            Self::Raking(_, weights) => {
                let counts = weights.counts(question, facet, |_| true)?;
                let found = weights.weighing.release(&counts, policy)?;
                Some(found.map_err(|withheld| withheld_in_words(&withheld)))
            }
        }
    }

    /// The weighted per cent of each answer to a question that is counted as a whole, where people are weighed by several
    /// questions; none for an answer that may not be shown.
    #[must_use]
    pub fn rows(&self, question: &Question, policy: &Policy) -> Option<Vec<Option<f64>>> {
        let Self::Raking(_, weights) = self else { return None };
        let counts = weights.counts(question, &Facet::whole(), |_| true)?;
        weights.weighing.rows(&counts, &self.policy(question, policy))
    }

    /// Under which policy a question's weighted figures go out: that of the question, and of those people are weighed by.
    fn policy(&self, question: &Question, policy: &Policy) -> Policy {
        match self {
            Self::Raking(_, weights) if weights.by_sealed => policy.guarded(),
            _ => question.policy(policy),
        }
    }

    /// Whether areas differ in the weighted share, where that can be said.
    #[must_use]
    pub fn areas_differ(&self, asked: &Asked, question: &Question, policy: &Policy) -> Option<bool> {
        let Self::Raking(_, weights) = self else { return None };
        let questionnaire = &asked.version.questionnaire;
        let division = weights.division_of(count::divider(questionnaire)?.key)?;
        let counts = weights.counts(question, &Facet::whole(), |_| true)?;
        weights.weighing.differ(division, &counts, &self.policy(question, policy))
    }
}

fn withheld_in_words(withheld: &Withheld) -> String {
    match withheld {
        Withheld::Group(category) => {
            format!("The share cannot be weighted, because too few of “{category}” answered this question to be shown.")
        }
        Withheld::OnePerson => {
            "The share cannot be weighted, because one person’s answer would count too much in it.".to_owned()
        }
    }
}
