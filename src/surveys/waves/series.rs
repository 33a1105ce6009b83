//! A survey with the waves before it: every question that can be compared, wave by wave.

use crate::db::{self, Tx};
use crate::settings::Landlord;
use crate::statistics::disclosure::Policy;
use crate::statistics::trend::{self, Change, Point};
use crate::statistics::weights::Weighted;
use crate::surveys::regulator::store as regulator;
use crate::surveys::results::{self, Gathered};
use crate::surveys::store as surveys;
use crate::surveys::survey::{Asked, Survey};
use crate::surveys::waves::comparable::Standing;
use crate::surveys::waves::followed::{self, Followed};
use crate::surveys::waves::mix::{self, Mix};
use crate::surveys::waves::store;
use crate::surveys::weighting::{self, InForce};
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
    /// The share in each wave by that wave's own weights; none where the wave has no weights or the share is not shown.
    pub weighted: Vec<Option<WeightedPoint>>,
}

/// The weighted share of a question in one wave.
#[derive(Clone, Debug)]
pub struct WeightedPoint {
    /// The share, or why it is not shown.
    pub told: Result<Weighted, String>,
    /// How it stands to the weighted share of the wave before; none where either is not shown, or figures are rounded.
    pub since: Option<Change>,
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
    /// For each wave whether its answers are weighed.
    pub weighed: Vec<bool>,
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
    let mut in_force = Vec::new();
    for (wave, gathered) in &found {
        in_force.push(weighting::load(tx, wave, gathered, landlord).await?);
    }
    let followed = followed::all(asked, &found, stock.as_ref(), landlord, policy);
    let questions: Vec<trend::Asked> = followed
        .iter()
        .map(|followed| trend::Asked { waves: followed.waves.clone(), policy: followed.policy })
        .collect();
    let weighted = weighted(&followed, &found, &in_force);
    let lines = followed.into_iter().zip(trend::over(&questions)).zip(weighted);
    let lines = lines.map(|((Followed { text, did, standings, .. }, points), weighted)| Line {
        text,
        did,
        points,
        standings,
        weighted,
    });
    let lines = lines.collect();
    let (waves, gathered): (Vec<Asked>, Vec<Gathered>) = found.into_iter().unzip();
    let mix = mix::of(&gathered, policy);
    let are_weighed = in_force.iter().map(|way| matches!(way, InForce::Cells(_) | InForce::Raking(..))).collect();
    Ok(Some(Series { waves: waves.into_iter().map(|wave| wave.survey).collect(), lines, mix, weighed: are_weighed }))
}

/// The weighted share of every question in every wave, each compared with the one of the wave before.
fn weighted(
    followed: &[Followed],
    found: &[(Asked, Gathered)],
    in_force: &[InForce],
) -> Vec<Vec<Option<WeightedPoint>>> {
    let point = |one: &Followed, ((wave, gathered), way): (&(Asked, Gathered), &InForce), is_same: bool| {
        let told = one.weighted(wave, gathered, way).filter(|_| is_same)?;
        Some(WeightedPoint { told, since: None })
    };
    let line = |one: &Followed| -> Vec<Option<WeightedPoint>> {
        let waves = found.iter().zip(in_force).zip(&one.standings);
        waves.map(|(wave, standing)| point(one, wave, *standing == Standing::Same)).collect()
    };
    let mut all: Vec<Vec<Option<WeightedPoint>>> = followed.iter().map(line).collect();
    for wave in 1..found.len() {
        let share = |line: &Vec<Option<WeightedPoint>>, at: usize| line.get(at)?.as_ref()?.told.as_ref().ok().copied();
        let pair = |(line, one): (&Vec<Option<WeightedPoint>>, &Followed)| {
            Some((share(line, wave - 1)?, share(line, wave)?)).filter(|_| !one.policy.rounds())
        };
        let pairs: Vec<_> = all.iter().zip(followed).map(pair).collect();
        for (line, since) in all.iter_mut().zip(trend::weighted_since(&pairs)) {
            if let Some(Some(point)) = line.get_mut(wave) {
                point.since = since;
            }
        }
    }
    all
}
