//! Requirements as versioned data: each set is a JSON file, so that a new version of the regulator's is a new file and no code.

use std::sync::LazyLock;

use serde::Deserialize;

/// Every file, in the order in which the map shows them.
const FILES: [&str; 2] = [include_str!("sets/rsh_consumer_2024.json"), include_str!("sets/prospects.json")];

// A test reads every file: one that cannot be read never ships.
static SETS: LazyLock<Vec<Set>> =
    LazyLock::new(|| FILES.iter().filter_map(|text| serde_json::from_str(text).ok()).collect());

/// The requirements of one body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    /// Its name in addresses.
    pub code: String,
    /// Counts the versions of the set from 1; evidence keeps the one it was attached under.
    pub version: i64,
    pub title: String,
    /// Since when it holds, in words.
    pub from: String,
    /// Whose words these are, and what to compare them with.
    pub provenance: String,
    pub groups: Vec<Group>,
}

/// Requirements that belong together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub title: String,
    pub requirements: Vec<Requirement>,
}

/// One thing that is asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement {
    /// Its name in addresses and rows; never given to another.
    pub code: String,
    /// How people call it: "TIA 1.3".
    pub label: String,
    pub words: String,
}

impl Requirement {
    /// Its page.
    #[must_use]
    pub fn href(&self) -> String {
        format!("/staff/assurance/{}", self.code)
    }
}

/// Every set.
#[must_use]
pub fn sets() -> &'static [Set] {
    &SETS
}

/// A requirement by its code, with its set and group.
#[must_use]
pub fn find(code: &str) -> Option<(&'static Set, &'static Group, &'static Requirement)> {
    SETS.iter().find_map(|set| {
        set.groups.iter().find_map(|group| {
            group.requirements.iter().find(|one| one.code == code).map(|requirement| (set, group, requirement))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read_and_no_code_stands_twice() {
        assert_eq!(sets().len(), FILES.len());
        let mut codes: Vec<&str> = Vec::new();
        for set in sets() {
            assert!(set.version >= 1 && !set.provenance.is_empty(), "{}", set.code);
            for requirement in set.groups.iter().flat_map(|group| &group.requirements) {
                assert!(requirement.code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
                assert!(requirement.words.ends_with('.'), "{}", requirement.code);
                codes.push(&requirement.code);
            }
        }
        let all = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!((codes.len(), all), (28, 28));
        assert_eq!(find("tia-1-3").unwrap().2.label, "TIA 1.3");
        assert!(find("1").is_none());
    }
}
