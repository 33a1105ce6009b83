//! Published results as data. The shape of the JSON is stable: fields may be added, none is renamed or removed. It is
//! described in `docs/results-json.md`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::clock;
use crate::statistics::disclosure::Released;
use crate::statistics::table::{Base, Cell, Table};
use crate::surveys::export::{self, Beside};
use crate::surveys::pages::{found, public_results};
use crate::surveys::regulator::known::Known;
use crate::surveys::results::QuestionResult;
use crate::surveys::snapshot::{Method, QuestionFigures, Snapshot};
use crate::surveys::store::snapshots::Listed;
use crate::web::{PageError, Reply, Req};

#[derive(Serialize)]
struct Results {
    survey: Survey,
    version: i64,
    published_on: Option<NaiveDate>,
    reason: Option<String>,
    versions: Vec<Version>,
    method: How,
    questions: Vec<Question>,
    measures: Option<Vec<Measure>>,
}

#[derive(Serialize)]
struct Survey {
    slug: String,
    url: String,
    title: String,
}

#[derive(Serialize)]
struct Version {
    version: i64,
    published_on: NaiveDate,
    reason: Option<String>,
    url: String,
}

#[derive(Serialize)]
struct How {
    opened_on: NaiveDate,
    closed_on: NaiveDate,
    first_answer_on: Option<NaiveDate>,
    last_answer_on: Option<NaiveDate>,
    people: Option<u32>,
    homes: Option<u32>,
    margin_points: Option<f64>,
    ways: Vec<Answer>,
    weighting: String,
    smallest_base: u32,
    rounded_to: u32,
}

#[derive(Serialize)]
struct Question {
    text: String,
    kind: &'static str,
    asked_of: Vec<String>,
    items: Vec<Item>,
    mean: Option<f64>,
    mean_base: Option<u32>,
}

#[derive(Serialize)]
struct Item {
    about: Option<String>,
    base: Option<u32>,
    hidden: Option<&'static str>,
    answers: Vec<Answer>,
    share: Option<Share>,
    mean: Option<f64>,
    areas: Vec<Area>,
}

/// How many gave one answer; neither number where it is hidden.
#[derive(Serialize)]
struct Answer {
    answer: String,
    people: Option<u32>,
    per_cent: Option<u32>,
}

