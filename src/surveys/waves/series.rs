//! A survey with the waves before it: every question that can be compared, wave by wave.

use crate::db::{self, Tx};
use crate::questionnaires::bank;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::settings::{Landlord, small_numbers};
use crate::statistics::counts::Counts;
use crate::statistics::disclosure::Policy;
use crate::statistics::trend::{self, Point};
use crate::surveys::export;
use crate::surveys::regulator::measures;
use crate::surveys::regulator::stock::Part;
use crate::surveys::regulator::store as regulator;
use crate::surveys::results::{self, Gathered};
use crate::surveys::store as surveys;
use crate::surveys::survey::{Asked, Survey};
use crate::surveys::waves::comparable::{self, Standing};
use crate::surveys::waves::mix::{self, Mix};
use crate::surveys::waves::store;
use crate::thread::id::SurveyId;

/// The most waves that are looked at.
const MOST: usize = 20;

/// One question, or one item or tenure of it, in every wave.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was asked, with the item or the tenure.
    pub text: String,
    /// What the share did, in words: "were very or fairly satisfied".
    pub did: &'static str,
    /// What may be shown in each wave, oldest first; none where it is not compared.
    pub points: Vec<Option<Point>>,
    /// Why not, wave by wave.
    pub standings: Vec<Standing>,
}

/// Waves with their questions.
#[derive(Clone, Debug)]
pub struct Series {
    /// The surveys, oldest first; the last is the one it was made for.
    pub waves: Vec<Survey>,
    /// Every question of the last wave that has a share.
    pub lines: Vec<Line>,
    /// By which ways people answered.
    pub mix: Mix,
}

/// The ids of a survey and of those before it, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn ids(tx: &mut Tx, survey: SurveyId) -> Result<Vec<SurveyId>, db::Error> {
    let mut ids = vec![survey];
    let mut at = survey;
    while let Some(before) = store::find_before(tx, at).await?.filter(|before| !ids.contains(before)) {
        if ids.len() >= MOST {
            break;
        }
        ids.push(before);
        at = before;
    }
    Ok(ids)
}

/// The waves up to a survey, those that `belongs` admits; none where it stands alone.
///
/// # Errors
/// When the database refuses.
pub async fn load(
    tx: &mut Tx,
    asked: &Asked,
    landlord: &Landlord,
    policy: &Policy,
    belongs: impl Fn(&Survey) -> bool,
) -> Result<Option<Series>, db::Error> {
    let mut found: Vec<(Asked, Gathered)> = Vec::new();
    for id in ids(tx, asked.survey.id).await? {
        let Some(wave) = surveys::find(tx, id).await? else { continue };
        if belongs(&wave.survey) {
            let gathered = results::gather(tx, &wave).await?;
            found.push((wave, gathered));
        }
    }
    found.reverse();
    if found.len() < 2 {
        return Ok(None);
    }
    let stock = regulator::find_stock(tx, asked.survey.id).await?;
    let parts = stock
        .filter(|stock| stock.combined)
        .map_or_else(|| bank::Tenure::ALL.map(Part::Of).to_vec(), |_| vec![Part::Combined]);
    let (mut texts, mut questions) = (Vec::new(), Vec::new());
    let questionnaire = &asked.version.questionnaire;
    for question in questionnaire.questions().iter().filter(|question| question.kind.has_share()) {
        let standings: Vec<Standing> =
            found.iter().map(|(wave, _)| comparable::standing(question, &wave.version.questionnaire)).collect();
        let words = piping::described(&question.text, questionnaire);
        let did = question.kind.share_words().unwrap_or_default();
        let of_each = |counts: &dyn Fn(&Asked, &Gathered) -> Option<Counts>| {
            let waves = found.iter().zip(&standings);
            let counts = waves
                .map(|((wave, gathered), standing)| counts(wave, gathered).filter(|_| *standing == Standing::Same));
            counts.collect::<Vec<_>>()
        };
        let mut add = |about: &str, waves: Vec<Option<Counts>>, policy: &Policy| {
            texts.push((export::headed(&words, about), did, standings.clone()));
            questions.push(trend::Asked { waves, policy: *policy });
        };
        if let Some(item) = &question.bank {
            // The regulator's questions are shown tenure by tenure, to everybody by the same rule.
            for part in &parts {
                let waves = of_each(&|wave, gathered| measures::counts(wave, gathered, &item.code, *part));
                if waves.last().is_some_and(Option::is_some) {
                    add(part.label(), waves, &small_numbers::measures(landlord));
                }
            }
        } else if !question.kind.facets_are_bound() {
            for facet in question.kind.facets() {
                let waves = of_each(&|wave, gathered| counted(wave, gathered, question, &facet));
                add(&facet.about, waves, &question.policy(policy));
            }
        }
    }
    let lines = texts.into_iter().zip(trend::over(&questions));
    let lines = lines.map(|((text, did, standings), points)| Line { text, did, points, standings }).collect();
    let (waves, gathered): (Vec<Asked>, Vec<Gathered>) = found.into_iter().unzip();
    let mix = mix::of(&gathered, policy);
    Ok(Some(Series { waves: waves.into_iter().map(|wave| wave.survey).collect(), lines, mix }))
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
