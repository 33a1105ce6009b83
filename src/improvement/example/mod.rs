//! A year of the example landlord's improvement, all invented: twelve processes, four of them selected, two plans under way, and reports in every state.

mod plans;
mod processes;

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::audits;
use super::process::ProcessId;
use crate::app::App;
use crate::db::{self, Tx};
use crate::people;
use crate::thread::id::AccountId;

/// Who is who, what is what, and when.
struct Scene {
    people: HashMap<String, AccountId>,
    processes: HashMap<&'static str, ProcessId>,
    today: NaiveDate,
    now: DateTime<Utc>,
}

impl Scene {
    /// Somebody by the first part of their address.
    fn person(&self, name: &str) -> Result<AccountId, db::Error> {
        let missing = db::Error::Corrupt { table: "accounts", column: "email" };
        self.people.get(name).copied().ok_or(missing)
    }

    fn process(&self, name: &str) -> Result<ProcessId, db::Error> {
        self.processes.get(name).copied().ok_or(db::Error::Corrupt { table: "processes", column: "name" })
    }

    /// So many days from today; before today where it is negative.
    fn day(&self, days: i64) -> NaiveDate {
        let count = Days::new(days.unsigned_abs());
        let found = if days < 0 { self.today.checked_sub_days(count) } else { self.today.checked_add_days(count) };
        found.unwrap_or(self.today)
    }

    /// The moment so many days ago.
    fn ago(&self, days: i64) -> DateTime<Utc> {
        self.now - TimeDelta::days(days)
    }
}

/// Adds the year.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    let all = people::store::list(tx).await?;
    let people = all.into_iter().map(|one| (one.email.split('@').next().unwrap_or_default().to_owned(), one.id));
    let mut scene =
        Scene { people: people.collect(), processes: HashMap::new(), today: app.clock.today(), now: app.clock.now() };
    processes::load(app, tx, &mut scene).await?;
    plans::load(app, tx, &scene).await?;
    let cast = audits::example::Cast {
        owner: scene.person("analyst")?,
        manager: scene.person("manager")?,
        auditor: scene.person("auditor")?,
    };
    audits::example::load(app, tx, &cast).await
}

#[cfg(test)]
mod tests {
    use crate::clock::london_day;
    use crate::db_test;
    use crate::improvement::activity::Standing;
    use crate::improvement::store::{activities, owners, plans, processes, selections, sign_offs};
    use crate::improvement::year::Year;
    use crate::testing::app_on;

    db_test!(the_example_reads_like_a_year, db => {
        let app = app_on(db);
        crate::example::load(&app).await.unwrap();
        let today = london_day(app.clock.now());
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(processes::list(&mut tx).await.unwrap().len(), 13);
        let selected = selections::list(&mut tx, Year::of(today)).await.unwrap();
        assert_eq!(selected.iter().filter(|one| one.withdrawn_at.is_none()).count(), 4);
        for one in &selected {
            assert!(owners::current(&mut tx, one.process_id).await.unwrap().unwrap().in_management_team);
        }
        let mut live = plans::list(&mut tx).await.unwrap();
        live.retain(|plan| plan.closed_at.is_none());
        assert_eq!(live.iter().map(|plan| plan.is_stale(today)).collect::<Vec<_>>(), [false, true]);
        let mut standings = Vec::new();
        for plan in &live {
            let all = activities::list(&mut tx, plan.id, plan.versions).await.unwrap();
            standings.extend(all.iter().map(|one| one.standing(today)));
        }
        for sought in [Standing::Done, Standing::Waiting, Standing::SentBack, Standing::Late, Standing::OnTrack, Standing::NotStarted] {
            assert!(standings.contains(&sought), "{sought:?} in {standings:?}");
        }
        for report in sign_offs::list(&mut tx).await.unwrap() {
            assert!(!report.report.measured.before.is_empty() && !report.report.measured.after.is_empty());
        }
    });
}
