//! A piece of research or good practice, and what it is sought by.

use chrono::{DateTime, NaiveDate, Utc};

use crate::improvement::process::ProcessId;
use crate::thread::id::{AccountId, AreaId, ResearchId, StandardId};

/// The years that a piece can be from.
pub const YEARS: std::ops::RangeInclusive<i64> = 1900..=2200;

/// A piece as it stands, with the names of what it applies to.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Entry {
    #[sqlx(rename = "research_id")]
    pub id: ResearchId,
    pub title: String,
    /// Who found it out or published it.
    pub source: String,
    pub year: i64,
    /// In plain words.
    pub finding: String,
    pub area_id: Option<AreaId>,
    pub area_name: Option<String>,
    pub standard_id: Option<StandardId>,
    pub process_id: Option<ProcessId>,
    pub process_name: Option<String>,
    /// Where it can be read on the web; empty where only a file is kept.
    pub address: String,
    pub file_id: Option<String>,
    pub written_by: AccountId,
    pub changed_at: DateTime<Utc>,
}

impl Entry {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/research/{}", self.id)
    }

    /// Whether title, source, year and finding hold every word that is sought, whatever its capitals.
    #[must_use]
    pub fn holds(&self, words: &str) -> bool {
        let all = format!("{} {} {} {}", self.title, self.source, self.year, self.finding).to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| all.contains(word))
    }
}

/// What staff write of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub title: String,
    pub source: String,
    pub year: i64,
    pub finding: String,
    pub area_id: Option<AreaId>,
    pub standard_id: Option<StandardId>,
    pub process_id: Option<ProcessId>,
    pub address: String,
    pub file_id: Option<String>,
}

/// With whom a piece was shared, and when.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Share {
    pub research_id: ResearchId,
    /// A group or body, in words.
    pub shared_with: String,
    pub shared_on: NaiveDate,
    pub recorded_by: AccountId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_by_all_of_its_words_in_any_order() {
        let entry = Entry {
            id: ResearchId(1),
            title: "Reminders".into(),
            source: "A housing institute".into(),
            year: 2024,
            finding: "A text the day before halves missed visits.".into(),
            area_id: Some(AreaId(1)),
            area_name: Some("Repairs".into()),
            standard_id: None,
            process_id: None,
            process_name: None,
            address: "https://example.org".into(),
            file_id: None,
            written_by: AccountId(1),
            changed_at: crate::testing::noon(),
        };
        for found in ["", "VISITS text", "2024 institute", "remind"] {
            assert!(entry.holds(found), "{found}");
        }
        assert!(!entry.holds("text lifts"));
    }
}
