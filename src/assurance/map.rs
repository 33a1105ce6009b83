//! How every requirement stands: its owner, its evidence, and what is missing or old.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::evidence::{Evidence, Standing};
use super::requirement::{Requirement, Set};
use super::store;
use crate::db::{self, Tx};
use crate::thread::id::AccountId;

/// Everything that was attached and everybody who owns.
pub struct Map {
    evidence: HashMap<String, Vec<Evidence>>,
    owners: HashMap<String, AccountId>,
    today: NaiveDate,
}

impl Map {
    /// Reads the map as it stands.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn load(tx: &mut Tx, today: NaiveDate) -> Result<Self, db::Error> {
        let mut evidence: HashMap<String, Vec<Evidence>> = HashMap::new();
        for one in store::list_evidence(tx).await? {
            evidence.entry(one.requirement.clone()).or_default().push(one);
        }
        let owners = store::list_owners(tx).await?.into_iter().filter_map(|(code, owner)| Some((code, owner?)));
        Ok(Self { evidence, owners: owners.collect(), today })
    }

    /// What was attached to a requirement, the newest first, withdrawn pieces among it.
    #[must_use]
    pub fn evidence(&self, code: &str) -> &[Evidence] {
        self.evidence.get(code).map_or(&[], Vec::as_slice)
    }

    /// Who answers for a requirement.
    #[must_use]
    pub fn owner(&self, code: &str) -> Option<AccountId> {
        self.owners.get(code).copied()
    }

    /// How a requirement stands.
    #[must_use]
    pub fn standing(&self, requirement: &Requirement) -> Standing {
        Standing::of(self.evidence(&requirement.code), self.today)
    }

    /// How many requirements of a set stand so.
    #[must_use]
    pub fn count(&self, set: &Set, standing: Standing) -> usize {
        let all = set.groups.iter().flat_map(|group| &group.requirements);
        all.filter(|requirement| self.standing(requirement) == standing).count()
    }
}
