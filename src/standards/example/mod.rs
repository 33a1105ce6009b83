//! The example landlord's standards: a suite over ten areas, two of them changed once, and what residents said.

mod homes;
mod people_and_places;
mod voices;

use chrono::{Months, NaiveDate, TimeDelta};
use sqlx::types::Json;

use crate::app::App;
use crate::db::{self, Tx};
use crate::people::{self, Account};
use crate::random::Random;
use crate::standards::comment::{Comment, NewComment};
use crate::standards::publish::PublishError;
use crate::standards::standard::{Source, Wording};
use crate::standards::store::{approvals, areas, comments, moderation, versions};
use crate::standards::unit::{Direction, Unit};
use crate::thread::id::{AreaId, StandardId};
use homes::HOMES;
use people_and_places::PEOPLE_AND_PLACES;
use voices::{COMMENTS, Said};

/// A standard as it is written down here; every one is a share in per cent where higher is better.
pub(super) struct Written {
    pub slug: &'static str,
    pub area: &'static str,
    pub owner: &'static str,
    pub title: &'static str,
    pub promise: &'static str,
    pub numerator: &'static str,
    pub denominator: &'static str,
    pub exclusions: &'static str,
    pub clock: &'static str,
    pub target: f64,
    /// The law's floor and which law.
    pub law: Option<(f64, &'static str)>,
    /// s survey, m mystery shopping, f figures.
    pub sources: &'static str,
    pub source_note: &'static str,
    pub if_missed: &'static str,
    /// The target and promise of an earlier version.
    pub earlier: Option<(f64, &'static str)>,
    pub what_changed: &'static str,
}

const PLAIN: Written = Written {
    slug: "",
    area: "",
    owner: "manager",
    title: "",
    promise: "",
    numerator: "",
    denominator: "",
    exclusions: "",
    clock: "",
    target: 90.0,
    law: None,
    sources: "f",
    source_note: "",
    if_missed: "",
    earlier: None,
    what_changed: "",
};

/// Every standard of the example landlord.
fn suite() -> impl Iterator<Item = &'static Written> {
    PEOPLE_AND_PLACES.iter().chain(HOMES)
}

/// Adds standards, approvals and comments.
///
/// # Errors
/// When the database refuses.
pub async fn load(app: &App, tx: &mut Tx, chance: &Random) -> Result<(), db::Error> {
    let author = account(tx, "manager@larkfield.example").await?;
    let approver = account(tx, "board@larkfield.example").await?;
    let officer = account(tx, "officer@larkfield.example").await?;
    let all = areas::list(tx).await?;
    let today = app.clock.today();
    let first = months_before(today, 14);
    let second = months_before(today, 5);
    for one in suite() {
        let area = all.iter().find(|area| area.slug == one.area).map_or(AreaId(1), |area| area.id);
        let id = versions::insert(tx, one.slug, area, one.owner, app.clock.now()).await?;
        let now = wording(one);
        match one.earlier {
            None => {
                put(app, tx, id, &Wording { what_changed: String::new(), ..now }, &author, &approver, first).await?;
            }
            Some((target, promise)) => {
                let before =
                    Wording { target, promise: promise.to_owned(), what_changed: String::new(), ..now.clone() };
                put(app, tx, id, &before, &author, &approver, first).await?;
                put(app, tx, id, &now, &author, &approver, second).await?;
            }
        }
    }
    for said in COMMENTS {
        say(app, tx, chance, said, &officer).await?;
    }
    Ok(())
}

fn months_before(today: NaiveDate, months: u32) -> NaiveDate {
    let day = today.checked_sub_months(Months::new(months)).unwrap_or(today);
    chrono::Datelike::with_day(&day, 1).unwrap_or(day)
}

async fn account(tx: &mut Tx, email: &str) -> Result<Account, db::Error> {
    let found = people::store::find_by_email(tx, email).await?;
    found.map(|(account, _)| account).ok_or(db::Error::Corrupt { table: "accounts", column: "email" })
}

fn wording(one: &Written) -> Wording {
    let sources = one.sources.chars().filter_map(|letter| match letter {
        's' => Some(Source::Survey),
        'm' => Some(Source::Shop),
        'f' => Some(Source::Figure),
        _ => None,
    });
    let (legal_floor, legal_source) = one.law.map_or((None, ""), |(floor, source)| (Some(floor), source));
    Wording {
        title: one.title.to_owned(),
        promise: one.promise.to_owned(),
        numerator: one.numerator.to_owned(),
        denominator: one.denominator.to_owned(),
        exclusions: one.exclusions.to_owned(),
        clock: one.clock.to_owned(),
        unit: Unit::PerCent,
        direction: Direction::Higher,
        target: one.target,
        legal_floor,
        legal_source: legal_source.to_owned(),
        sources: Json(sources.collect()),
        source_note: one.source_note.to_owned(),
        if_missed: one.if_missed.to_owned(),
        what_changed: one.what_changed.to_owned(),
    }
}

async fn put(
    app: &App,
    tx: &mut Tx,
    id: StandardId,
    wording: &Wording,
    author: &Account,
    approver: &Account,
    from: NaiveDate,
) -> Result<(), db::Error> {
    let version = versions::insert_draft(tx, id, wording, app.clock.now()).await?;
    approvals::add_author(tx, version, author.id).await?;
    let bodies = [("Residents’ panel", 40), ("Board", 21)];
    for (body, days) in bodies {
        approvals::approve(tx, version, approver.id, body, from - TimeDelta::days(days), "", app.clock.now()).await?;
    }
    match crate::standards::publish::put(app, tx, Some(author), id, from).await {
        Ok(()) => Ok(()),
        Err(PublishError::Internal(error)) => Err(error),
        Err(_) => Err(db::Error::Corrupt { table: "standard_versions", column: "promise" }),
    }
}

async fn say(app: &App, tx: &mut Tx, chance: &Random, said: &Said, officer: &Account) -> Result<(), db::Error> {
    let Some(standard) = crate::standards::find_published_by_slug(tx, said.standard).await? else { return Ok(()) };
    let sent_at = app.clock.now()
        - TimeDelta::days(said.days_ago)
        - TimeDelta::minutes(i64::try_from(chance.below(400)).unwrap_or(0));
    let new = NewComment {
        submission_key: chance.token(),
        words: said.words.to_owned(),
        may_publish: said.may_publish,
        may_pass_on: said.contact.is_some(),
        name: said.contact.map(|(name, _)| name.to_owned()),
        email: said.contact.map(|(_, email)| email.to_owned()),
        phone: None,
    };
    let Some(id) = comments::insert(tx, standard.id, &new, sent_at).await? else { return Ok(()) };
    let read_at = sent_at + TimeDelta::days(2);
    if said.answer.is_empty() && said.withheld.is_empty() && said.shown.is_none() {
        return Ok(());
    }
    moderation::mark_read(tx, id, read_at).await?;
    if !said.answer.is_empty() {
        moderation::answer(tx, id, said.answer, read_at).await?;
    }
    if !said.withheld.is_empty() {
        moderation::withhold(tx, id, said.withheld, read_at).await?;
    } else if let Some(shown) = said.shown {
        let words = if shown.is_empty() { said.words } else { shown };
        moderation::publish(tx, id, words, read_at).await?;
    }
    if let Some(Comment { id, .. }) = comments::find(tx, id).await? {
        crate::audit::record(tx, read_at, &officer.actor(), "read a comment", &format!("comment {id}"), "").await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standards::wording::check;
    use crate::{db_test, people};

    #[test]
    fn every_example_standard_passes_the_check() {
        assert!(suite().count() >= 27);
        for one in suite() {
            assert_eq!(check(&wording(one)), Vec::new(), "{}", one.slug);
            if let Some((target, promise)) = one.earlier {
                assert_eq!(
                    check(&Wording { target, promise: promise.into(), ..wording(one) }),
                    Vec::new(),
                    "{}",
                    one.slug
                );
            }
        }
    }

    db_test!(the_example_landlord_has_a_suite_in_force_and_comments_in_every_state, db => {
        let app = crate::testing::app_on(db);
        let mut tx = app.db.write().await.unwrap();
        people::example::load(&app, &mut tx).await.unwrap();
        load(&app, &mut tx, &Random::seeded(2026)).await.unwrap();
        let published = versions::list_published(&mut tx).await.unwrap();
        assert_eq!(published.len(), suite().count());
        assert_eq!(published.iter().filter(|one| one.number == 2).count(), 2);
        let earlier = versions::version_on(&mut tx, published[0].id, months_before(app.clock.today(), 13)).await.unwrap();
        assert!(earlier.is_some());
        let all = comments::list(&mut tx).await.unwrap();
        let count = |state| all.iter().filter(|one| one.state() == state).count();
        use crate::standards::comment::State;
        assert_eq!((all.len(), count(State::Waiting), count(State::Withheld)), (12, 3, 1));
        assert!(count(State::Published) >= 6);
    });
}
