//! The SQL of scenarios, their versions and items.

use chrono::{DateTime, Utc};

use super::unknown;
use crate::db::{self, Tx};
use crate::mystery_shopping::key::{ItemId, ScenarioId, ScenarioVersionId};
use crate::mystery_shopping::scenario::{Item, Scenario, Script};
use crate::on;
use crate::thread::id::StandardId;

#[derive(sqlx::FromRow)]
struct VersionRow {
    scenario_id: ScenarioId,
    scenario_version_id: ScenarioVersionId,
    number: i64,
    title: String,
    persona: String,
    channel: String,
    brief: String,
    opening_line: String,
    facts_allowed: String,
    stop_rule: String,
    answer_key: String,
    retired_at: Option<DateTime<Utc>>,
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    scenario_version_id: ScenarioVersionId,
    item_id: ItemId,
    wording: String,
    standard_id: StandardId,
    measure: String,
}

impl VersionRow {
    fn read(self, items: Vec<Item>) -> Result<Scenario, db::Error> {
        Ok(Scenario {
            id: self.scenario_id,
            version: self.scenario_version_id,
            number: self.number,
            title: self.title,
            persona: self.persona,
            channel: self.channel.parse().map_err(|()| unknown("shop_scenario_versions", "channel"))?,
            brief: self.brief,
            opening_line: self.opening_line,
            facts_allowed: self.facts_allowed,
            stop_rule: self.stop_rule,
            answer_key: self.answer_key,
            retired_at: self.retired_at,
            items,
        })
    }
}

impl ItemRow {
    fn read(self) -> Item {
        Item { id: self.item_id, wording: self.wording, standard: self.standard_id, measure: self.measure }
    }
}

/// Adds a scenario without a version.
pub(in crate::mystery_shopping) async fn insert(tx: &mut Tx, at: DateTime<Utc>) -> Result<ScenarioId, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_scalar("INSERT INTO shop_scenarios (created_at) VALUES ($1) RETURNING scenario_id").bind(at).fetch_one(c).await?),
    )
}

const INSERT_VERSION: &str = "INSERT INTO shop_scenario_versions \
    (scenario_id, number, title, persona, channel, brief, opening_line, facts_allowed, stop_rule, answer_key, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING scenario_version_id";
const INSERT_ITEM: &str =
    "INSERT INTO shop_items (scenario_version_id, position, wording, standard_id, measure) VALUES ($1, $2, $3, $4, $5)";

/// Adds a version with its items.
pub(in crate::mystery_shopping) async fn insert_version(
    tx: &mut Tx,
    id: ScenarioId,
    number: i64,
    script: &Script,
    at: DateTime<Utc>,
) -> Result<ScenarioVersionId, db::Error> {
    let version: ScenarioVersionId = on!(tx, c => sqlx::query_scalar(INSERT_VERSION).bind(id).bind(number).bind(&script.title)
        .bind(&script.persona).bind(script.channel.code()).bind(&script.brief).bind(&script.opening_line)
        .bind(&script.facts_allowed).bind(&script.stop_rule).bind(&script.answer_key).bind(at).fetch_one(c).await?);
    for (position, item) in (1_i64..).zip(&script.items) {
        on!(tx, c => sqlx::query(INSERT_ITEM).bind(version).bind(position).bind(&item.wording).bind(item.standard)
            .bind(&item.measure).execute(c).await.map(|_| ())?);
    }
    Ok(version)
}

const DELETE_ITEMS: &str = "DELETE FROM shop_items WHERE scenario_version_id = $1 \
    AND NOT EXISTS (SELECT 1 FROM shop_assignments a WHERE a.scenario_version_id = $1)";
const DELETE_VERSION: &str = "DELETE FROM shop_scenario_versions WHERE scenario_version_id = $1 \
    AND NOT EXISTS (SELECT 1 FROM shop_assignments a WHERE a.scenario_version_id = $1)";

