//! Checking a return before it is sent.

use axum::http::StatusCode;
use leptos::prelude::*;

use super::return_form::{Open, elsewhere, load, page as form_page};
use super::shop::{score, yes_or_no};
use crate::clock;
use crate::mystery_shopping::assignment::Assignment;
use crate::mystery_shopping::draft;
use crate::mystery_shopping::file_return::{self, FileError, may_write};
use crate::mystery_shopping::shop_return::NewReturn;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let mut open = load(&mut tx, &req).await?;
    if !may_write(&open.assignment, req.today()) {
        return Ok(elsewhere(&open));
    }
    let read = draft::read(&mut open.form, &open.scenario.items, &open.photos, req.now());
    // Nothing was sent, so that the status is that of a page; the form says what is missing as if it had been.
    let Some(new) = read else { return Ok(form_page(open).with_status(StatusCode::OK).into()) };
    Ok(page(open, new, req.app.random.token()).into())
}

fn page(open: Open, new: NewReturn, key: String) -> Page {
    Page::new("Check your return", move || {
        let base = format!("/shops/{}", open.assignment.assignment_id);
        let items = open.scenario.items.iter().zip(&new.items).map(|(item, given)| {
            let (field, words) = (draft::outcome_field(item), score(given.outcome, given.value, &item.measure));
            row(&base, &field, item.wording.clone(), &words)
        });
        // The words stand in a paragraph of their own, and there are none after "No".
        let felt_unsafe = format!("{}\n\n{}", yes_or_no(new.felt_unsafe), new.unsafe_words);
        let photos = (!open.photos.is_empty()).then(|| {
            view! {
                {super::photo::gallery(&base, &open.photos)}
                <p><a class="govuk-link" href=format!("{base}/return#photos")>"Change the photos"</a></p>
            }
        });
        let outside = open.assignment.is_outside(new.shopped_on).then(|| outside(&base, &open.assignment, &new));
        view! {
            <a class="govuk-back-link" href=format!("{base}/return")>"Back to the form"</a>
            <h1>"Check your return"</h1>
            {outside}
            <dl class="govuk-summary-list">
                {row(&base, "began", "You began".into(), &clock::day_and_time(new.began_at))}
                {row(&base, "ended", "You finished".into(), &clock::day_and_time(new.ended_at))}
                {items.collect_view()}
                {row(&base, "recognised", "Somebody recognised you".into(), yes_or_no(new.recognised))}
                {row(&base, "unsafe", "Something felt unsafe".into(), &felt_unsafe)}
            </dl>
            <h2>"What happened"</h2>
            {ui::paragraphs(&new.facts)}
            <p><a class="govuk-link" href=format!("{base}/return#facts")>"Change what happened"</a></p>
            {photos}
            <h2>"Send it"</h2>
            <p>"You said that this is true and that you did the shop yourself. You cannot change it after sending. We may ask you about it."</p>
            <form method="post" action=format!("{base}/check")>
                {ui::carried("key", key)}
                {ui::button("Send my return")}
            </form>
        }
    })
}

/// That the day is none of those of the shop. It can be sent all the same: the shopper may have agreed it with us.
fn outside(base: &str, assignment: &Assignment, new: &NewReturn) -> AnyView {
    let words = format!(
        "The day you gave, {}, is outside {}, the days for this shop. ",
        clock::day(new.shopped_on),
        assignment.window()
    );
    view! {
        <div class="govuk-inset-text">
            <p>{words}<a class="govuk-link" href=format!("{base}/return#on")>"Change it"</a>" if it is a mistake. You can send your return as it is."</p>
        </div>
    }
    .into_any()
}

fn row(base: &str, field: &str, what: String, value: &str) -> AnyView {
    view! {
        <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">{what.clone()}</dt>
            <dd class="govuk-summary-list__value">{ui::paragraphs(value)}</dd>
            <dd class="govuk-summary-list__actions"><a class="govuk-link" href=format!("{base}/return#{field}")>"Change"<span class="govuk-visually-hidden">": "{what}</span></a></dd>
        </div>
    }
    .into_any()
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let sent = req.form();
    let mut tx = req.app.db.write().await?;
    let mut open = load(&mut tx, &req).await?;
    if !may_write(&open.assignment, req.today()) {
        return Ok(elsewhere(&open));
    }
    let id = open.assignment.assignment_id;
    let Some(new) = draft::read(&mut open.form, &open.scenario.items, &open.photos, req.now()) else {
        return Ok(form_page(open).into());
    };
    let key = match sent.value("key") {
        "" => req.app.random.token(),
        key => key.chars().take(64).collect(),
    };
    match file_return::file(&mut tx, req.now(), &open.assignment, &new, &key, &req.app.random.reference()).await {
        Ok(return_id) => {
            req.audit(&mut tx, "sent a return", &format!("return {return_id}"), "").await?;
            tx.commit().await?;
            Ok(Reply::redirect(format!("/shops/{id}/receipt")))
        }
        Err(FileError::Already(_)) => Ok(Reply::redirect(format!("/shops/{id}/receipt"))),
        Err(FileError::NotOpen) => Ok(elsewhere(&open)),
        Err(FileError::Internal(error)) => Err(error.into()),
    }
}
