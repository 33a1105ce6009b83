//! A standard and its versions: the wording, how it is measured, and when each version holds.

use std::ops::Deref;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use sqlx::types::Json;

use super::unit::{Direction, Unit};
use crate::thread::id::{AreaId, StandardId, StandardVersionId};

/// Where results of a standard come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Residents' answers to a survey.
    Survey,
    /// Mystery shoppers' returns.
    Shop,
    /// The landlord's own figures, typed or imported.
    Figure,
}

impl Source {
    /// Every source, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Survey, Self::Shop, Self::Figure];

    /// The word kept in the database and in JSON.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Shop => "shop",
            Self::Figure => "figure",
        }
    }

    /// The source in plain words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Survey => "Residents’ answers to surveys",
            Self::Shop => "Checks by trained residents",
            Self::Figure => "Our own records",
        }
    }
}

/// Everything about a version that its authors write.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Wording {
    /// The standard in a few words.
    pub title: String,
    /// What we will do, for whom, and within what time or to what quality.
    pub promise: String,
    /// What is counted as kept.
    pub numerator: String,
    /// What it is counted out of.
    pub denominator: String,
    /// What is left out of the count, if anything.
    pub exclusions: String,
    /// When the clock starts and stops; empty where no time is promised.
    pub clock: String,
    #[sqlx(try_from = "String")]
    pub unit: Unit,
    #[sqlx(try_from = "String")]
    pub direction: Direction,
    /// In `unit`.
    pub target: f64,
    /// What the law asks for at the least, in `unit`.
    pub legal_floor: Option<f64>,
    /// Which law or code the floor comes from.
    pub legal_source: String,
    pub sources: Json<Vec<Source>>,
    /// The records or the survey in words: "our telephone system".
    pub source_note: String,
    /// What a resident can do when the promise is not kept.
    pub if_missed: String,
    /// What this version changed, and why; empty in a first version.
    pub what_changed: String,
}

impl Wording {
    /// The target as a sentence holds it: "at least 90%".
    #[must_use]
    pub fn target_in_words(&self) -> String {
        self.direction.target(self.unit, self.target)
    }

    /// True when results of that kind count.
    #[must_use]
    pub fn counts(&self, source: Source) -> bool {
        self.sources.contains(&source)
    }
}

/// A published version of a standard. It reads as its wording: `published.title`, `published.target`.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Published {
    #[sqlx(rename = "standard_id")]
    pub id: StandardId,
    pub slug: String,
    pub area_id: AreaId,
    pub area_slug: String,
    pub area_name: String,
    /// The code of the role that answers for it.
    pub owner_role: String,
    #[sqlx(rename = "standard_version_id")]
    pub version_id: StandardVersionId,
    /// Counts versions of this standard from 1.
    pub number: i64,
    pub effective_from: NaiveDate,
    /// The first day of the version that follows it, if one has been published.
    pub superseded_on: Option<NaiveDate>,
    #[sqlx(flatten)]
    pub wording: Wording,
}

impl Deref for Published {
    type Target = Wording;
    fn deref(&self) -> &Wording {
        &self.wording
    }
}

/// A version not yet published.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct Draft {
    #[sqlx(rename = "standard_version_id")]
    pub version_id: StandardVersionId,
    pub number: i64,
    pub drafted_at: DateTime<Utc>,
    #[sqlx(flatten)]
    pub wording: Wording,
}

/// A standard as staff list it: what is in force, what is drafted, what is to come.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Listed {
    #[sqlx(rename = "standard_id")]
    pub id: StandardId,
    pub slug: String,
    pub area_id: AreaId,
    pub area_slug: String,
    pub area_name: String,
    pub owner_role: String,
    /// The title of the version in force, or of the newest.
    pub title: String,
    /// The first day of the version in force.
    pub in_force_from: Option<NaiveDate>,
    /// The first day of a version already published but not yet in force.
    pub upcoming_from: Option<NaiveDate>,
    pub has_draft: bool,
    /// The first day on which it is no longer promised, if it has an end.
    pub retired_from: Option<NaiveDate>,
    /// True once that day has come.
    pub is_retired: bool,
}

/// How a standard ends.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Retirement {
    /// The first day on which it is no longer promised.
    #[sqlx(rename = "retired_from")]
    pub from: NaiveDate,
    /// The reason, as residents read it.
    #[sqlx(rename = "retired_why")]
    pub why: String,
    /// True once the day has come.
    #[sqlx(rename = "is_retired")]
    pub is_over: bool,
}

/// An approval of a version, or the recorded reason for doing without one.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Approval {
    pub is_waiver: bool,
    /// Who approved: "Board", "Residents' panel"; empty for a waiver.
    pub body: String,
    pub approved_on: NaiveDate,
    /// What was said, or why there is no approval.
    pub note: String,
    pub recorded_at: DateTime<Utc>,
    /// The name of the person who recorded it.
    pub recorded_by: String,
}
