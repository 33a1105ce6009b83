//! Ringing the homes of a sample: each is held by one caller for half an hour, so that two never ring the same.

use chrono::{DateTime, TimeDelta, Utc};

use crate::db::{self, Tx};
use crate::residents;
use crate::surveys::sample::outcome::Outcome;
use crate::surveys::sample::store::samples::Sample;
use crate::surveys::sample::store::{calls, homes, samples};
use crate::surveys::survey::{State, Survey};
use crate::thread::id::AccountId;

/// How long a home is held for whoever rings it.
pub const HELD_FOR: TimeDelta = TimeDelta::minutes(30);

/// How many homes are looked at for one that may be rung.
const MOST_TURNS: usize = 1_000;

/// Why there is no home to ring.
#[derive(Debug)]
pub enum NoneToRing {
    /// The survey is not open.
    NotOpen,
    /// Nobody is to be rung now.
    Nobody,
    /// The database refused.
    Internal(db::Error),
}

impl From<db::Error> for NoneToRing {
    fn from(error: db::Error) -> Self {
        Self::Internal(error)
    }
}

/// The home that somebody rings next: the one they hold already, or the next of the queue, which is theirs from now on.
///
/// # Errors
/// See [`NoneToRing`]; homes that may not be rung any more leave the queue all the same.
pub async fn next(
    tx: &mut Tx,
    survey: &Survey,
    sample: &Sample,
    by: AccountId,
    now: DateTime<Utc>,
) -> Result<i64, NoneToRing> {
    if survey.state(now) != State::Open {
        return Err(NoneToRing::NotOpen);
    }
    if let Some(held) = calls::find_held(tx, survey.id, by, now).await? {
        return Ok(held);
    }
    let most = sample.plan.most_calls;
    // Each turn but the last takes a home out of the queue, or finds that somebody else took one.
    for _ in 0..MOST_TURNS {
        let Some(id) = calls::claim(tx, survey.id, most, by, (now, now + HELD_FOR)).await? else {
            // Somebody else may have taken the very home that was looked at: then there are others.
            if calls::count(tx, survey.id, most, now).await?.0 == 0 {
                return Err(NoneToRing::Nobody);
            }
            continue;
        };
        let home = homes::find(tx, survey.id, id).await?;
        let household = match &home {
            Some(home) => residents::find(tx, home.household).await?,
            None => None,
        };
        let is_gone = household.as_ref().is_none_or(|household| household.ended_on.is_some());
        if household.is_some_and(|household| household.may_be_contacted() && household.number().is_some()) {
            samples::begin(tx, survey.id, now).await?;
            return Ok(id);
        }
        calls::drop_out(tx, id, is_gone).await?;
    }
    Err(NoneToRing::Nobody)
}

