//! Typing a month's figures, all standards on one page.

use leptos::prelude::*;

use crate::performance::enter::enter;
use crate::performance::figure::{self, NewFigure};
use crate::performance::period::Month;
use crate::performance::since::{first_days, too_early};
use crate::performance::store::figures as stored;
use crate::standards::{self, Published, Source};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How many months back figures can be chosen for.
const MONTHS_OFFERED: u32 = 18;

fn first_field(standard: &Published) -> String {
    format!("kept-{}", standard.id)
}

fn cases_field(standard: &Published) -> String {
    format!("of-{}", standard.id)
}

fn offered(req: &Req, asked: &str) -> Result<Month, PageError> {
    let now = Month::of(req.today());
    if asked.is_empty() {
        return Ok(now.earlier(1));
    }
    let month: Month = asked.parse().map_err(|_| PageError::BadRequest("month must be like 2026-10".into()))?;
    if month > now { Err(PageError::BadRequest("That month has not come yet".into())) } else { Ok(month) }
}

/// The standards that are measured by figures, each with why it can have none for the month, if so.
async fn with_figures(req: &Req, month: Month) -> Result<Vec<(Published, Option<String>)>, PageError> {
    let mut tx = req.app.db.read().await?;
    let first_days = first_days(&mut tx).await?;
    let all = standards::list_published(&mut tx).await?;
    let counted = all.into_iter().filter(|standard| standard.counts(Source::Figure));
    let with_reason = counted.map(|standard| {
        let early = too_early(&standard, month, &first_days);
        (standard, early)
    });
    Ok(with_reason.collect())
}

pub(super) async fn get(req: Req) -> Result<Reply, PageError> {
    let month = offered(&req, req.query("month").unwrap_or_default())?;
    let standards = with_figures(&req, month).await?;
    let mut tx = req.app.db.read().await?;
    let mut form = Form::default();
    for stands in stored::list_of_month(&mut tx, month).await? {
        if let Some((standard, _)) = standards.iter().find(|(standard, _)| standard.id == stands.standard_id) {
            form.set(&first_field(standard), &figure::first_value(standard.unit, stands.numerator, stands.denominator));
            form.set(&cases_field(standard), &stands.denominator.to_string());
        }
    }
    Ok(page(&req, month, standards, form).into())
}

fn page(req: &Req, month: Month, standards: Vec<(Published, Option<String>)>, form: Form) -> Page {
    let refused = form.clone();
    let now = Month::of(req.today());
    let months: Vec<(String, String)> = (0..MONTHS_OFFERED)
        .map(|back| now.earlier(back))
        .chain((month < now.earlier(MONTHS_OFFERED - 1)).then_some(month))
        .map(|month| (month.code(), month.to_string()))
        .collect();
    Page::staff(format!("Figures for {month}"), move || {
        let chosen = Form::filled(&[("month", &month.code())]);
        let mut area = String::new();
        let boxes = standards.iter().map(|(standard, early)| {
            let heading = (standard.area_name != area).then(|| {
                area.clone_from(&standard.area_name);
                view! { <h2 class="govuk-heading-m">{standard.area_name.clone()}</h2> }
            });
            // Not asked for; what was typed all the same is shown again.
            let typed = [first_field(standard), cases_field(standard)].iter().any(|field| !form.value(field).is_empty());
            if let Some(why) = early.as_ref().filter(|_| !typed) {
                return view! { {heading}<p class="ds-meta">{why.clone()}"."</p> }.into_any();
            }
            view! {
                {heading}
                <fieldset class="govuk-fieldset">
                    <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{standard.title.clone()}</legend>
                    <div class="ds-fields">
                        {ui::text(&form, &first_field(standard), figure::first_label(standard)).number().width(10).view()}
                        {ui::text(&form, &cases_field(standard), format!("Out of: {}", standard.denominator)).number().width(10).view()}
                    </div>
                </fieldset>
            }
            .into_any()
        });
        let boxes = boxes.collect_view();
        let body = if standards.is_empty() {
            view! { <div class="ds-empty"><p>"No published standard is measured by figures. One appears here when a standard that names our own records as a source is published."</p></div> }.into_any()
        } else {
            view! {
                <form method="post" action="/staff/performance/figures" novalidate>
                    {ui::carried("month", month.code())}
                    {boxes}
                    {ui::button(&format!("Save the figures for {month}"))}
                </form>
            }
            .into_any()
        };
        view! {
            <a class="govuk-back-link" href="/staff/performance">"Performance"</a>
            {ui::error_summary(&form)}
            <h1 class="govuk-heading-l">{format!("Figures for {month}")}</h1>
            <form class="ds-filters" method="get" action="/staff/performance/figures">
                {ui::select(&chosen, "month", "Month", months)}
                {ui::quiet_button("Show this month")}
            </form>
            <p class="govuk-body">"Leave a standard empty if you do not have its figures yet. A changed figure replaces the one before it, which stays in the records. "
                <a class="govuk-link" href="/staff/performance/figures/upload">"Upload a file instead"</a></p>
            {body}
        }
    })
    .with_form(&refused)
}

pub(super) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let month = offered(&req, form.value("month"))?;
    let standards = with_figures(&req, month).await?;
    let mut figures = Vec::new();
    for (standard, early) in &standards {
        let (first, cases) = (first_field(standard), cases_field(standard));
        let (kept, of) = (form.value(&first).trim().to_owned(), form.value(&cases).trim().to_owned());
        if kept.is_empty() && of.is_empty() {
            continue;
        }
        if let Some(why) = early {
            form.error(&first, why.clone());
            continue;
        }
        match figure::read(standard.unit, &kept, &of) {
            Ok((numerator, denominator)) => {
                figures.push(NewFigure { standard_id: standard.id, month, numerator, denominator });
            }
            Err(wrong) => {
                let field = if wrong.in_cases { &cases } else { &first };
                form.error(field, format!("{}: {}", standard.title, wrong.message));
            }
        }
    }
    if !form.is_valid() {
        return Ok(page(&req, month, standards, form).into());
    }
    let mut tx = req.app.db.write().await?;
    let entered = enter(&mut tx, &req.actor(), &figures, req.now()).await?;
    tx.commit().await?;
    let said = match entered.new + entered.changed {
        0 => "Nothing was changed.".to_owned(),
        1 => "1 figure is saved.".to_owned(),
        many => format!("{many} figures are saved."),
    };
    Ok(Reply::redirect(format!("/staff/performance/figures?month={}", month.code())).saying(said))
}
