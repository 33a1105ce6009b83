//! Reminding a shopper once, three days before the window of an open shop ends.

use chrono::TimeDelta;
use futures::future::BoxFuture;

use super::letter::ShopLetter;
use super::store::assignments;
use crate::app::App;
use crate::clock;
use crate::jobs::JobError;
use crate::{people, settings};

/// How many days before the end of the window the letter goes out.
const DAYS_BEFORE: i64 = 3;

/// Sends each reminder that is due, once.
pub fn remind_due(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move { remind(&app).await.map_err(JobError::from) })
}

async fn remind(app: &App) -> Result<(), crate::db::Error> {
    let (now, today) = (app.clock.now(), app.clock.today());
    let mut tx = app.db.read().await?;
    let due = assignments::list_to_remind(&mut tx, today, today + TimeDelta::days(DAYS_BEFORE)).await?;
    drop(tx);
    for assignment in due {
        let mut tx = app.db.write().await?;
        let Some(account) = people::store::find(&mut tx, assignment.account_id).await? else { continue };
        if account.deactivated_at.is_none()
            && assignments::mark_reminded(&mut tx, assignment.assignment_id, now).await?
        {
            let landlord = settings::store::find(&mut tx).await?;
            let until = clock::day(assignment.closes_on);
            let letter = ShopLetter {
                to: &account,
                subject: format!("Your mystery shop ends on {until}"),
                why: "You get this because you are a mystery shopper and a shop of yours is still open.".into(),
                says: format!("The shop “{}” can be done until {until}.", assignment.title),
                ask: "Read it, say no, or tell us how it went here:",
                shop: assignment.assignment_id,
            };
            letter.post(&mut tx, now, &app.config.base_url, &landlord).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}
