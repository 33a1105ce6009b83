//! One series: its plan of months with what was drawn and how many answered, and stopping them.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::clock;
use crate::permissions;
use crate::residents::{self, Way};
use crate::surveys::pages::bars;
use crate::surveys::rolling::plan::{Month, Series, Size, State};
use crate::surveys::rolling::{set_up, stop, store};
use crate::surveys::sample::outcome::Summary;
use crate::surveys::sample::store::{homes, samples};
use crate::surveys::store as surveys;
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The path whose row says who may stop months.
const PATH: &str = "/staff/surveys/monthly/{id}";
/// The part of the page with the months, where an error about them leads.
const MONTHS: &str = "months";

/// A month with how far its homes are.
struct Shown {
    month: Month,
    /// The least response rate in tenths of a per cent; none where too few homes were drawn to say.
    rate: Option<i64>,
    /// How many texts and letters wait for somebody to send them.
    to_send: i64,
}

async fn found(req: &Req) -> Result<(Series, Vec<Month>), PageError> {
    let id: i64 = req.id("id")?;
    let mut tx = req.app.db.read().await?;
    let series = store::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let months = store::list_months(&mut tx, id).await?;
    Ok((series, months))
}

/// `/staff/surveys/monthly/{id}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (series, months) = found(&req).await?;
    show(&req, series, months, Form::default()).await
}

async fn shown(req: &Req, month: Month) -> Result<Shown, PageError> {
    let mut tx = req.app.db.read().await?;
    let mut shown = Shown { rate: None, to_send: 0, month };
    let Some(survey) = shown.month.survey else { return Ok(shown) };
    let mut summary = Summary::default();
    for (is_spent, wants_no_more, outcome, many) in homes::standings(&mut tx, survey).await? {
        summary.add(is_spent, wants_no_more, &outcome, many);
    }
    shown.rate = summary.response_rate().filter(|_| shown.month.drawn.unwrap_or(0) >= req.landlord.staff_base);
    if let Some(sample) = samples::find(&mut tx, survey).await?.filter(|_| shown.month.is_open(req.now())) {
        // Only what has not been written at all, or waits for its turn, is due.
        let waits = homes::count_never_written(&mut tx, survey, [Way::Text, Way::Post]).await?;
        shown.to_send = if sample.begun_at.is_some() { waits } else { 0 };
    }
    Ok(shown)
}

async fn show(req: &Req, series: Series, months: Vec<Month>, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let pattern = surveys::find(&mut tx, series.pattern).await?.map(|asked| asked.survey.title);
    let list = residents::list_current(&mut tx).await?;
    let may_be_asked = list.iter().filter(|home| home.may_be_contacted() && series.ways.to(home).is_some()).count();
    drop(tx);
    let all = i64::try_from(months.len()).unwrap_or(0);
    let is_ahead = months.iter().any(|month| month.state == State::Planned);
    let lasts = set_up::lasts(&series, i64::try_from(may_be_asked).unwrap_or(0), all).filter(|_| is_ahead);
    let mut rows = Vec::new();
    for month in months {
        rows.push(shown(req, month).await?);
    }
    let may_change = permissions::may_post(req.viewer.role(), PATH);
    let may_see_sample = permissions::may_read(req.viewer.role(), "/staff/surveys/{id}/sample");
    let now = req.now();
    let refused = form.clone();
    let page = Page::staff(series.title.clone(), move || {
        let at = format!("/staff/surveys/monthly/{}", series.id);
        let by_events = matches!(series.size, Size::Events(_));
        let lines = rows.iter().map(|row| line(row, now, (may_change, may_see_sample), by_events)).collect_view();
        let stop_all = (may_change && is_ahead).then(stop_all);
        view! {
            <a class="govuk-back-link" href="/staff/surveys/monthly">"Monthly surveys"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{series.title.clone()}</h1></div>
            {facts(&series, pattern.as_deref())}
            <div class="ds-toolbar">{ui::link_button("See the results", format!("{at}/results"))}</div>
            {lasts.map(|words| view! { <div class="govuk-inset-text">{format!("{words}. Ask fewer homes a month, or bring a longer list.")}</div> })}
            <section class="ds-section" id=MONTHS tabindex="-1">
                <h2>"Months"</h2>
                <div class="ds-scroll" role="region" aria-label="Months" tabindex="0">
                    <table class="ds-table">
                        <caption class="govuk-visually-hidden">"Months"</caption>
                        <thead><tr>
                            <th scope="col">"Month"</th><th scope="col">"State"</th><th scope="col">"Opens"</th><th scope="col">"Closes"</th>
                            <th scope="col" class="ds-table__number">"Drawn"</th><th scope="col" class="ds-table__number">"Response rate"</th>
                            <th scope="col"><span class="govuk-visually-hidden">"Actions"</span></th>
                        </tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
                {stop_all}
            </section>
        }
    });
    Ok(page.with_form(&refused).into())
}