/// Notes what came of a call and lets go of the home. False when the caller holds it no more.
///
/// # Errors
/// When the database refuses.
pub async fn note(
    tx: &mut Tx,
    home: i64,
    by: AccountId,
    outcome: Outcome,
    named: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<bool, db::Error> {
    let again = named.or_else(|| outcome.again_after().map(|wait| now + wait));
    calls::note(tx, home, by, outcome, (now, again)).await
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::db_test;
    use crate::people::Role;
    use crate::surveys::sample::testing::{drawn, staff};
    use crate::testing::app_on;

    async fn ring(app: &crate::app::App, survey: &Survey, by: AccountId) -> Result<i64, NoneToRing> {
        let mut tx = app.db.write().await.unwrap();
        let sample = samples::find(&mut tx, survey.id).await.unwrap().unwrap();
        let next = next(&mut tx, survey, &sample, by, app.clock.now()).await;
        tx.commit().await.unwrap();
        next
    }

    async fn say(app: &crate::app::App, home: i64, by: AccountId, outcome: Outcome, at: Option<DateTime<Utc>>) -> bool {
        let mut tx = app.db.write().await.unwrap();
        let noted = note(&mut tx, home, by, outcome, at, app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        noted
    }

    db_test!(callers_at_the_same_moment_ring_different_homes, db => {
        let app = app_on(db);
        let asked = drawn(&app, 12).await;
        let mut callers = Vec::new();
        for _ in 0..10 {
            callers.push(staff(&app, Role::Officer).await);
        }
        let taken = futures::future::join_all(callers.iter().map(|by| ring(&app, &asked.survey, *by))).await;
        let taken: HashSet<i64> = taken.into_iter().map(Result::unwrap).collect();
        assert_eq!(taken.len(), 10);
        // Whoever asks again gets the home they hold.
        let again = ring(&app, &asked.survey, callers[0]).await.unwrap();
        assert!(taken.contains(&again));
        // After half an hour it is free for others.
        app.clock.advance(HELD_FOR + TimeDelta::seconds(1));
        let other = staff(&app, Role::Officer).await;
        let mut seen = HashSet::new();
        for _ in 0..12 {
            let home = ring(&app, &asked.survey, other).await.unwrap();
            assert!(say(&app, home, other, Outcome::NoAnswer, None).await);
            seen.insert(home);
        }
        assert_eq!(seen.len(), 12);
        assert!(matches!(ring(&app, &asked.survey, other).await, Err(NoneToRing::Nobody)));
        assert!(!say(&app, again, callers[0], Outcome::NoAnswer, None).await, "they hold it no more");
    });

    db_test!(who_asked_to_be_rung_again_is_rung_at_their_time_first_and_attempts_end, db => {
        let app = app_on(db);
        let asked = drawn(&app, 3).await;
        let by = staff(&app, Role::Officer).await;
        let now = app.clock.now();
        let first = ring(&app, &asked.survey, by).await.unwrap();
        say(&app, first, by, Outcome::CallBack, Some(now + TimeDelta::hours(2))).await;
        let second = ring(&app, &asked.survey, by).await.unwrap();
        say(&app, second, by, Outcome::CallBack, Some(now + TimeDelta::hours(1))).await;
        let third = ring(&app, &asked.survey, by).await.unwrap();
        assert_eq!(HashSet::from([first, second, third]).len(), 3);
        say(&app, third, by, Outcome::Refused, None).await;
        assert!(matches!(ring(&app, &asked.survey, by).await, Err(NoneToRing::Nobody)));
        app.clock.advance(TimeDelta::hours(3));
        assert_eq!(ring(&app, &asked.survey, by).await.unwrap(), second);
        say(&app, second, by, Outcome::WrongNumber, None).await;
        // Six calls in all, then no more.
        for _ in 0..5 {
            assert_eq!(ring(&app, &asked.survey, by).await.unwrap(), first);
            say(&app, first, by, Outcome::Engaged, None).await;
            app.clock.advance(TimeDelta::minutes(31));
        }
        assert!(matches!(ring(&app, &asked.survey, by).await, Err(NoneToRing::Nobody)));
        let mut tx = app.db.read().await.unwrap();
        let calls = calls::list(&mut tx, first).await.unwrap();
        assert_eq!(calls.iter().map(|call| call.0.as_str()).collect::<Vec<_>>(), ["call_back", "engaged", "engaged", "engaged", "engaged", "engaged"]);
        let home = homes::find(&mut tx, asked.survey.id, third).await.unwrap().unwrap();
        assert!(home.wants_no_more && !home.is_spent);
    });

    db_test!(a_home_that_may_not_be_contacted_any_more_leaves_the_queue, db => {
        let app = app_on(db);
        let asked = drawn(&app, 1).await;
        let by = staff(&app, Role::Officer).await;
        let mut tx = app.db.write().await.unwrap();
        let household = crate::residents::store::households::list(&mut tx).await.unwrap().remove(0);
        crate::residents::store::households::set_no_contact(&mut tx, household.id, "Asked in May").await.unwrap();
        tx.commit().await.unwrap();
        assert!(matches!(ring(&app, &asked.survey, by).await, Err(NoneToRing::Nobody)));
    });
}
