//! What shows on public pages changes with the clock too: a day turns, a survey opens or closes, a group begins. Cached pages are then drawn anew.

use futures::future::BoxFuture;

use crate::app::App;
use crate::focus_groups;
use crate::jobs::JobError;
use crate::surveys;

/// The sweep that notices the clock: it counts as a public change when what is open today differs from the last look.
pub fn notice(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let mut tx = app.db.read().await?;
        let mut shown = app.clock.today().to_string();
        for survey in surveys::open_now(&mut tx, app.clock.now()).await? {
            shown.push_str(&format!(" survey {}", survey.slug));
        }
        for group in focus_groups::open_now(&mut tx, app.clock.now()).await? {
            shown.push_str(&format!(" group {}", group.slug));
        }
        drop(tx);
        if app.clock_changed_pages(shown) {
            let mut tx = app.db.write().await?;
            tx.public_changed();
            tx.commit().await?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::testing::app;

    #[tokio::test]
    async fn a_new_day_is_a_public_change_and_the_same_day_is_none() {
        let app = app().await;
        notice(app.clone()).await.unwrap();
        let before = app.db.publication();
        notice(app.clone()).await.unwrap();
        assert_eq!(app.db.publication(), before);
        app.clock.advance(TimeDelta::days(1));
        notice(app.clone()).await.unwrap();
        assert!(app.db.publication() > before);
    }
}
