//! Ending a promise, asked with its day and its reason before it happens; and going on with it.

use leptos::prelude::*;

use crate::clock;
use crate::standards::retire::{self, RetireError};
use crate::standards::store::retirements;
use crate::standards::{self, Published};
use crate::thread::id::StandardId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The most characters of the reason.
const LONGEST: usize = 500;

async fn find(req: &Req) -> Result<Published, PageError> {
    let id: StandardId = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    if retirements::find(&mut tx, id).await?.is_some() {
        return Err(PageError::Gone("This standard has an end already. Its own page says which.".into()));
    }
    standards::find_by_id(&mut tx, id).await?.ok_or(PageError::NotFound)
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    Ok(page(find(&req).await?, Form::default()).into())
}

fn page(one: Published, form: Form) -> Page {
    let refused = form.clone();
    Page::staff(format!("Stop promising: {}", one.title), move || {
        let id = one.id;
        view! {
            <a class="govuk-back-link" href=format!("/staff/standards/{id}")>"Back"</a>
            {ui::error_summary(&form)}
            <h1><span class="ds-heading__caption">{one.area_name.clone()}</span>" Stop promising: "{one.title.clone()}</h1>
            <p>{one.promise.clone()}</p>
            <p>"From the day you give, the promise is no longer on the list that residents see, and no figure is asked for. Its page stays, says that it ended and why, and shows how it went. Nothing that was measured is removed."</p>
            <form method="post" action=format!("/staff/standards/{id}/retire") novalidate>
                {ui::day(&form, "from", "First day on which it is no longer promised", "Today or later. For example, 27 3 2027")}
                {ui::textarea(&form, "why", "Why, for residents").limit(LONGEST).view()}
                {ui::danger_button("Stop promising it")}
            </form>
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let id: StandardId = req.id("id")?;
    let mut form = req.form();
    if form.value("step") == "keep" {
        return keep(&req, id).await;
    }
    let one = find(&req).await?;
    let from = form.day("from", "The first day");
    let why = form.required("why", "The reason", LONGEST, "Say why: residents read it");
    let Some(from) = from.filter(|_| form.is_valid()) else { return Ok(page(one, form).into()) };
    let mut tx = req.app.db.write().await?;
    match retire::retire(&req.app, &mut tx, req.account()?, id, from, &why).await {
        Ok(()) => {
            tx.commit().await?;
            let said = format!("It is no longer promised from {}.", clock::day(from));
            return Ok(Reply::redirect(format!("/staff/standards/{id}")).saying(said));
        }
        Err(RetireError::Internal(error)) => return Err(error.into()),
        Err(refusal) => form.error("from", words(&refusal)),
    }
    drop(tx);
    Ok(page(one, form).into())
}

fn words(refusal: &RetireError) -> String {
    match refusal {
        RetireError::Drafted => "There is a draft of the next version. Publish it or throw it away first".into(),
        RetireError::Past => "The first day must be today or later".into(),
        RetireError::TooFar => "The first day must be within two years".into(),
        RetireError::NotAfter(newest) => {
            format!("The first day must be after {}, when its newest version begins", clock::day(*newest))
        }
        RetireError::NotInForce | RetireError::Internal(_) => "It is not in force, or has an end already".into(),
    }
}

async fn keep(req: &Req, id: StandardId) -> Result<Reply, PageError> {
    let mut tx = req.app.db.write().await?;
    if !retire::keep(&req.app, &mut tx, req.account()?, id).await? {
        return Err(PageError::NotFound);
    }
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/standards/{id}")).saying("It stays promised."))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use crate::people::Role;
    use crate::standards::publish::take_effect_today;
    use crate::standards::store::tests::published;
    use crate::testing::{Browser, app};

    #[tokio::test]
    async fn a_promise_is_ended_with_a_reason_and_can_be_kept_after_all() {
        let app = app().await;
        let mut tx = app.db.write().await.unwrap();
        let id = published(&app, &mut tx, "Calls").await;
        tx.commit().await.unwrap();
        let (page, here) = (format!("/staff/standards/{id}"), format!("/staff/standards/{id}/retire"));
        let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
        manager.get(&page).await.expect(200).holds(&here);
        manager.get(&here).await.expect(200).holds("Why, for residents");
        let day = [("from-day", "20"), ("from-month", "11"), ("from-year", "2026")];
        let refused = manager.post(&here, &[day[0], day[1], day[2], ("why", " ")]).await.expect(422);
        refused.holds("Say why").holds("value=\"20\"");
        let past = [("from-day", "1"), day[1], day[2], ("why", "The law <b>asks</b> for more.")];
        manager.post(&here, &past).await.expect(422).holds("must be today or later").holds("for more.");
        manager.post(&here, &[day[0], day[1], day[2], past[3]]).await.expect(303);
        manager.get(&here).await.expect(410);
        let mut visitor = Browser::new(&app);
        let shown = visitor.get("/standards/calls").await.expect(200).holds("no longer make it from 20 November 2026");
        shown.holds("for more.").lacks("<b>asks").holds("Say how it went for you");
        visitor.get("/standards").await.expect(200).holds("/standards/calls");
        app.clock.advance(TimeDelta::days(4));
        take_effect_today(app.clone()).await.unwrap();
        visitor.get("/standards").await.expect(200).lacks("/standards/calls");
        let ended = visitor.get("/standards/calls").await.expect(200).holds("This promise has ended");
        ended.lacks("Say how it went for you");
        let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
        manager.get(&page).await.expect(200).holds("Go on promising it").holds("No longer promised");
        manager.get("/staff/standards?state=retired").await.expect(200).holds(&page);
        manager.post(&here, &[("step", "keep")]).await.expect(303);
        manager.post(&here, &[("step", "keep")]).await.expect(404);
        visitor.get("/standards").await.expect(200).holds("/standards/calls");
        let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
        auditor.get("/staff/audit").await.expect(200).holds("retired a standard").holds("went on promising a standard");
        auditor.get(&here).await.expect(403);
    }
}
