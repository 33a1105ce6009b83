//! Publishing a draft from a day on, and putting it in force when the day comes.

use chrono::{Months, NaiveDate};
use futures::future::BoxFuture;

use super::store::{approvals, retirements, versions};
use super::wording::{self, Problem};
use crate::app::App;
use crate::audit::{self, Actor};
use crate::db::{self, Tx};
use crate::jobs::{Fact, JobError, announce};
use crate::people::Account;
use crate::thread::id::StandardId;

/// Why a draft was not published.
#[derive(Debug)]
pub enum PublishError {
    /// There is no draft.
    NoDraft,
    /// The wording check found something.
    Wording(Vec<Problem>),
    /// A later version than the first must say what changed.
    NothingSaid,
    /// No approval and no waiver holds.
    NotApproved,
    /// The day is not after the first day of the version before.
    NotAfter(NaiveDate),
    /// The day is in the past: a promise cannot begin before it was made.
    Past,
    /// The day is more than two years away.
    TooFar,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for PublishError {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// Publishes the draft of a standard, to hold from a day on.
///
/// # Errors
/// When the wording check, the approvals or the day stand against it.
pub async fn publish(
    app: &App,
    tx: &mut Tx,
    by: &Account,
    id: StandardId,
    from: NaiveDate,
) -> Result<(), PublishError> {
    let today = app.clock.today();
    if from < today {
        return Err(PublishError::Past);
    }
    if today.checked_add_months(Months::new(24)).is_some_and(|last| from > last) {
        return Err(PublishError::TooFar);
    }
    put(app, tx, Some(by), id, from).await
}

/// Publishes without asking whether the day is past: for the example landlord, which has a history.
pub(super) async fn put(
    app: &App,
    tx: &mut Tx,
    by: Option<&Account>,
    id: StandardId,
    from: NaiveDate,
) -> Result<(), PublishError> {
    let draft = versions::find_draft(tx, id).await?.ok_or(PublishError::NoDraft)?;
    let problems = wording::check(&draft.wording);
    if !problems.is_empty() {
        return Err(PublishError::Wording(problems));
    }
    if draft.number > 1 && draft.wording.what_changed.is_empty() {
        return Err(PublishError::NothingSaid);
    }
    if approvals::list_approvals(tx, draft.version_id).await?.is_empty() {
        return Err(PublishError::NotApproved);
    }
    if let Some(newest) = versions::newest_day(tx, id).await?.filter(|newest| from <= *newest) {
        return Err(PublishError::NotAfter(newest));
    }
    let now = app.clock.now();
    if !versions::publish(tx, draft.version_id, by.map(|account| account.id), from, now).await? {
        return Err(PublishError::NotApproved);
    }
    let actor = by.map_or_else(Actor::system, Account::actor);
    audit::record(
        tx,
        now,
        &actor,
        "published a standard",
        &format!("standard {id}"),
        &format!("version {} from {from}", draft.number),
    )
    .await?;
    // A version to come shows on the public page as well.
    tx.public_changed();
    take_effect(app, tx).await?;
    Ok(())
}

/// Puts in force every published version whose first day has come, and ends every standard whose last day is over. Returns how many versions there were.
///
/// # Errors
/// When the database refuses.
pub async fn take_effect(app: &App, tx: &mut Tx) -> Result<usize, db::Error> {
    let due = versions::list_due(tx, app.clock.today()).await?;
    for version in &due {
        let standard = versions::put_in_force(tx, *version).await?;
        announce(tx, app.clock.now(), Fact::ResultsChanged(standard)).await?;
    }
    let ended = retirements::end_due(tx, app.clock.today()).await?;
    if !due.is_empty() || ended > 0 {
        tx.public_changed();
    }
    Ok(due.len())
}

/// The sweep that notices a first day and an end as it comes.
pub fn take_effect_today(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let mut tx = app.db.read().await?;
        let due = versions::list_due(&mut tx, app.clock.today()).await?;
        let ends = retirements::any_due(&mut tx, app.clock.today()).await?;
        drop(tx);
        if due.is_empty() && !ends {
            return Ok(());
        }
        let mut tx = app.db.write().await?;
        take_effect(&app, &mut tx).await?;
        tx.commit().await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::people::Role;
    use crate::standards::standard::Wording;
    use crate::standards::store::tests::{person, sound};
    use crate::standards::{approve, draft};
    use crate::testing::app_on;
    use chrono::TimeDelta;

    db_test!(f31_nothing_is_published_without_an_approval_by_somebody_else_or_a_waiver, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let (author, other) = (person(&mut tx, Role::Manager).await, person(&mut tx, Role::Board).await);
        let area = crate::standards::areas(&mut tx).await.unwrap()[0].id;
        let id = draft::create(&app, &mut tx, &author, area, "manager", &sound("Calls")).await.unwrap();
        let today = app.clock.today();
        assert!(matches!(publish(&app, &mut tx, &author, id, today).await, Err(PublishError::NotApproved)));
        assert!(matches!(approve::approve(&app, &mut tx, &author, id, "Board", today, "").await, Err(approve::ApproveError::OwnWork)));
        approve::approve(&app, &mut tx, &other, id, "Board", today, "").await.unwrap();
        // A change of the wording ends the approval.
        draft::edit(&app, &mut tx, &author, id, area, "manager", &Wording { target: 85.0, ..sound("Calls") }).await.unwrap();
        assert!(matches!(publish(&app, &mut tx, &author, id, today).await, Err(PublishError::NotApproved)));
        approve::waive(&app, &mut tx, &author, id, "The board meets next month and agreed by e-mail").await.unwrap();
        publish(&app, &mut tx, &author, id, today).await.unwrap();
        assert!(matches!(publish(&app, &mut tx, &author, id, today).await, Err(PublishError::NoDraft)));
        assert!(matches!(approve::waive(&app, &mut tx, &author, id, "x").await, Err(approve::ApproveError::NoDraft)));
    });

    db_test!(f34_a_new_target_does_not_change_what_judges_earlier_results, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let author = person(&mut tx, Role::Manager).await;
        let area = crate::standards::areas(&mut tx).await.unwrap()[0].id;
        let id = draft::create(&app, &mut tx, &author, area, "manager", &sound("Calls")).await.unwrap();
        approve::waive(&app, &mut tx, &author, id, "first").await.unwrap();
        let today = app.clock.today();
        publish(&app, &mut tx, &author, id, today).await.unwrap();
        draft::begin_version(&app, &mut tx, &author, id).await.unwrap();
        let changed = Wording { target: 95.0, what_changed: "We aim higher.".into(), ..sound("Calls") };
        draft::edit(&app, &mut tx, &author, id, area, "manager", &changed).await.unwrap();
        approve::waive(&app, &mut tx, &author, id, "second").await.unwrap();
        let later = today + TimeDelta::days(30);
        assert!(matches!(publish(&app, &mut tx, &author, id, today).await, Err(PublishError::NotAfter(_))));
        assert!(matches!(publish(&app, &mut tx, &author, id, today - TimeDelta::days(1)).await, Err(PublishError::Past)));
        publish(&app, &mut tx, &author, id, later).await.unwrap();
        let target = |version: Option<crate::standards::Published>| version.map(|version| version.target);
        assert_eq!(target(crate::standards::find_by_id(&mut tx, id).await.unwrap()), Some(80.0));
        tx.commit().await.unwrap();
        app.clock.advance(TimeDelta::days(31));
        let before = app.db.publication();
        take_effect_today(app.clone()).await.unwrap();
        assert!(app.db.publication() > before);
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(target(crate::standards::find_published_by_slug(&mut tx, "calls").await.unwrap()), Some(95.0));
        assert_eq!(target(crate::standards::version_on(&mut tx, id, later - TimeDelta::days(1)).await.unwrap()), Some(80.0));
        assert_eq!(target(crate::standards::version_on(&mut tx, id, later).await.unwrap()), Some(95.0));
        assert_eq!(target(crate::standards::version_on(&mut tx, id, today - TimeDelta::days(1)).await.unwrap()), None);
    });

