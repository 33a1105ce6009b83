//! Asking about what happened: how many days after, the list of events, and what became of them.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::exchange::{Fault, sheet};
use crate::permissions;
use crate::residents;
use crate::surveys::pages::staff_details;
use crate::surveys::sample::events;
use crate::surveys::sample::plan::{Standing, USUAL_MONTHS};
use crate::surveys::sample::store::events as stored;
use crate::surveys::sample::store::samples::{self, Sample};
use crate::surveys::survey::Asked;
use crate::thread::id::HouseholdId;
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The path whose row says who may send events.
const PATH: &str = "/staff/surveys/{id}/events";
/// How many faults are shown at once.
const SHOWN: usize = 50;

/// `/staff/surveys/{id}/events`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = Form::default();
    form.set("days", "3");
    form.set("months", &USUAL_MONTHS.to_string());
    show(&req, asked, form).await
}

async fn show(req: &Req, asked: Asked, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let sample = samples::find(&mut tx, asked.survey.id).await?;
    let counts = stored::count(&mut tx, asked.survey.id).await?;
    let may_send = permissions::may_post(req.viewer.role(), PATH);
    let refused = form.clone();
    let page = Page::staff("Events", move || {
        let survey = &asked.survey;
        let body = match sample.as_ref().map(|sample| (sample, sample.days)) {
            Some((sample, Some(days))) => {
                let words = match days {
                    0 => "Each home is asked on the day its event is sent.".to_owned(),
                    1 => "Each home is asked one day after its event.".to_owned(),
                    days => format!("Each home is asked {days} days after its event."),
                };
                let reminders = usize::try_from(sample.plan.most_reminders).unwrap_or(0);
                let reminded = (reminders > 0).then(|| {
                    let words = ui::counted(reminders, "reminder", "reminders");
                    format!(" Who is asked by e-mail and has not answered gets {words}, {} days apart.", events::REMIND_AFTER)
                });
                view! { <p>{words}{reminded}</p>{may_send.then(|| upload(&form))}{table(&counts)} }.into_any()
            }
            Some((_, None)) => view! {
                <div class="govuk-inset-text" id="days" tabindex="-1">"This survey asks homes that were drawn. To ask about events, make a copy of it."</div>
            }
            .into_any(),
            None if may_send => start(&form),
            None => view! { <div class="ds-empty"><p>"This survey asks about no events yet."</p></div> }.into_any(),
        };
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}/sample", survey.id)>"Sample"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{survey.title.clone()}</span>" Events"</h1><p class="ds-lead">"For a survey about something that happened at a home: a repair, a gas check, a letting. Send the list, and each home is asked a few days after."</p></div>
            {body}
        }
    });
    Ok(page.with_form(&refused).into())
}

fn start(form: &Form) -> AnyView {
    view! {
        <form method="post" enctype="multipart/form-data" novalidate>
            {ui::text(form, "days", "Ask this many days after the event").number().width(3).view()}
            {ui::text(form, "months", "Leave out homes asked for another survey in the last").number().width(3).suffix("months").view()}
            <button type="submit" class="govuk-button" name=ui::STEP value="begin">"Ask about events"</button>
        </form>
    }
    .into_any()
}

fn upload(form: &Form) -> AnyView {
    view! {
        <form method="post" enctype="multipart/form-data" novalidate>
            {ui::file(form, "file", "The list of events", "An Excel workbook (.xlsx) or a CSV file with two columns: the reference of the home and the date. The same list twice asks nobody twice.", ".xlsx,.csv")}
            <button type="submit" class="govuk-button" name=ui::STEP value="send">"Send the list"</button>
        </form>
    }
    .into_any()
}

/// What became of the events so far.
fn table(counts: &[(String, i64)]) -> Option<AnyView> {
    let named = |state: &str| match (state, state.parse::<Standing>()) {
        ("waiting", _) => "Waiting for their day",
        ("asked", _) => "Asked",
        ("closed", _) => "Not asked: the survey was not open",
        (_, Ok(Standing::AskedLately)) => "Not asked: asked for this or another survey lately",
        (_, Ok(standing)) => standing.label(),
        _ => "",
    };
    let rows = counts.iter().map(|(state, many)| {
        view! { <tr><th scope="row">{named(state)}</th><td class="ds-table__number">{grouped(many)}</td></tr> }
    });
    let rows = rows.collect_view();
    (!counts.is_empty()).then(|| {
        view! {
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Events so far">
                <table class="ds-table">
                    <caption>"Events so far"</caption>
                    <thead><tr><th scope="col">"What became of them"</th><th scope="col" class="ds-table__number">"Events"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    })
}

/// Begins, or keeps a list. A list with a row that cannot be taken is refused whole, so that nothing is left out unseen.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let id = asked.survey.id;
    let (at, object) = (format!("/staff/surveys/{id}/events"), format!("survey/{id}"));
    let mut tx = req.app.db.write().await?;
    let sample = samples::find(&mut tx, id).await?;
    let Some(Sample { days: Some(days), .. }) = sample else {
        let days = form.whole("days", 0..=90, "Enter a number of days from 0 to 90");
        let months = form.whole("months", 0..=36, "Enter a number of months from 0 to 36");
        if let Some((days, months)) = days.zip(months) {
            match events::begin(&mut tx, &asked.survey, days, &events::plan(months), req.now()).await {
                Ok(()) => {
                    req.audit(&mut tx, "began to ask about events", &object, &format!("{days} days after")).await?;
                    tx.commit().await?;
                    return Ok(Reply::redirect(at).saying("Send the first list of events now"));
                }
                Err(crate::surveys::sample::draw::Refused::Internal(error)) => return Err(error.into()),
                Err(refused) => form.error("days", refused.in_words().unwrap_or_default()),
            }
        }
        drop(tx);
        return show(&req, asked, form).await;
    };
    let homes: HashMap<String, HouseholdId> =
        residents::list_current(&mut tx).await?.into_iter().map(|home| (home.reference, home.id)).collect();
    let read = match req.upload("file") {
        Some(file) => sheet::check_name(&file.name, &file.bytes)
            .and_then(|()| events::read(&file.bytes, &homes, req.today()))
            .map_err(|error| error.words()),
        None => Err("Choose the list of events".to_owned()),
    };
    match read {
        Ok((found, faults)) if faults.is_empty() && !found.is_empty() => {
            let new = events::add(&mut tx, id, days, &found).await?;
            let said = format!("{new} new, {} known before", found.len() - new);
            req.audit(&mut tx, "sent a list of events", &object, &said).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(at).saying(format!("The list is kept: {said}")));
        }
        Ok((_, faults)) => say(&mut form, &faults),
        Err(words) => form.error("file", words),
    }
    drop(tx);
    show(&req, asked, form).await
}

fn say(form: &mut Form, faults: &[Fault]) {
    for fault in faults.iter().take(SHOWN) {
        form.error("file", fault.to_string());
    }
    if faults.is_empty() {
        form.error("file", "The list has no row below its headings");
    }
    if faults.len() > SHOWN {
        form.error("file", format!("and {} more rows. Nothing was kept", faults.len() - SHOWN));
    }
}
