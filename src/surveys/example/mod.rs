//! The example landlord's surveys: one for the regulator and three others that have closed, one of them a second wave, and
//! two that are open; three of them speak other languages too.

pub(super) mod ask;
mod coded;
mod estate;
mod homes;
mod languages;
mod notices;
mod photos;
mod repairs;
mod respond;
mod sealed;
mod spring;
mod tenants;
mod words;

use chrono::{NaiveDate, TimeDelta};

use crate::app::App;
use crate::db::{self, Tx};
use crate::random::Random;
use crate::surveys::snapshot::{self, Snapshot};
use crate::surveys::store;
use crate::surveys::store::snapshots;
use crate::{people, settings};

/// Where residents of the example landlord live; made up.
pub const AREAS: [&str; 5] = ["Millbeck", "Lantern Quay", "Northfold", "Ashcombe Rise", "Saltmarsh"];

/// Loads the surveys and what people answered, by chance that a seed repeats.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx, random: &Random, today: NaiveDate) -> Result<(), db::Error> {
    let spring = spring::load(tx, today - TimeDelta::days(222)).await?;
    tenants::load(tx, today - TimeDelta::days(250)).await?;
    repairs::load(tx, random, today - TimeDelta::days(120)).await?;
    let autumn = estate::load(tx, random, today - TimeDelta::days(40)).await?;
    spring::join(tx, spring, autumn).await?;
    homes::load(tx, random, today).await?;
    notices::load(tx, today).await?;
    languages::load(tx).await?;
    coded::load(tx, today).await?;
    crate::surveys::sample::example::load(tx, today).await?;
    crate::surveys::rolling::example::load(tx, today).await
}

/// Keeps the files of the photos that people sent.
///
/// # Errors
/// When the database or the disk refuses.
pub async fn keep_photos(app: &App, tx: &mut Tx) -> Result<(), db::Error> {
    photos::load(app, tx).await
}

/// Freezes the results that are published, as two people of the landlord did: one the day before, another on the day.
///
/// # Errors
/// When the database refuses.
pub async fn freeze(tx: &mut Tx) -> Result<(), db::Error> {
    let landlord = settings::store::find(tx).await?;
    let preparer = people::store::find_by_email(tx, "officer@larkfield.example").await?.map(|(account, _)| account.id);
    let approver = people::store::find_by_email(tx, "manager@larkfield.example").await?.map(|(account, _)| account.id);
    for id in snapshots::list_unfrozen(tx).await? {
        let Some(asked) = store::find(tx, id).await? else { continue };
        let Some(published_at) = asked.survey.results_published_at else { continue };
        let (content, answers) = snapshot::take(tx, &asked, &landlord).await?;
        let snapshot = Snapshot {
            id: 0,
            number: 1,
            reason: String::new(),
            answers,
            content,
            prepared_by: preparer,
            prepared_at: published_at - TimeDelta::days(1),
            approved_by: approver,
            approved_at: Some(published_at),
        };
        snapshots::insert(tx, id, &snapshot).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surveys::results;
    use crate::surveys::survey::{Access, State};
    use crate::{clock, db_test};

    db_test!(the_example_has_two_open_surveys_four_closed_ones_and_a_thousand_answers, db => {
        let today = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap();
        let now = clock::london_instant(today.and_hms_opt(12, 0, 0).unwrap()).unwrap();
        let mut tx = db.write().await.unwrap();
        load(&mut tx, &Random::seeded(2026), today).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.read().await.unwrap();
        let surveys = store::list(&mut tx).await.unwrap();
        let states: Vec<State> = surveys.iter().map(|(survey, _)| survey.state(now)).collect();
        assert_eq!(states, [[State::Open; 2].as_slice(), &[State::Closed; 4]].concat());
        assert!(surveys.iter().map(|(_, responses)| responses).sum::<i64>() >= 1_000);
        assert!(surveys.iter().all(|(survey, _)| survey.access == Access::Open));
        // The areas differ: the best and the worst lie well apart.
        let asked = store::find(&mut tx, surveys[3].0.id).await.unwrap().unwrap();
        let gathered = results::gather(&mut tx, &asked).await.unwrap();
        let question = asked.version.questionnaire.questions().iter().find(|q| q.kind.has_share()).unwrap();
        let policy = crate::statistics::disclosure::Policy::public();
        let released = gathered.by_group(&asked, question, &policy).remove(0);
        let shares: Vec<u32> = released.groups.iter().filter_map(|(_, table)| Some(table.share?.percent)).collect();
        assert!(shares.len() >= 4, "{shares:?}");
        assert!(shares.iter().max().unwrap() - shares.iter().min().unwrap() > 15, "{shares:?}");
        // Two questions of the autumn's survey are sealed: their figures are shown, those of small groups are not.
        let estate = surveys.iter().find(|(survey, _)| survey.title == "Your block and estate").unwrap();
        let asked = store::find(&mut tx, estate.0.id).await.unwrap().unwrap();
        let released = results::gather(&mut tx, &asked).await.unwrap();
        let released = released.release(&asked, None, &crate::statistics::disclosure::Policy::staff());
        let sealed: Vec<_> = released.iter().filter(|result| result.question.sealed.is_some()).collect();
        assert_eq!(sealed.len(), 2);
        assert!(sealed.iter().all(|result| result.table().is_some_and(|table| table.base() > Some(200))));
        assert!(sealed[1].table().unwrap().hides_some());
    });

    #[tokio::test]
    async fn every_standard_that_the_example_asks_about_is_measured_by_it() {
        let app = crate::testing::app().await;
        crate::example::load(&app).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        let policy = crate::statistics::disclosure::Policy::public();
        let (from, to) = results::ever();
        for slug in [ask::REPAIRS, ask::APPOINTMENTS, ask::CLEANING, ask::GROUNDS, ask::BEHAVIOUR] {
            let id = crate::surveys::measured::by_slug(&mut tx, slug).await.unwrap();
            let id = crate::thread::id::StandardId(id.unwrap_or_else(|| panic!("no standard {slug}")));
            let found = crate::surveys::satisfaction_for_standard(&mut tx, id, from, to, &policy).await.unwrap();
            assert!(found.is_some_and(|found| found.table.share.is_some()), "{slug}");
        }
    }
}
