//! What a test found, as one JSON line.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::harness::place::Engine;

/// What a test found.
#[derive(Default)]
pub struct Report {
    head: Map<String, Value>,
    figures: Map<String, Value>,
    note: Option<String>,
    pub passed: bool,
}

impl Report {
    /// An empty report on a test.
    #[must_use]
    pub fn new(id: &str, promise: &str, engine: Engine, seed: u64) -> Self {
        let mut head = Map::new();
        head.insert("test".into(), json!(id));
        head.insert("engine".into(), json!(engine.name()));
        head.insert("promise".into(), json!(promise));
        head.insert("seed".into(), json!(seed));
        Self { head, passed: true, ..Self::default() }
    }

    /// What a test hands back: figures to be added.
    #[must_use]
    pub fn of(figures: Value) -> Self {
        let figures = if let Value::Object(figures) = figures { figures } else { Map::new() };
        Self { figures, passed: true, ..Self::default() }
    }

    /// A test that could not be made here. It does not count as failed.
    #[must_use]
    pub fn not_checked(mut self, why: &str) -> Self {
        self.note = Some(format!("not checked: {why}"));
        self
    }

    /// The report with what the test handed back.
    #[must_use]
    pub fn passed_with(mut self, found: Self, took: Duration) -> Self {
        self.figures = found.figures;
        self.note = found.note;
        self.took(took)
    }

    /// The report of a test that failed.
    #[must_use]
    pub fn failed_with(mut self, why: &str, took: Duration) -> Self {
        self.passed = false;
        self.note = Some(why.to_owned());
        self.took(took)
    }

    fn took(mut self, took: Duration) -> Self {
        self.head.insert("seconds".into(), json!((took.as_secs_f64() * 10.0).round() / 10.0));
        self
    }

    /// The JSON line.
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = self.head.clone();
        line.insert("passed".into(), json!(self.passed));
        if !self.figures.is_empty() {
            line.insert("figures".into(), Value::Object(self.figures.clone()));
        }
        if let Some(note) = &self.note {
            line.insert("note".into(), json!(note));
        }
        Value::Object(line).to_string()
    }
}
