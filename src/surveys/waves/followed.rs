//! A question over several waves before anything of it is let out: what was answered in each wave that asked the same, and
//! what its weights make of that.

use crate::questionnaires::bank;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::settings::{Landlord, small_numbers};
use crate::statistics::counts::Counts;
use crate::statistics::disclosure::Policy;
use crate::statistics::weights::Weighted;
use crate::surveys::export;
use crate::surveys::regulator::measures;
use crate::surveys::regulator::stock::{Part, Stock};
use crate::surveys::regulator::weighted as measures_weighted;
use crate::surveys::results::{self, Gathered};
use crate::surveys::survey::Asked;
use crate::surveys::waves::comparable::{self, Standing};
use crate::surveys::weighting::InForce;

/// One question, or one item or tenure of it, in every wave.
pub struct Followed {
    /// What was asked, with the item or the tenure.
    pub text: String,
    /// What the share did, in words: "were very or fairly satisfied".
    pub did: &'static str,
    /// Whether each wave asked the same.
    pub standings: Vec<Standing>,
    /// What was answered in each wave; none where it is not compared.
    pub waves: Vec<Option<Counts>>,
    /// Who will read it.
    pub policy: Policy,
    key: u16,
    about: About,
}

/// What of a question is followed.
enum About {
    Facet(Facet),
    /// The code of a measure, in one tenure or several.
    Measure(String, Part),
}

/// Every question of a survey that has a share, in the waves found, oldest first; the survey is the last of them.
#[must_use]
pub fn all(
    asked: &Asked,
    found: &[(Asked, Gathered)],
    stock: Option<&Stock>,
    landlord: &Landlord,
    policy: &Policy,
) -> Vec<Followed> {
    let parts = if stock.is_some_and(|stock| stock.combined) {
        vec![Part::Combined]
    } else {
        bank::Tenure::ALL.map(Part::Of).to_vec()
    };
    let questionnaire = &asked.version.questionnaire;
    let mut followed = Vec::new();
    for question in questionnaire.questions().iter().filter(|question| question.kind.has_share()) {
        let standings: Vec<Standing> =
            found.iter().map(|(wave, _)| comparable::standing(question, &wave.version.questionnaire)).collect();
        let words = piping::described(&question.text, questionnaire);
        let of_each = |counts: &dyn Fn(&Asked, &Gathered) -> Option<Counts>| -> Vec<Option<Counts>> {
            let waves = found.iter().zip(&standings);
            waves
                .map(|((wave, gathered), standing)| counts(wave, gathered).filter(|_| *standing == Standing::Same))
                .collect()
        };
        let mut add = |words: String, waves: Vec<Option<Counts>>, policy: Policy, about: About| {
            let did = question.kind.share_words().unwrap_or_default();
            let standings = standings.clone();
            followed.push(Followed { text: words, did, standings, waves, policy, key: question.key, about });
        };
        if let Some(item) = &question.bank {
            // The regulator's questions are shown tenure by tenure, to everybody by the same rule.
            for part in &parts {
                let waves = of_each(&|wave, gathered| measures::counts(wave, gathered, &item.code, *part));
                if waves.last().is_some_and(Option::is_some) {
                    let about = About::Measure(item.code.clone(), *part);
                    add(export::headed(&words, part.label()), waves, small_numbers::measures(landlord), about);
                }
            }
        } else if !question.kind.facets_are_bound() {
            for facet in question.kind.facets() {
                let waves = of_each(&|wave, gathered| counted(wave, gathered, question, &facet));
                add(export::headed(&words, &facet.about), waves, question.policy(policy), About::Facet(facet));
            }
        }
    }
    followed
}

/// One facet of a question in one wave, as a sample of its homes.
fn counted(wave: &Asked, gathered: &Gathered, question: &Question, facet: &Facet) -> Option<Counts> {
    let counts = gathered.counted.counts(question, facet, &results::EVERYBODY)?;
    let answers = u32::try_from(gathered.people()).unwrap_or(u32::MAX);
    Some(match wave.survey.homes() {
        Some(homes) => counts.sampled(answers, homes),
        None => counts,
    })
}

impl Followed {
    /// The share of one wave by its own weights, or why it is not shown, as that wave's results show it; none where nothing
    /// is weighed or the plain share is not shown.
    #[must_use]
    pub fn weighted(&self, wave: &Asked, gathered: &Gathered, in_force: &InForce) -> Option<Result<Weighted, String>> {
        let question = wave.version.questionnaire.find(self.key)?;
        match (&self.about, in_force) {
            (About::Facet(facet), _) => {
                let at = question.kind.facets().iter().position(|one| one.byte == facet.byte)?;
                let areas = gathered.by_group(wave, question, &self.policy).into_iter().nth(at);
                in_force.share((question, facet), areas.as_ref(), &self.policy)
            }
            (About::Measure(code, part), InForce::Raking(_, weights)) => {
                measures_weighted::share(wave, weights, code, *part, &self.policy).map(Ok)
            }
            (About::Measure(..), _) => None,
        }
    }
}