/// Removes a version that nobody was ever given; false when somebody was.
pub(in crate::mystery_shopping) async fn remove_unused_version(
    tx: &mut Tx,
    version: ScenarioVersionId,
) -> Result<bool, db::Error> {
    on!(tx, c => sqlx::query(DELETE_ITEMS).bind(version).execute(c).await.map(|_| ())?);
    Ok(on!(tx, c => sqlx::query(DELETE_VERSION).bind(version).execute(c).await?.rows_affected()) == 1)
}

/// Retires a scenario, or takes it up again: no new shops of a retired one.
pub(in crate::mystery_shopping) async fn set_retired(
    tx: &mut Tx,
    id: ScenarioId,
    at: Option<DateTime<Utc>>,
) -> Result<(), db::Error> {
    db::one_row(
        on!(tx, c => sqlx::query("UPDATE shop_scenarios SET retired_at = $2 WHERE scenario_id = $1").bind(id).bind(at).execute(c).await?.rows_affected()),
    )
}

const LIST: &str = "SELECT v.*, s.retired_at FROM shop_scenario_versions v JOIN shop_scenarios s ON s.scenario_id = v.scenario_id \
    WHERE v.number = (SELECT MAX(n.number) FROM shop_scenario_versions n WHERE n.scenario_id = v.scenario_id) ORDER BY v.scenario_id";
const LIST_ITEMS: &str = "SELECT i.scenario_version_id, i.item_id, i.wording, i.standard_id, i.measure FROM shop_items i \
    ORDER BY i.scenario_version_id, i.position";

/// Every scenario in its newest version, oldest scenario first.
///
/// # Errors
/// When the database refuses.
pub async fn list(tx: &mut Tx) -> Result<Vec<Scenario>, db::Error> {
    let versions: Vec<VersionRow> = on!(tx, c => sqlx::query_as(LIST).fetch_all(c).await?);
    let rows: Vec<ItemRow> = on!(tx, c => sqlx::query_as(LIST_ITEMS).fetch_all(c).await?);
    let mut items: std::collections::HashMap<ScenarioVersionId, Vec<Item>> = std::collections::HashMap::new();
    for row in rows {
        items.entry(row.scenario_version_id).or_default().push(row.read());
    }
    versions
        .into_iter()
        .map(|version| {
            let items = items.remove(&version.scenario_version_id).unwrap_or_default();
            version.read(items)
        })
        .collect()
}

const FIND: &str = "SELECT v.*, s.retired_at FROM shop_scenario_versions v JOIN shop_scenarios s ON s.scenario_id = v.scenario_id \
    WHERE v.scenario_id = $1 ORDER BY v.number DESC LIMIT 1";
const FIND_VERSION: &str = "SELECT v.*, s.retired_at FROM shop_scenario_versions v JOIN shop_scenarios s ON s.scenario_id = v.scenario_id \
    WHERE v.scenario_version_id = $1";
const FIND_ITEMS: &str = "SELECT i.scenario_version_id, i.item_id, i.wording, i.standard_id, i.measure FROM shop_items i \
    WHERE i.scenario_version_id = $1 ORDER BY i.position";

/// A scenario in its newest version.
///
/// # Errors
/// When the database refuses.
pub async fn find(tx: &mut Tx, id: ScenarioId) -> Result<Option<Scenario>, db::Error> {
    let row = on!(tx, c => sqlx::query_as(FIND).bind(id).fetch_optional(c).await?);
    with_items(tx, row).await
}

/// One version of a scenario.
///
/// # Errors
/// When the database refuses.
pub async fn find_version(tx: &mut Tx, version: ScenarioVersionId) -> Result<Option<Scenario>, db::Error> {
    let row = on!(tx, c => sqlx::query_as(FIND_VERSION).bind(version).fetch_optional(c).await?);
    with_items(tx, row).await
}

async fn with_items(tx: &mut Tx, row: Option<VersionRow>) -> Result<Option<Scenario>, db::Error> {
    let Some(row) = row else { return Ok(None) };
    let items: Vec<ItemRow> =
        on!(tx, c => sqlx::query_as(FIND_ITEMS).bind(row.scenario_version_id).fetch_all(c).await?);
    row.read(items.into_iter().map(ItemRow::read).collect()).map(Some)
}
