//! Forgetting how homes were asked, once their survey is long over: links, letters and calls. That a home was drawn stays,
//! so that it is not asked again too soon.

use chrono::TimeDelta;
use futures::future::BoxFuture;

use crate::app::App;
use crate::db::guard;
use crate::jobs::JobError;
use crate::mail;
use crate::surveys::sample::store::keys;

/// How long after its closing a survey still knows how its homes were asked.
pub const KEPT_FOR: TimeDelta = TimeDelta::days(90);

/// Forgets the links, letters and calls of surveys that closed long enough ago.
pub fn forget_old(app: App) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let before = app.clock.now() - KEPT_FOR;
        let mut tx = app.db.read().await?;
        if keys::count_closed_before(&mut tx, before).await? == 0 {
            return Ok(());
        }
        drop(tx);
        let mut tx = app.db.write().await?;
        for letter in keys::take_closed_before(&mut tx, before).await? {
            mail::store::erase(&mut tx, letter).await?;
        }
        tx.commit().await?;
        guard::flush_erasure(&app.db).await?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db_test;
    use crate::people::Role;
    use crate::residents::Way;
    use crate::surveys::sample::call;
    use crate::surveys::sample::mailing;
    use crate::surveys::sample::outcome::Outcome;
    use crate::surveys::sample::store::{calls, homes, samples};
    use crate::surveys::sample::testing::{drawn_by, staff};
    use crate::testing::{app_on, run_jobs};

    db_test!(three_months_after_a_survey_nothing_says_how_its_homes_were_asked, db => {
        let app = app_on(db);
        let asked = drawn_by(&app, 2, Some(Way::Email)).await;
        let by = staff(&app, Role::Officer).await;
        let mut tx = app.db.write().await.unwrap();
        mailing::order(&mut tx, &asked.survey, 0, app.clock.now()).await.unwrap();
        let sample = samples::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
        let home = call::next(&mut tx, &asked.survey, &sample, by, app.clock.now()).await.unwrap();
        assert!(call::note(&mut tx, home, by, Outcome::NoAnswer, None, app.clock.now()).await.unwrap());
        tx.commit().await.unwrap();
        run_jobs(&app).await;
        app.clock.advance(asked.survey.closes_at + KEPT_FOR - app.clock.now());
        forget_old(app.clone()).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        assert_eq!(mail::store::list(&mut tx, 9).await.unwrap().len(), 2);
        assert_eq!(calls::list(&mut tx, home).await.unwrap().len(), 1);
        drop(tx);
        app.clock.advance(TimeDelta::seconds(1));
        forget_old(app.clone()).await.unwrap();
        forget_old(app.clone()).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        assert!(mail::store::list(&mut tx, 9).await.unwrap().is_empty());
        assert!(calls::list(&mut tx, home).await.unwrap().is_empty());
        assert_eq!(homes::progress(&mut tx, asked.survey.id).await.unwrap()[0].drawn, 2, "that they were drawn stays");
    });
}