fn facts(series: &Series, pattern: Option<&str>) -> AnyView {
    let size = match series.size {
        Size::Homes(homes) => ui::counted(usize::try_from(homes).unwrap_or(0), "home", "homes"),
        Size::Share(tenths) => format!("{}% of the list", bars::decimal(u32::try_from(tenths).unwrap_or(0))),
        Size::Events(0) => "The homes of the lists of events".to_owned(),
        Size::Events(days) => {
            let days = ui::counted(usize::try_from(days).unwrap_or(0), "day", "days");
            format!("The homes of the lists of events, {days} after each")
        }
    };
    let is_drawn = !matches!(series.size, Size::Events(_));
    let ways: Vec<&str> = series.ways.each().map(Way::label).collect();
    let reminders = match series.most_reminders {
        0 => "None".to_owned(),
        most => format!("At most {most}, {} days apart", series.remind_after),
    };
    let questions = format!("/staff/surveys/{}", series.pattern);
    let pattern = pattern.unwrap_or_default().to_owned();
    ui::facts(vec![
        ("Questions of", view! { <a href=questions>{pattern}</a> }.into_any()),
        ("Each month", if is_drawn { format!("{size}. {}", series.strata.label()) } else { size }.into_any()),
        ("Asked by", ways.join(", ").into_any()),
        ("Reminders by e-mail", reminders.into_any()),
        ("Left out", format!("Homes drawn for any survey in the last {} months", series.months_apart).into_any()),
        (
            "Seed",
            if is_drawn {
                format!("{}, a space, and the year and month: “{} 2027-03” for March 2027", series.seed, series.seed)
            } else {
                "None: no home is drawn".to_owned()
            }
            .into_any(),
        ),
    ])
}

fn tag(month: &Month, now: DateTime<Utc>) -> AnyView {
    let (class, words) = match month.state {
        State::Planned => ("govuk-tag govuk-tag--grey", "Planned"),
        State::Opened if month.is_open(now) => ("govuk-tag govuk-tag--green", "Open"),
        State::Opened => ("govuk-tag", "Closed"),
        State::Failed => ("govuk-tag govuk-tag--red", "Could not draw"),
        State::Missed => ("govuk-tag govuk-tag--red", "Missed"),
        State::Stopped => ("govuk-tag govuk-tag--yellow", "Stopped"),
    };
    view! { <strong class=class>{words}</strong> }.into_any()
}

