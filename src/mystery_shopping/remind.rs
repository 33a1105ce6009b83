//! Reminding a shopper once, three days before the window of an open shop ends.

use chrono::TimeDelta;
use futures::future::BoxFuture;

use super::store::assignments;
use crate::app::App;
use crate::clock;
use crate::jobs::JobError;
use crate::mail::{self, Letter};
use crate::people;

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
            let letter = Letter {
                to: account.email,
                subject: format!("Your mystery shop ends on {}", clock::day(assignment.closes_on)),
                body: format!(
                    "You get this because you are a mystery shopper and a shop of yours is still open.\n\nHello {},\n\nThe shop “{}” can be done until {}.\n\nRead it, say no, or tell us how it went here:\n{}/shops/{}\n",
                    account.name,
                    assignment.title,
                    clock::day(assignment.closes_on),
                    app.config.base_url,
                    assignment.assignment_id
                ),
                attachment: None,
            };
            mail::post(&mut tx, now, &letter).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}