#[derive(Serialize)]
struct Share {
    per_cent: u32,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct Area {
    area: String,
    base: Option<u32>,
    hidden: Option<&'static str>,
    share: Option<Share>,
}

#[derive(Serialize)]
struct Measure {
    code: String,
    measure: String,
    tenure: &'static str,
    satisfied_per_cent: Option<f64>,
    neither_per_cent: Option<f64>,
    dissatisfied_per_cent: Option<f64>,
    answers: Option<u32>,
    margin_points: Option<f64>,
}

/// `/surveys/{slug}/results.json?version=1`
pub async fn json(req: Req) -> Result<Reply, PageError> {
    let asked = found::published(&req).await?;
    let (shown, all) = public_results::frozen(&mut req.app.db.read().await?, &req, &asked).await?;
    let url = format!("{}{}/results", req.app.config.base_url, asked.survey.path());
    let results = Results {
        survey: Survey { slug: asked.survey.slug.clone(), title: shown.content.title.clone(), url: url.clone() },
        version: shown.number,
        published_on: shown.approved_at.map(day),
        reason: given(&shown.reason),
        versions: all.iter().map(|version| listed(version, &url)).collect(),
        method: how(&shown.content.method),
        questions: shown.content.questions.iter().map(question).collect(),
        measures: shown.content.measures.as_ref().map(measures),
    };
    Reply::json(&results)
}

/// `/surveys/{slug}/results.csv?version=1`
pub async fn csv(req: Req) -> Result<Reply, PageError> {
    let asked = found::published(&req).await?;
    let (shown, _) = public_results::frozen(&mut req.app.db.read().await?, &req, &asked).await?;
    let Snapshot { number, content, .. } = shown;
    let figures: Vec<QuestionResult> = content.questions.iter().map(QuestionFigures::result).collect();
    let beside = content.questions.iter().map(|figures| Beside::of(figures.groups.clone(), figures.weighed.as_ref()));
    let bytes = export::figures(&figures, &beside.collect::<Vec<_>>(), Some(&content.method.came_by), &[]);
    Ok(Reply::download(&format!("{}-results-{number}.csv", asked.survey.slug), "text/csv; charset=utf-8", bytes))
}

fn day(at: DateTime<Utc>) -> NaiveDate {
    clock::london_day(at)
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn listed(version: &Listed, url: &str) -> Version {
    Version {
        version: version.number,
        published_on: day(version.approved_at),
        reason: given(&version.reason),
        url: format!("{url}?version={}", version.number),
    }
}

fn how(method: &Method) -> How {
    How {
        opened_on: method.opened_on,
        closed_on: method.closed_on,
        first_answer_on: method.answered.map(|(first, _)| first),
        last_answer_on: method.answered.map(|(_, last)| last),
        people: method.people,
        homes: method.homes,
        margin_points: method.margin.map(tenth),
        ways: answers(&method.came_by.table),
        weighting: method.weighting.clone(),
        smallest_base: method.smallest_base,
        rounded_to: method.rounded_to,
    }
}

fn question(figures: &QuestionFigures) -> Question {
    let items = figures.facets.iter().enumerate().map(|(at, facet)| Item {
        about: given(&facet.about),
        base: facet.table.base(),
        hidden: hidden(facet.table.base),
        answers: answers(&facet.table),
        share: share(&facet.table),
        mean: facet.table.mean,
        areas: figures.groups.get(at).map(areas).unwrap_or_default(),
    });
    Question {
        text: figures.question.text.clone(),
        kind: figures.question.kind.tag(),
        asked_of: figures.asked_of.clone(),
        items: items.collect(),
        mean: figures.mean.map(|mean| mean.value),
        mean_base: figures.mean.map(|mean| mean.base),
    }
}

fn answers(table: &Table) -> Vec<Answer> {
    let rows = table.rows.iter().map(|row| {
        let (people, per_cent) = match row.cell {
            Cell::Shown { count, percent } => (Some(count), Some(percent)),
            Cell::Hidden => (None, None),
        };
        Answer { answer: row.label.clone(), people, per_cent }
    });
    rows.collect()
}

fn share(table: &Table) -> Option<Share> {
    table.share.map(|share| Share { per_cent: share.percent, low: tenth(share.low), high: tenth(share.high) })
}

fn areas(released: &Released) -> Vec<Area> {
    let areas = released.groups.iter().map(|(name, table)| Area {
        area: name.clone(),
        base: table.base(),
        hidden: hidden(table.base),
        share: share(table),
    });
    areas.collect()
}

/// Why a base is not said.
const fn hidden(base: Base) -> Option<&'static str> {
    match base {
        Base::Shown(_) => None,
        Base::FewerThan(_) => Some("too_few"),
        Base::Withheld => Some("would_reveal_others"),
    }
}

fn measures(known: &Known) -> Vec<Measure> {
    let tenths = |tenths: u32| f64::from(tenths) / 10.0;
    let all = known.measures.measures.iter().flat_map(|measure| {
        measure.figures.iter().flatten().map(move |figure| Measure {
            code: measure.code.clone(),
            measure: measure.name.clone(),
            tenure: figure.part.code(),
            satisfied_per_cent: figure.table.share.and_then(|share| share.tenths).map(tenths),
            neither_per_cent: figure.table.split.map(|split| tenths(split.middle)),
            dissatisfied_per_cent: figure.table.split.map(|split| tenths(split.below)),
            answers: figure.table.base(),
            margin_points: figure.margin.map(tenth),
        })
    });
    all.collect()
}

/// Rounded to one decimal.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
