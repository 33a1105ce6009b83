//! Results become public by the work of two people: one freezes them, another approves what was frozen. A correction goes
//! the same way, with its reason, and what it corrects stays listed.

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::app::App;
use crate::db::{self, Tx};
use crate::jobs::JobError;
use crate::people::Account;
use crate::questionnaires::store as responses;
use crate::settings::{self, Landlord};
use crate::surveys::publish::{self, Refused};
use crate::surveys::results;
use crate::surveys::snapshot::{self, Snapshot};
use crate::surveys::store;
use crate::surveys::store::snapshots;
use crate::surveys::survey::Asked;

/// What is noted of prepared results that were prepared once more before anybody looked at them.
const PREPARED_ANEW: &str = "They were prepared anew.";

/// Freezes the results of a survey for another person to approve. Once results are public it is a correction of them,
/// which needs a `reason`. Whatever waited before is replaced.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn prepare(
    tx: &mut Tx,
    asked: &Asked,
    landlord: &Landlord,
    by: &Account,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    publish::check_results(tx, asked, now).await?;
    let public = snapshots::find_public(tx, asked.survey.id, None).await?;
    let number = public.map_or(1, |public| public.number + 1);
    if number > 1 && reason.is_empty() {
        return Err(Refused::NoReason);
    }
    if let Some(waiting) = snapshots::find_waiting(tx, asked.survey.id).await? {
        snapshots::send_back(tx, waiting.id, PREPARED_ANEW, now).await?;
    }
    // What is frozen is frozen for ever: not without the questions that nobody can count just now.
    if results::gather(tx, asked).await?.is_shut(asked) {
        return Err(Refused::Shut);
    }
    let (content, answers) = snapshot::take(tx, asked, landlord).await?;
    let snapshot = Snapshot {
        id: 0,
        number,
        reason: if number > 1 { reason.to_owned() } else { String::new() },
        answers,
        content,
        prepared_by: Some(by.id),
        prepared_at: now,
        approved_by: None,
        approved_at: None,
    };
    snapshots::insert(tx, asked.survey.id, &snapshot).await?;
    Ok(())
}

/// Makes the results that wait public: from now on no answer is added to the survey.
///
/// # Errors
/// See [`Refused`]; the transaction must then be dropped.
pub async fn approve(tx: &mut Tx, asked: &Asked, by: &Account, now: DateTime<Utc>) -> Result<Snapshot, Refused> {
    publish::check_results(tx, asked, now).await?;
    let waiting = snapshots::find_waiting(tx, asked.survey.id).await?.ok_or(Refused::NothingWaits)?;
    if waiting.prepared_by == Some(by.id) {
        return Err(Refused::OwnWork);
    }
    if responses::count_responses(tx, asked.version.id).await? != waiting.answers {
        return Err(Refused::AnswersCame);
    }
    if !snapshots::approve(tx, waiting.id, by.id, now).await? {
        return Err(Refused::NothingWaits);
    }
    // False for a correction: the results were public before.
    store::publish_results(tx, asked.survey.id, now).await?;
    tx.public_changed();
    Ok(waiting)
}

/// Gives the results that wait back to whoever prepared them, with what is wrong.
///
/// # Errors
/// See [`Refused`].
pub async fn send_back(tx: &mut Tx, asked: &Asked, reason: &str, now: DateTime<Utc>) -> Result<(), Refused> {
    let waiting = snapshots::find_waiting(tx, asked.survey.id).await?.ok_or(Refused::NothingWaits)?;
    if snapshots::send_back(tx, waiting.id, reason, now).await? { Ok(()) } else { Err(Refused::NothingWaits) }
}

/// Freezes results that were published before results were frozen, as they can be read now.
pub fn freeze_published(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let unfrozen = snapshots::list_unfrozen(&mut app.db.read().await?).await?;
        for id in unfrozen {
            let mut tx = app.db.write().await?;
            let landlord = settings::store::find(&mut tx).await?;
            let Some(asked) = store::find(&mut tx, id).await? else { continue };
            if results::gather(&mut tx, &asked).await?.is_shut(&asked) {
                continue;
            }
            let (content, answers) = snapshot::take(&mut tx, &asked, &landlord).await?;
            let snapshot = Snapshot {
                id: 0,
                number: 1,
                reason: String::new(),
                answers,
                content,
                prepared_by: None,
                prepared_at: app.clock.now(),
                approved_by: None,
                approved_at: asked.survey.results_published_at,
            };
            match snapshots::insert(&mut tx, id, &snapshot).await {
                Ok(_) => {
                    tx.public_changed();
                    tx.commit().await?;
                }
                // Another node was quicker.
                Err(db::Error::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    })
}
