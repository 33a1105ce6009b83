//! Opening the audit of a year, which draws its sample.

use leptos::prelude::*;

use super::parts::refusal;
use crate::improvement::audits::audit::{Kind, MOST, Strata};
use crate::improvement::audits::error::AuditError;
use crate::improvement::audits::open::{NewAudit, open, population};
use crate::improvement::audits::store::audits;
use crate::improvement::pages::parts::back;
use crate::improvement::year::Year;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

async fn page(req: &Req, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let this = Year::of(req.today());
    let taken: Vec<Year> =
        audits::list(&mut tx).await?.into_iter().filter(|one| one.withdrawn_at.is_none()).map(|one| one.year).collect();
    let mut years = Vec::new();
    for year in [this.previous(), this] {
        let all = population(&mut tx, year, Strata::None).await?;
        let count = |kind| all.iter().filter(|one| one.drawn.kind() == kind).count();
        let reports = ui::counted(count(Kind::Report), "approved report", "approved reports");
        let plans = ui::counted(count(Kind::Plan), "plan", "plans");
        let so_far = if year == this { ", so far" } else { "" };
        let audited = if taken.contains(&year) { ", audited already" } else { "" };
        years.push((year.0.to_string(), format!("{year}: {reports} and {plans}{so_far}{audited}")));
    }
    let refused = form.clone();
    Ok(Page::staff("Open an audit", move || {
        view! {
            {back("/staff/improvement/audits", "Yearly audits")}
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Open an audit"</h1></div>
            <p>"A sample is drawn at once and never changed. All that could be drawn is kept with it, so that anybody can draw it again from the seed."</p>
            <form method="post" novalidate>
                {ui::radios(&form, "year", "The year that is audited", years.clone()).view()}
                {ui::textarea(&form, "scope", "What the audit looks at").rows(3).view()}
                {ui::text(&form, "reports", "How many sign-off reports").hint("All of them, if there are no more").width(4).number().view()}
                {ui::text(&form, "plans", "How many improvement plans").hint("All of them, if there are no more").width(4).number().view()}
                {ui::radios(&form, "strata", "How they are drawn", Strata::ALL.iter().map(|one| (one.code(), one.label()))).view()}
                {ui::text(&form, "seed", "Seed").hint("You can leave this empty. Words or figures that everybody saw show that nobody chose what is looked at").view()}
                {ui::button("Open it and draw the sample")}
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

pub(in crate::improvement::pages) async fn get(req: Req) -> Result<Reply, PageError> {
    let year = Year::of(req.today()).previous().0.to_string();
    let filled = [("year", year.as_str()), ("reports", "5"), ("plans", "2"), ("strata", Strata::None.code())];
    page(&req, Form::filled(&filled)).await
}

fn read(req: &Req, form: &mut Form) -> Option<NewAudit> {
    let this = Year::of(req.today());
    let year = form.choice::<Year>("year", "Choose the year");
    if year.is_some_and(|year| ![this.previous(), this].contains(&year)) {
        form.error("year", "Choose last year or this year");
    }
    let scope = form.required("scope", "What the audit looks at", 3000, "Say what the audit looks at");
    let reports = form.whole("reports", 0..=MOST, "Enter how many reports, from 0 to 200");
    let plans = form.whole("plans", 0..=MOST, "Enter how many plans, from 0 to 200");
    let strata = form.choice("strata", "Choose how they are drawn");
    let seed = form.text("seed", "The seed", 60);
    if reports == Some(0) && plans == Some(0) {
        form.error("reports", "Draw at least one report or plan");
    }
    if !form.is_valid() {
        return None;
    }
    let seed = Some(seed).filter(|seed| !seed.is_empty());
    Some(NewAudit { year: year?, scope, strata: strata?, seed, reports: reports?, plans: plans? })
}

pub(in crate::improvement::pages) async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let Some(new) = read(&req, &mut form) else { return page(&req, form).await };
    let mut tx = req.app.db.write().await?;
    match open(&req.app, &mut tx, req.account()?.id, &new).await {
        Ok(id) => {
            let seed = audits::find(&mut tx, id).await?.map(|audit| audit.seed).unwrap_or_default();
            let detail = format!("{}, seed {seed}", new.year);
            req.audit(&mut tx, "opened a yearly audit", &format!("yearly audit {id}"), &detail).await?;
            tx.commit().await?;
            return Ok(Reply::redirect(format!("/staff/improvement/audits/{id}")).saying("The sample is drawn."));
        }
        Err(AuditError::Already) => form.error("year", format!("{} has an audit already", new.year)),
        Err(error) => form.error("year", refusal(error)?),
    }
    drop(tx);
    page(&req, form).await
}
