//! The log of every change by a signed-in person: each entry holds the hash of the one before, so that an altered or missing row shows.

pub mod store;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::clock;
use crate::db::{self, Tx};
use crate::random::sha256;
use crate::thread::id::AccountId;

/// Who did something: an account and the role it held then. The system acts without an account.
#[derive(Debug, Clone)]
pub struct Actor {
    /// The account, or none for the program itself and its command line.
    pub account: Option<AccountId>,
    /// The role as a word: "manager", "system".
    pub role: String,
}

impl Actor {
    /// The program itself, or a person at its command line.
    #[must_use]
    pub fn system() -> Self {
        Self { account: None, role: "system".into() }
    }
}

/// One entry as it is read.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Entry {
    pub number: i64,
    pub recorded_at: DateTime<Utc>,
    pub account_id: Option<AccountId>,
    pub role: String,
    pub action: String,
    pub object: String,
    pub detail: String,
    pub previous_hash: String,
    pub hash: String,
}

impl Entry {
    fn expected_hash(&self) -> String {
        let account = self.account_id.map(|id| id.to_string()).unwrap_or_default();
        let at = self.recorded_at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let parts = [
            self.number.to_string(),
            at,
            account,
            self.role.clone(),
            self.action.clone(),
            self.object.clone(),
            self.detail.clone(),
            self.previous_hash.clone(),
        ];
        sha256(&parts.map(|part| format!("{}:{part}", part.len())).concat())
    }
}

/// Adds an entry in the transaction of the change it tells of. `detail` never holds an answer, a password or a special-category value.
///
/// # Errors
/// When the database refuses.
pub async fn record(
    tx: &mut Tx,
    at: DateTime<Utc>,
    actor: &Actor,
    action: &str,
    object: &str,
    detail: &str,
) -> Result<(), db::Error> {
    let (number, previous_hash) = store::take_number(tx).await?;
    let mut entry = Entry {
        number,
        recorded_at: at,
        account_id: actor.account,
        role: actor.role.clone(),
        action: action.to_owned(),
        object: object.to_owned(),
        detail: detail.to_owned(),
        previous_hash,
        hash: String::new(),
    };
    entry.hash = entry.expected_hash();
    store::insert(tx, &entry).await
}

/// Adds an entry unless the log says already that the same person did the same to the same object that day (in London).
/// For what would tell too much if each time stood in the log with its moment.
///
/// # Errors
/// When the database refuses.
pub async fn record_first_of_day(
    tx: &mut Tx,
    at: DateTime<Utc>,
    actor: &Actor,
    action: &str,
    object: &str,
) -> Result<(), db::Error> {
    let sought = store::Sought {
        account: actor.account,
        action: Some(action.to_owned()),
        // The longest day in London has 25 hours.
        from: Some(at - TimeDelta::hours(25)),
        ..store::Sought::default()
    };
    let day = clock::london_day(at);
    let known = store::list(tx, &sought, 1000).await?;
    if known.iter().any(|entry| entry.object == object && clock::london_day(entry.recorded_at) == day) {
        return Ok(());
    }
    record(tx, at, actor, action, object, "").await
}