    db_test!(a_standard_has_one_draft_at_a_time, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let author = person(&mut tx, Role::Manager).await;
        let area = crate::standards::areas(&mut tx).await.unwrap()[0].id;
        let id = draft::create(&app, &mut tx, &author, area, "manager", &sound("Calls")).await.unwrap();
        assert!(matches!(draft::begin_version(&app, &mut tx, &author, id).await, Err(draft::DraftError::NotPublished)));
        approve::waive(&app, &mut tx, &author, id, "first").await.unwrap();
        publish(&app, &mut tx, &author, id, app.clock.today()).await.unwrap();
        draft::begin_version(&app, &mut tx, &author, id).await.unwrap();
        draft::discard(&app, &mut tx, &author, id).await.unwrap();
        assert!(matches!(draft::discard(&app, &mut tx, &author, id).await, Err(draft::DraftError::NoDraft)));
        assert!(crate::standards::find_by_id(&mut tx, id).await.unwrap().is_some());
        let never = draft::create(&app, &mut tx, &author, area, "manager", &sound("Never")).await.unwrap();
        approve::waive(&app, &mut tx, &author, never, "x").await.unwrap();
        draft::discard(&app, &mut tx, &author, never).await.unwrap();
        assert!(versions::find_for_staff(&mut tx, never).await.unwrap().is_none());
        draft::begin_version(&app, &mut tx, &author, id).await.unwrap();
        assert!(matches!(draft::begin_version(&app, &mut tx, &author, id).await, Err(draft::DraftError::DraftExists)));
    });

    db_test!(a_vague_draft_cannot_be_published_even_when_approved, db => {
        let app = app_on(db);
        let mut tx = app.db.write().await.unwrap();
        let author = person(&mut tx, Role::Manager).await;
        let area = crate::standards::areas(&mut tx).await.unwrap()[0].id;
        let vague = Wording { promise: "We answer promptly.".into(), ..sound("Calls") };
        let id = draft::create(&app, &mut tx, &author, area, "manager", &vague).await.unwrap();
        approve::waive(&app, &mut tx, &author, id, "x").await.unwrap();
        let refused = publish(&app, &mut tx, &author, id, app.clock.today()).await;
        assert!(matches!(refused, Err(PublishError::Wording(problems)) if problems[0].sentence.contains("promptly")));
        assert!(crate::standards::list_published(&mut tx).await.unwrap().is_empty());
    });
}
