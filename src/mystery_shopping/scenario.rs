//! Scenarios: what a shopper is asked to try, in versions, each with the items it scores.

use chrono::{DateTime, Utc};

use super::channel::Channel;
use super::key::{ItemId, ScenarioId, ScenarioVersionId};
use crate::thread::id::StandardId;

/// The words of a scenario, as staff write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    pub title: String,
    /// Whom the shopper says they are.
    pub persona: String,
    pub channel: Channel,
    /// What to do, step by step.
    pub brief: String,
    pub opening_line: String,
    /// What the shopper may say about themselves.
    pub facts_allowed: String,
    /// When to stop: never a false emergency, never at somebody's cost.
    pub stop_rule: String,
    /// What a right answer holds.
    pub answer_key: String,
    pub items: Vec<ItemScript>,
}

/// A scored item, as staff write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemScript {
    /// "The call was answered within 60 seconds".
    pub wording: String,
    /// The promise it tests: a shopper tests what was promised, never whether they would do it otherwise.
    pub standard: StandardId,
    /// A number to note: "seconds until answered". Empty when there is none.
    pub measure: String,
}

/// One version of a scenario.
#[derive(Debug, Clone)]
pub struct Scenario {
    pub id: ScenarioId,
    pub version: ScenarioVersionId,
    pub number: i64,
    pub title: String,
    pub persona: String,
    pub channel: Channel,
    pub brief: String,
    pub opening_line: String,
    pub facts_allowed: String,
    pub stop_rule: String,
    pub answer_key: String,
    pub retired_at: Option<DateTime<Utc>>,
    pub items: Vec<Item>,
}

/// A scored item of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub id: ItemId,
    pub wording: String,
    pub standard: StandardId,
    pub measure: String,
}

impl Scenario {
    /// The words and items alone, to compare with what was typed.
    #[must_use]
    pub fn script(&self) -> Script {
        Script {
            title: self.title.clone(),
            persona: self.persona.clone(),
            channel: self.channel,
            brief: self.brief.clone(),
            opening_line: self.opening_line.clone(),
            facts_allowed: self.facts_allowed.clone(),
            stop_rule: self.stop_rule.clone(),
            answer_key: self.answer_key.clone(),
            items: self
                .items
                .iter()
                .map(|item| ItemScript {
                    wording: item.wording.clone(),
                    standard: item.standard,
                    measure: item.measure.clone(),
                })
                .collect(),
        }
    }

    /// The standards it tests, each once, in the order of its items.
    #[must_use]
    pub fn standards(&self) -> Vec<StandardId> {
        let mut found = Vec::new();
        for item in &self.items {
            if !found.contains(&item.standard) {
                found.push(item.standard);
            }
        }
        found
    }
}
