//! R08: two hundred people at once for the last places, some of whom give theirs back at the same moment; on PostgreSQL through two nodes.

use serde_json::json;

use crate::Setup;
use crate::harness::chance::Chance;
use crate::harness::group::OpenGroup;
use crate::harness::place::Engine;
use crate::harness::{Outcome, staff};
use crate::report::Report;

/// How many want a place.
const PEOPLE: usize = 200;

pub async fn run(setup: Setup) -> Outcome<Report> {
    let place = setup.place().await?;
    place.must_run(&["example"])?;
    let first = place.serve().await?;
    let second = match setup.engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(place.second_node()?.serve().await?),
    };
    let nodes: Vec<_> = std::iter::once(&first).chain(second.as_ref()).collect();
    let mut officer = staff::signed_in(&first, staff::OFFICER).await?;
    let mut chance = Chance::new(setup.seed, 0);
    let (trials, mut waited) = (setup.tiered(10, 100), 0);
    for trial in 0..trials {
        for capacity in [1, 7] {
            let slug = format!("lab-{capacity}-{trial}");
            let group = OpenGroup::plan(&first, &mut officer, &slug, capacity).await?;
            // In every third trial those with an even number give their place back in the middle of the crush.
            let leaves = if trial % 3 == 2 { |number: usize| number.is_multiple_of(2) } else { |_: usize| false };
            let told = group.crowd(&nodes, PEOPLE, &mut chance, leaves).await;
            let told = told.map_err(|why| format!("{slug}: {why}"))?;
            waited += group.check(&place, &told).await.map_err(|why| format!("{slug}: {why}"))?;
        }
    }
    let nodes = nodes.len();
    first.stop().await?;
    if let Some(second) = second {
        second.stop().await?;
    }
    place.must_run(&["doctor"])?;
    place.clear();
    Ok(Report::of(json!({
        "nodes": nodes,
        "trials": trials,
        "people": PEOPLE,
        "places": [1, 7],
        "overbooked": 0,
        "left_empty": 0,
        "waiting_in_order": waited,
    })))
}