fn line(row: &Shown, now: DateTime<Utc>, (may_change, may_see_sample): (bool, bool), by_events: bool) -> AnyView {
    let month = &row.month;
    let drawn = month.drawn.map_or_else(|| "–".to_owned(), |drawn| grouped(&drawn));
    let short = month.drawn.zip(month.wanted).filter(|(drawn, wanted)| drawn < wanted).map(|(_, wanted)| {
        let words = format!("{wanted} were wanted. No more homes could be asked: the others were asked for a survey lately, may not be contacted or cannot be reached.");
        view! { <p class="ds-meta">{words}</p> }
    });
    let why = (!month.why.is_empty()).then(|| view! { <p class="ds-meta">{format!("{}.", month.why)}</p> });
    let rate = match (month.survey, row.rate) {
        (Some(_), Some(tenths)) => format!("{}%", bars::decimal(u32::try_from(tenths).unwrap_or(0))),
        _ => "–".to_owned(),
    };
    let send = (row.to_send > 0 && may_see_sample).then(|| {
        let href = month.survey.map(|survey| format!("/staff/surveys/{survey}/sample"));
        let words = ui::counted(
            usize::try_from(row.to_send).unwrap_or(0),
            "text or letter waits to be sent",
            "texts and letters wait to be sent",
        );
        view! { <p class="ds-meta"><a href=href.unwrap_or_default()>{words}</a></p> }
    });
    let name = month.name();
    let survey = month.survey.map(|survey| {
        let hidden = format!(": {name}");
        let at = format!("/staff/surveys/{survey}");
        let events = (by_events && may_see_sample && month.is_open(now)).then(|| view! { <li><a href=format!("{at}/events")>"Send events"<span class="govuk-visually-hidden">{hidden.clone()}</span></a></li> });
        let sample = may_see_sample.then(|| view! { <li><a href=format!("{at}/sample")>"Sample"<span class="govuk-visually-hidden">{hidden.clone()}</span></a></li> });
        view! { <li><a href=at.clone()>"Survey"<span class="govuk-visually-hidden">{hidden.clone()}</span></a></li>{sample}{events} }
    });
    let step = |value: &'static str, label: &'static str| {
        let hidden = format!(": {name}");
        let number = month.number.to_string();
        view! {
            <li><form method="post">
                {ui::carried("month", number)}
                <button class="ds-link-button" name=ui::STEP value=value>{label}<span class="govuk-visually-hidden">{hidden}</span></button>
            </form></li>
        }
        .into_any()
    };
    let change = match month.state {
        _ if !may_change => None,
        State::Planned => Some(step("stop", "Stop this month")),
        State::Opened if month.is_open(now) => Some(step("stop", "Close it now")),
        State::Stopped | State::Failed if now < month.closes_at => Some(step("plan", "Plan it again")),
        _ => None,
    };
    view! {
        <tr>
            <th scope="row">{month.name()}</th>
            <td>{tag(month, now)}{why}{short}{send}</td>
            <td>{clock::day_and_time(month.opens_at)}</td>
            <td>{clock::day_and_time(month.closes_at)}</td>
            <td class="ds-table__number">{drawn}</td>
            <td class="ds-table__number">{rate}</td>
            <td><ul class="ds-actions">{survey}{change}</ul></td>
        </tr>
    }
    .into_any()
}

fn stop_all() -> AnyView {
    view! {
        <details class="govuk-details">
            <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Stop every month that has not opened"</span></summary>
            <div class="govuk-details__text">
                <p>"They will not open by themselves. A month that is open goes on. Each can be planned again until it would be over."</p>
                <form method="post">
                    <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value="stop-all">"Stop them"</button>
                </form>
            </div>
        </details>
    }
    .into_any()
}

/// Stops a month or all of them, or plans one again.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (series, months) = found(&req).await?;
    let mut form = req.form();
    let (at, object) = (format!("/staff/surveys/monthly/{}", series.id), format!("rolling/{}", series.id));
    let mut tx = req.app.db.write().await?;
    let number = form.value("month").parse::<i64>().ok();
    let month = number.and_then(|number| months.iter().find(|month| month.number == number));
    let done = match (form.value("step"), month) {
        ("stop-all", _) => {
            let stopped = stop::stop_all(&mut tx, series.id).await?;
            let words = ui::counted(usize::try_from(stopped).unwrap_or(0), "month", "months");
            Ok(("stopped a monthly survey", words, "The months that had not opened are stopped"))
        }
        ("stop", Some(month)) => stop::stop(&mut tx, month, req.now())
            .await
            .map(|()| ("stopped a month of a monthly survey", month.name(), "The month is stopped")),
        ("plan", Some(month)) => stop::plan_again(&mut tx, month, req.now())
            .await
            .map(|()| ("planned a month of a monthly survey again", month.name(), "The month is planned again")),
        _ => Err(stop::Refused::NotNow),
    };
    match done {
        Ok((action, detail, said)) => {
            req.audit(&mut tx, action, &object, &detail).await?;
            tx.commit().await?;
            Ok(Reply::redirect(at).saying(said))
        }
        Err(stop::Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            form.error(MONTHS, refused.in_words().unwrap_or_default());
            show(&req, series, months, form).await
        }
    }
}