/// Reads the whole chain and names the first entry that does not fit, or none when all do.
///
/// # Errors
/// When the database refuses.
pub async fn first_broken(tx: &mut Tx) -> Result<Option<i64>, db::Error> {
    let mut previous = String::new();
    let mut after = 0;
    loop {
        let page = store::list_after(tx, after, 1000).await?;
        if page.is_empty() {
            let (number, hash) = store::head(tx).await?;
            return Ok((number != after || hash != previous).then_some(after + 1));
        }
        for entry in page {
            if entry.number != after + 1 || entry.previous_hash != previous || entry.hash != entry.expected_hash() {
                return Ok(Some(after + 1));
            }
            after = entry.number;
            previous = entry.hash;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::store::Sought;
    use super::*;
    use crate::{db_test, on};

    db_test!(an_altered_or_removed_entry_is_named, db => {
        let at = "2026-01-01T00:00:00.123456Z".parse().unwrap();
        let mut tx = db.write().await.unwrap();
        for word in ["one", "two", "three"] {
            record(&mut tx, at, &Actor::system(), "tested", word, "").await.unwrap();
        }
        assert_eq!(first_broken(&mut tx).await.unwrap(), None);
        tx.commit().await.unwrap();
        let mut tx = db.write().await.unwrap();
        on!(tx, c => sqlx::query("UPDATE audit_entries SET detail = 'other' WHERE number = 2").execute(c).await.map(|_| ()).unwrap());
        assert_eq!(first_broken(&mut tx).await.unwrap(), Some(2));
        drop(tx);
        let mut tx = db.write().await.unwrap();
        on!(tx, c => sqlx::query("DELETE FROM audit_entries WHERE number = 3").execute(c).await.map(|_| ()).unwrap());
        assert_eq!(first_broken(&mut tx).await.unwrap(), Some(3));
    });

    db_test!(what_is_noted_once_a_day_is_noted_for_each_person_and_object_and_anew_the_next_day, db => {
        let day = |moment: &str| moment.parse::<DateTime<Utc>>().unwrap();
        let mut tx = db.write().await.unwrap();
        let at = day("2026-01-01T09:00:00Z");
        let mut insert = async |name: &str| {
            let email = format!("{name}@example.org");
            let id = crate::people::store::insert(&mut tx, &email, name, crate::people::Role::Officer, None, false, at).await;
            Actor { account: Some(id.unwrap()), role: "officer".into() }
        };
        let (kim, lee) = (insert("Kim").await, insert("Lee").await);
        // In summer London's day begins at 23:00 UTC.
        let notes = [
            (&kim, "survey/1", "2026-07-01T09:00:00Z"),
            (&kim, "survey/1", "2026-07-01T22:59:00Z"),
            (&lee, "survey/1", "2026-07-01T22:59:00Z"),
            (&kim, "survey/2", "2026-07-01T22:59:00Z"),
            (&kim, "survey/1", "2026-07-01T23:00:00Z"),
        ];
        for (by, object, moment) in notes {
            record_first_of_day(&mut tx, day(moment), by, "entered", object).await.unwrap();
        }
        let kept = store::list(&mut tx, &Sought::default(), 10).await.unwrap();
        assert_eq!(kept.iter().rev().map(|entry| entry.object.as_str()).collect::<Vec<_>>(), ["survey/1", "survey/1", "survey/2", "survey/1"]);
        assert!(kept.iter().all(|entry| entry.detail.is_empty()));
    });

    db_test!(entries_are_found_by_who_what_and_when, db => {
        let day = |day: u32| format!("2026-01-{day:02}T09:00:00Z").parse::<DateTime<Utc>>().unwrap();
        let mut tx = db.write().await.unwrap();
        let kim = crate::people::store::insert(&mut tx, "kim@example.org", "Kim", crate::people::Role::Manager, None, false, day(1)).await.unwrap();
        let kims = Actor { account: Some(kim), role: "manager".into() };
        for (at, by, action) in [(1, &kims, "signed in"), (2, &Actor::system(), "tested"), (3, &kims, "tested")] {
            record(&mut tx, day(at), by, action, "", "").await.unwrap();
        }
        assert_eq!(store::list_actions(&mut tx).await.unwrap(), ["signed in", "tested"]);
        for (sought, numbers) in [
            (Sought::default(), vec![3, 2, 1]),
            (Sought { before: Some(3), ..Sought::default() }, vec![2, 1]),
            (Sought { account: Some(kim), ..Sought::default() }, vec![3, 1]),
            (Sought { by_program: true, ..Sought::default() }, vec![2]),
            (Sought { action: Some("tested".into()), account: Some(kim), ..Sought::default() }, vec![3]),
            (Sought { from: Some(day(2)), until: Some(day(3)), ..Sought::default() }, vec![2]),
        ] {
            let found = store::list(&mut tx, &sought, 9).await.unwrap();
            assert_eq!(found.iter().map(|entry| entry.number).collect::<Vec<_>>(), numbers, "{sought:?}");
        }
        assert_eq!(store::list(&mut tx, &Sought::default(), 1).await.unwrap().len(), 1);
    });
}
