//! The SQL of results: accepted returns that are not void, with the newest amendment of each item.

use chrono::{DateTime, NaiveDate, Utc};

use crate::db::{self, Tx};
use crate::mystery_shopping::score::Score;
use crate::on;
use crate::thread::id::StandardId;

macro_rules! counted {
    ($rest:literal) => {
        concat!(
            "WITH counted AS (SELECT i.return_id, s.wording, s.measure, r.shopped_on, \
             COALESCE(m.outcome, i.raw_outcome) AS outcome, \
             CASE WHEN m.amendment_id IS NULL THEN i.raw_value ELSE m.value END AS value \
             FROM shop_return_items i JOIN shop_items s ON s.item_id = i.item_id JOIN shop_returns r ON r.return_id = i.return_id \
             LEFT JOIN shop_amendments m ON m.amendment_id = \
             (SELECT MAX(n.amendment_id) FROM shop_amendments n WHERE n.return_item_id = i.return_item_id) \
             WHERE s.standard_id = $1 AND r.accepted_at IS NOT NULL AND r.voided_at IS NULL AND r.shopped_on BETWEEN $2 AND $3) ",
            $rest
        )
    };
}

#[derive(sqlx::FromRow)]
struct ScoreRow {
    met: i64,
    not_met: i64,
    shops: i64,
    latest_on: Option<NaiveDate>,
}

const SCORE: &str = counted!(
    "SELECT COUNT(*) FILTER (WHERE outcome = 'met') AS met, COUNT(*) FILTER (WHERE outcome = 'not_met') AS not_met, \
     COUNT(DISTINCT return_id) FILTER (WHERE outcome <> 'not_applicable') AS shops, \
     MAX(shopped_on) FILTER (WHERE outcome <> 'not_applicable') AS latest_on FROM counted"
);

pub(in crate::mystery_shopping) async fn score(
    tx: &mut Tx,
    standard: StandardId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Score, db::Error> {
    let row: ScoreRow = on!(tx, c => sqlx::query_as(SCORE).bind(standard).bind(from).bind(to).fetch_one(c).await?);
    Ok(Score { met: row.met, not_met: row.not_met, shops: row.shops, latest_on: row.latest_on })
}

/// One scored item of an accepted return.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CountedItem {
    pub wording: String,
    pub measure: String,
    pub outcome: String,
    pub value: Option<f64>,
}

const ITEMS: &str =
    counted!("SELECT return_id, wording, measure, outcome, value FROM counted ORDER BY wording, return_id");

pub(in crate::mystery_shopping) async fn items(
    tx: &mut Tx,
    standard: StandardId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<CountedItem>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(ITEMS).bind(standard).bind(from).bind(to).fetch_all(c).await?))
}

/// What managers may read of an accepted return.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Facts {
    pub shopped_on: NaiveDate,
    pub channel: String,
    pub facts_for_managers: String,
}

const FACTS: &str = "SELECT r.shopped_on, v.channel, r.facts_for_managers FROM shop_returns r \
    JOIN shop_assignments a ON a.assignment_id = r.assignment_id \
    JOIN shop_scenario_versions v ON v.scenario_version_id = a.scenario_version_id \
    WHERE r.accepted_at IS NOT NULL AND r.voided_at IS NULL AND r.shopped_on BETWEEN $2 AND $3 \
    AND r.facts_for_managers <> '' \
    AND EXISTS (SELECT 1 FROM shop_items s WHERE s.scenario_version_id = a.scenario_version_id AND s.standard_id = $1) \
    ORDER BY r.shopped_on DESC, r.return_id DESC";

/// What shoppers found on a standard, newest first. Only for pages that have asked [`Score::reading`] whether there are enough shops.
///
/// # Errors
/// When the database refuses.
pub async fn facts(tx: &mut Tx, standard: StandardId, from: NaiveDate, to: NaiveDate) -> Result<Vec<Facts>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(FACTS).bind(standard).bind(from).bind(to).fetch_all(c).await?))
}

/// Where a standard's shops stand.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Standing {
    pub standard_id: StandardId,
    /// Given to a shopper and not yet done.
    pub given: i64,
    /// Sent and not yet decided.
    pub waiting: i64,
    /// Accepted since the day asked about.
    pub done: i64,
}

const STANDINGS: &str = "SELECT s.standard_id, \
    COUNT(DISTINCT a.assignment_id) FILTER (WHERE a.sent_at IS NULL AND a.declined_at IS NULL AND a.cancelled_at IS NULL AND a.closes_on >= $2) AS given, \
    COUNT(DISTINCT r.return_id) FILTER (WHERE r.accepted_at IS NULL AND r.voided_at IS NULL) AS waiting, \
    COUNT(DISTINCT r.return_id) FILTER (WHERE r.accepted_at IS NOT NULL AND r.voided_at IS NULL AND r.shopped_on >= $1) AS done \
    FROM shop_items s LEFT JOIN shop_assignments a ON a.scenario_version_id = s.scenario_version_id \
    LEFT JOIN shop_returns r ON r.assignment_id = a.assignment_id GROUP BY s.standard_id ORDER BY s.standard_id";

pub(in crate::mystery_shopping) async fn standings(
    tx: &mut Tx,
    since: NaiveDate,
    today: NaiveDate,
) -> Result<Vec<Standing>, db::Error> {
    Ok(on!(tx, c => sqlx::query_as(STANDINGS).bind(since).bind(today).fetch_all(c).await?))
}

const SET_TARGET: &str = "INSERT INTO shop_targets (standard_id, shops_a_year, changed_at) VALUES ($1, $2, $3) \
    ON CONFLICT (standard_id) DO UPDATE SET shops_a_year = excluded.shops_a_year, changed_at = excluded.changed_at";

pub(in crate::mystery_shopping) async fn set_target(
    tx: &mut Tx,
    standard: StandardId,
    shops: i64,
    at: DateTime<Utc>,
) -> Result<(), db::Error> {
    on!(tx, c => sqlx::query(SET_TARGET).bind(standard).bind(shops).bind(at).execute(c).await.map(|_| ())?);
    Ok(())
}

pub(in crate::mystery_shopping) async fn targets(tx: &mut Tx) -> Result<Vec<(StandardId, i64)>, db::Error> {
    Ok(
        on!(tx, c => sqlx::query_as("SELECT standard_id, shops_a_year FROM shop_targets ORDER BY standard_id").fetch_all(c).await?),
    )
}
