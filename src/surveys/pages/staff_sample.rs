//! The sample of a survey: drawing it, who is left out and why, asking and reminding its homes, and how far each group is.

use leptos::prelude::*;

use crate::exchange::csv;
use crate::permissions;
use crate::residents::Way;
use crate::surveys::pages::staff_sample_form::{self, read};
use crate::surveys::pages::staff_sample_need::Need;
use crate::surveys::pages::{staff_details, staff_sample_parts as parts};
use crate::surveys::sample::outcome::Summary;
use crate::surveys::sample::plan::{self, Stratum};
use crate::surveys::sample::store::homes::{self, Progress};
use crate::surveys::sample::store::samples::{self, Sample};
use crate::surveys::sample::{draw, export, mailing};
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The path whose row says who may draw and send.
pub(super) const PATH: &str = "/staff/surveys/{id}/sample";

/// Everything the page of a drawn sample shows.
pub(super) struct Drawn {
    pub sample: Sample,
    pub strata: Vec<(String, Stratum)>,
    pub progress: Vec<Progress>,
    /// For each way, how many homes have it and how many of them are due to be written to.
    pub ways: Vec<(Way, i64, i64)>,
    pub summary: Summary,
}

/// `/staff/surveys/{id}/sample`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    show(&req, asked, staff_sample_form::empty()).await
}

/// The page; the form holds what stands against a step that was tried.
pub(super) async fn show(req: &Req, asked: Asked, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let need = Need::load(&mut tx, &asked.survey).await?;
    let drawn = load(req, &mut tx, &asked).await?;
    let may_change = permissions::may_post(req.viewer.role(), PATH);
    let least = req.landlord.staff_base;
    let may_ask = mailing::may_ask(&asked.survey, req.now());
    let today = req.today();
    let refused = form.clone();
    let page = Page::staff("Sample", move || {
        let survey = &asked.survey;
        let body = match &drawn {
            None => staff_sample_form::view(survey, &form, &need, may_change),
            Some(drawn) => {
                let ask = may_change.then(|| parts::ask(survey, drawn, may_ask, today));
                let anew = (may_change && drawn.sample.begun_at.is_none())
                    .then(|| staff_sample_form::anew(survey, &form, &need, &drawn.sample));
                let how = match drawn.sample.days {
                    Some(_) => parts::by_events(survey),
                    None => view! { {parts::draw_table(drawn)}{parts::how_drawn(survey, &drawn.sample)} }.into_any(),
                };
                view! {
                    {parts::facts(survey, drawn)}
                    {how}
                    {ask}
                    {parts::progress(drawn, least)}
                    {anew}
                }
                .into_any()
            }
        };
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}", survey.id)>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{survey.title.clone()}</span>" Sample"</h1><p class="ds-lead">"Which homes are asked, how they are asked, and how many have answered. Each home counts once, whichever way it answers."</p></div>
            {body}
        }
    });
    Ok(page.with_form(&refused).into())
}

async fn load(req: &Req, tx: &mut crate::db::Tx, asked: &Asked) -> Result<Option<Drawn>, PageError> {
    let id = asked.survey.id;
    let Some(sample) = samples::find(tx, id).await? else { return Ok(None) };
    let strata = plan::count(&samples::find_frame(tx, id).await?).into_iter().collect();
    let progress = homes::progress(tx, id).await?;
    let most = (sample.plan.most_reminders + 1, req.today());
    let mut ways = Vec::new();
    for way in Way::ALL {
        let (all, due) = homes::count_of_way(tx, id, way, most).await?;
        ways.push((way, all, due));
    }
    let mut summary = Summary::default();
    for (is_spent, stopped, outcome, many) in homes::standings(tx, id).await? {
        summary.add(is_spent, stopped, &outcome, many);
    }
    Ok(Some(Drawn { sample, strata, progress, ways, summary }))
}

/// Draws, throws away, or orders e-mails.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let id = asked.survey.id;
    let (at, object) = (format!("/staff/surveys/{id}/sample"), format!("survey/{id}"));
    let mut tx = req.app.db.write().await?;
    let (field, why) = match form.value("step") {
        "mail" => {
            let before = form.value("before").parse().unwrap_or(-1);
            match mailing::order(&mut tx, &asked.survey, before, req.now()).await {
                Ok(()) => {
                    let done = if before == 0 { "sent invitations to the sample" } else { "reminded the sample" };
                    req.audit(&mut tx, done, &object, "by e-mail").await?;
                    tx.commit().await?;
                    return Ok(Reply::redirect(at).saying("The e-mails are being written and sent"));
                }
                Err(mailing::Refused::Internal(error)) => return Err(error.into()),
                Err(refused) => ("mail", refused.in_words()),
            }
        }
        "discard" => {
            if samples::discard(&mut tx, id).await? {
                req.audit(&mut tx, "threw a sample away", &object, "").await?;
                tx.commit().await?;
                return Ok(Reply::redirect(at).saying("The sample is thrown away"));
            }
            ("mail", draw::Refused::Begun.in_words())
        }
        _ => {
            let need = Need::load(&mut tx, &asked.survey).await?;
            let Some((plan, seed)) = read(&mut form, &need) else {
                drop(tx);
                return show(&req, asked, form).await;
            };
            let seed = seed.unwrap_or_else(|| req.app.random.reference());
            match draw::draw(&mut tx, &asked.survey, &plan, &seed, req.now()).await {
                Ok(homes) => {
                    let detail = format!("{homes} homes by the seed {seed}");
                    req.audit(&mut tx, "drew a sample", &object, &detail).await?;
                    tx.commit().await?;
                    let said = ui::counted(homes, "home is drawn", "homes are drawn");
                    return Ok(Reply::redirect(at).saying(format!("{said}. Nobody has been asked yet")));
                }
                Err(draw::Refused::Internal(error)) => return Err(error.into()),
                Err(refused @ draw::Refused::Begun) => ("mail", refused.in_words()),
                Err(refused) => ("strata", refused.in_words()),
            }
        }
    };
    drop(tx);
    form.error(field, why.unwrap_or_default());
    show(&req, asked, form).await
}

/// The draw as a file, for whoever checks it.
pub async fn file(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.read().await?;
    let sample = samples::find(&mut tx, asked.survey.id).await?.ok_or(PageError::NotFound)?;
    let frame = samples::find_frame(&mut tx, asked.survey.id).await?;
    let name = format!("{}-sample.csv", asked.survey.slug);
    Ok(Reply::download(&name, csv::CONTENT_TYPE, export::frame(&sample.seed, &frame)))
}
