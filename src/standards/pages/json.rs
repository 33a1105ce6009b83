//! Every promise as data. The shape is stable: fields may be added, none is renamed or removed. It is described in `docs/standards-json.md`.

use serde::Serialize;

use super::parts;
use crate::standards::standard::Source;
use crate::standards::store::versions;
use crate::standards::{self, Published};
use crate::web::{PageError, Reply, Req};

#[derive(Serialize)]
struct Suite {
    landlord: String,
    standards: Vec<Standard>,
}

#[derive(Serialize)]
struct Standard {
    slug: String,
    url: String,
    title: String,
    promise: String,
    area: Area,
    measure: Measure,
    unit: &'static str,
    direction: &'static str,
    target: f64,
    legal_floor: Option<f64>,
    legal_source: Option<String>,
    sources: Vec<Source>,
    owner_role: String,
    if_missed: String,
    version: i64,
    effective_from: chrono::NaiveDate,
    how_it_is_going: Option<String>,
    versions: Vec<Version>,
}

#[derive(Serialize)]
struct Area {
    slug: String,
    name: String,
}

#[derive(Serialize)]
struct Measure {
    numerator: String,
    denominator: String,
    exclusions: Option<String>,
    clock: Option<String>,
}

#[derive(Serialize)]
struct Version {
    version: i64,
    effective_from: chrono::NaiveDate,
    effective_to: Option<chrono::NaiveDate>,
    title: String,
    promise: String,
    target: f64,
    unit: &'static str,
    what_changed: Option<String>,
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let all = standards::list_published(&mut tx).await?;
    let history = versions::all_history(&mut tx).await?;
    let mut standings = parts::standings(&mut tx, req.today()).await?;
    let mut suite = Suite { landlord: req.landlord.name.clone(), standards: Vec::new() };
    for one in all {
        let standing = standings.remove(&one.id);
        let versions = history.iter().filter(|version| version.id == one.id).map(version).collect();
        suite.standards.push(standard(&req, one, standing.map(|standing| standing.sentence), versions));
    }
    Reply::json(&suite)
}

fn standard(req: &Req, one: Published, how_it_is_going: Option<String>, versions: Vec<Version>) -> Standard {
    let wording = one.wording;
    Standard {
        url: format!("{}/standards/{}", req.app.config.base_url, one.slug),
        slug: one.slug,
        title: wording.title,
        promise: wording.promise,
        area: Area { slug: one.area_slug, name: one.area_name },
        measure: Measure {
            numerator: wording.numerator,
            denominator: wording.denominator,
            exclusions: given(&wording.exclusions),
            clock: given(&wording.clock),
        },
        unit: wording.unit.code(),
        direction: wording.direction.code(),
        target: wording.target,
        legal_floor: wording.legal_floor,
        legal_source: given(&wording.legal_source),
        sources: wording.sources.0,
        owner_role: one.owner_role,
        if_missed: wording.if_missed,
        version: one.number,
        effective_from: one.effective_from,
        how_it_is_going,
        versions,
    }
}

fn version(one: &Published) -> Version {
    Version {
        version: one.number,
        effective_from: one.effective_from,
        effective_to: one.superseded_on.and_then(|next| next.pred_opt()),
        title: one.title.clone(),
        promise: one.promise.clone(),
        target: one.target,
        unit: one.unit.code(),
        what_changed: given(&one.what_changed),
    }
}
