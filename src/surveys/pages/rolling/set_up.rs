//! Setting up a survey that is asked month by month.

use leptos::prelude::*;

use crate::residents::Way;
use crate::surveys::rolling::plan::LONGEST;
use crate::surveys::rolling::set_up::{self, code, months_ahead};
use crate::surveys::rolling::store;
use crate::surveys::sample::plan::Strata;
use crate::surveys::store as surveys;
use crate::surveys::survey::{Access, Survey};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The surveys whose questions can be asked every month: those by personal link that are no month of a series themselves.
async fn patterns(req: &Req) -> Result<Vec<Survey>, PageError> {
    let mut tx = req.app.db.read().await?;
    let used = store::patterns(&mut tx).await?;
    let mut found = Vec::new();
    for (survey, _) in surveys::list(&mut tx).await?.into_iter().filter(|(one, _)| one.access == Access::Personal) {
        if used.contains(&survey.id) || store::find_of_survey(&mut tx, survey.id).await?.is_none() {
            found.push(survey);
        }
    }
    Ok(found)
}

/// `/staff/surveys/monthly/new`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let patterns = patterns(&req).await?;
    let form = set_up::empty(req.today());
    Ok(page(&req, patterns, form).into())
}

/// Keeps the series with its months.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let patterns = patterns(&req).await?;
    let mut form = req.form();
    let Some((series, calendar)) = set_up::read(&mut form, &patterns, &req.app.random, req.now()) else {
        return Ok(page(&req, patterns, form).into());
    };
    let mut tx = req.app.db.write().await?;
    let id = set_up::create(&mut tx, &series, &calendar, req.now()).await?;
    let detail = format!("{}: {} months from {}", series.title, calendar.months, code(calendar.first));
    req.audit(&mut tx, "set up a monthly survey", &format!("rolling/{id}"), &detail).await?;
    tx.commit().await?;
    let said = "The months are planned. Each opens by itself; until then it can be stopped";
    Ok(Reply::redirect(format!("/staff/surveys/monthly/{id}")).saying(said))
}

fn page(req: &Req, patterns: Vec<Survey>, form: Form) -> Page {
    let today = req.today();
    let refused = form.clone();
    Page::staff("Set up a monthly survey", move || {
        let body = if patterns.is_empty() {
            view! {
                <div class="ds-empty"><p>"Every month asks the questions of one survey by personal link, and there is none yet. "<a href="/staff/surveys/new">"Make that survey"</a>" first, with its questions and languages. It can stay a draft."</p></div>
            }
            .into_any()
        } else {
            fields(&patterns, &form, today)
        };
        view! {
            <a class="govuk-back-link" href="/staff/surveys/monthly">"Monthly surveys"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Set up a monthly survey"</h1><p class="ds-lead">"Each month is a survey of its own with its own sample. No home is asked twice within twelve months."</p></div>
            {body}
        }
    })
    .with_form(&refused)
}

fn fields(patterns: &[Survey], form: &Form, today: chrono::NaiveDate) -> AnyView {
    let choose = std::iter::once((String::new(), "Choose a survey".to_owned()));
    let surveys = patterns.iter().map(|survey| (survey.id.to_string(), survey.title.clone()));
    let first = months_ahead(today).into_iter().map(|month| (code(month), month.format("%B %Y").to_string()));
    let strata = Strata::ALL.map(|strata| (strata.code(), strata.label()));
    let ways = Way::ALL.map(|way| (way.code(), way.label()));
    view! {
        <form method="post" novalidate>
            <h2>"What is asked"</h2>
            {ui::select(form, "pattern", "The survey whose questions are asked", choose.chain(surveys))}
            {ui::text(form, "title", "Title").hint("What homes read, in every language with the month in figures after it.").view()}
            <h2>"When"</h2>
            {ui::select(form, "first", "First month", first)}
            {ui::text(form, "months", "For how many months").number().width(3).suffix("months").view()}
            {ui::text(form, "day", "Opens on this day of the month").hint("1 to 28, so that every month has it.").number().width(3).view()}
            {ui::text(form, "time", "At").width(5).view()}
            {ui::text(form, "days", "Open for").hint(format!("Up to {LONGEST} days. It closes a minute before midnight.")).number().width(3).suffix("days").view()}
            <h2>"Which homes"</h2>
            {ui::radios(form, "by", "Which homes are asked", [(set_up::BY_DRAW, "Homes that are drawn from the list"), (set_up::BY_EVENTS, "Homes at which something happened: you send lists of events, such as repairs")]).view()}
            {ui::text(form, "days_after", "After an event, ask so many days later").hint("Only for events.").number().width(3).suffix("days").view()}
            {ui::text(form, "wanted", "How many homes a month").hint("Where homes are drawn: enter this or the part below.").number().width(10).view()}
            {ui::text(form, "share", "Or which part of the list").hint("A twelfth is 8.3: then every home is asked about once a year.").number().width(5).suffix("%").view()}
            {ui::radios(form, "strata", "How homes are drawn", strata).view()}
            {ui::text(form, "months_apart", "Leave out homes drawn for any survey in the last").hint("Twelve months is the rule.").number().width(3).suffix("months").view()}
            {ui::text(form, "seed", "Seed").hint("You can leave this empty. With words or figures that everybody saw anybody can check that nobody chose the homes: each month is drawn by the seed, a space, and the year and month.").view()}
            <h2>"How they are asked"</h2>
            {ui::checkboxes(form, "ways", "Ways", ways).hint("Each home is asked by the way it prefers, if it is among these. E-mails go out by themselves; texts and letters are made for you to send, and calls are yours.").view()}
            {ui::text(form, "reminders", "The most reminders").number().width(3).view()}
            {ui::text(form, "remind_after", "Remind after").number().width(3).suffix("days").view()}
            {ui::text(form, "calls", "The most calls to a home").number().width(3).view()}
            {ui::button("Plan the months")}
        </form>
    }
    .into_any()
}
