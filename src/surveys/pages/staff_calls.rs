//! Ringing the homes of a sample: the next one, and what has come of the calls.

use leptos::prelude::*;

use crate::audit;
use crate::permissions;
use crate::surveys::pages::{bars, staff_details};
use crate::surveys::sample::call::{self, NoneToRing};
use crate::surveys::sample::outcome::{Outcome, Summary};
use crate::surveys::sample::store::{calls, homes, samples};
use crate::surveys::survey::{Asked, State};
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The path whose row says who may ring.
const PATH: &str = "/staff/surveys/{id}/calls";

/// `/staff/surveys/{id}/calls`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    show(&req, asked, Form::default()).await
}

/// Takes the next home to ring and leads to it. The log says once a day that the person rang homes: an entry for each home
/// would say at what minute which one was rung, and by that whose answers came next.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let (id, account) = (asked.survey.id, req.account()?.clone());
    let mut tx = req.app.db.write().await?;
    let sample = samples::find(&mut tx, id).await?.ok_or(PageError::NotFound)?;
    let next = call::next(&mut tx, &asked.survey, &sample, account.id, req.now()).await;
    let why = match next {
        Ok(home) => {
            audit::record_first_of_day(&mut tx, req.now(), &account.actor(), "rang homes", &format!("survey/{id}"))
                .await?;
            tx.commit().await?;
            return Ok(Reply::redirect(format!("/staff/surveys/{id}/calls/{home}")));
        }
        Err(NoneToRing::Internal(error)) => return Err(error.into()),
        Err(NoneToRing::NotOpen) => "Homes are rung while the survey is open",
        Err(NoneToRing::Nobody) => {
            tx.commit().await?;
            "Nobody is to be rung just now. Look at when homes asked to be rung again"
        }
    };
    let mut form = Form::default();
    form.error("next", why);
    show(&req, asked, form).await
}

async fn show(req: &Req, asked: Asked, form: Form) -> Result<Reply, PageError> {
    let id = asked.survey.id;
    let mut tx = req.app.db.read().await?;
    let Some(sample) = samples::find(&mut tx, id).await? else { return Ok(no_sample(&asked).into()) };
    let (now, later) = calls::count(&mut tx, id, sample.plan.most_calls, req.now()).await?;
    let outcomes = calls::count_outcomes(&mut tx, id).await?;
    let mut summary = Summary::default();
    for (is_spent, stopped, outcome, many) in homes::standings(&mut tx, id).await? {
        summary.add(is_spent, stopped, &outcome, many);
    }
    let may_ring = permissions::may_post(req.viewer.role(), PATH) && asked.survey.state(req.now()) == State::Open;
    let refused = form.clone();
    let page = Page::staff("Calls", move || {
        let at = format!("/staff/surveys/{id}");
        let homes = |many: i64| ui::counted(usize::try_from(many).unwrap_or(0), "home", "homes");
        let lead = format!(
            "{} can be rung now, {later} later. Each is rung {} times at most.",
            homes(now),
            sample.plan.most_calls
        );
        let ring = may_ring.then(|| {
            view! { <form method="post"><button type="submit" class="govuk-button" id="next">"Ring the next home"</button></form> }
        });
        view! {
            <a class="govuk-back-link" href=format!("{at}/sample")>"Back to the sample"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Calls"</h1><p class="ds-lead">{lead}</p></div>
            <p>"A home is yours for 30 minutes, so that nobody else rings it. First come those who asked to be rung at a time that has come, then homes that can only be rung."</p>
            {ring}
            {table(&outcomes)}
            {standing(&summary)}
        }
    });
    Ok(page.with_form(&refused).into())
}

fn no_sample(asked: &Asked) -> Page {
    let (title, at) = (asked.survey.title.clone(), format!("/staff/surveys/{}", asked.survey.id));
    Page::staff("Calls", move || {
        view! {
            <a class="govuk-back-link" href=at.clone()>"Back to the survey"</a>
            <div class="ds-heading"><h1><span class="ds-heading__caption">{title}</span>" Calls"</h1></div>
            <div class="ds-empty"><p>"No sample is drawn yet, so there is nobody to ring. "<a href=format!("{at}/sample")>"Go to the sample"</a></p></div>
        }
    })
}

/// What came of the calls that did not end with answers.
fn table(outcomes: &[(String, i64)]) -> Option<AnyView> {
    let rows = Outcome::ALL.into_iter().filter_map(|outcome| {
        let (_, many) = outcomes.iter().find(|(code, _)| code == outcome.code())?;
        Some(view! { <tr><th scope="row">{outcome.label()}</th><td class="ds-table__number">{grouped(many)}</td></tr> })
    });
    let rows = rows.collect_view();
    (!outcomes.is_empty()).then(|| {
        view! {
            <section class="ds-section">
                <h2>"Calls so far"</h2>
                <p>"Calls that ended with answers are not counted one by one, because their moment would say whose answers they are."</p>
                <div class="ds-scroll" tabindex="0" role="region" aria-label="Calls by what came of them">
                    <table class="ds-table"><thead><tr><th scope="col">"What came of it"</th><th scope="col" class="ds-table__number">"Calls"</th></tr></thead><tbody>{rows}</tbody></table>
                </div>
            </section>
        }
        .into_any()
    })
}

/// Where all homes of the sample stand, and the rates that follow from it.
fn standing(of: &Summary) -> AnyView {
    let row = |name: &'static str, code: &'static str, many: i64| {
        view! { <tr><th scope="row">{name}</th><td>{code}</td><td class="ds-table__number">{grouped(&many)}</td></tr> }
    };
    let rate = |tenths: Option<i64>| {
        tenths.map_or_else(
            || "not known yet".to_owned(),
            |tenths| format!("{}%", bars::decimal(u32::try_from(tenths).unwrap_or(0))),
        )
    };
    let words = format!(
        "Response rate {} (RR1: of all homes that could have answered, those of which nothing is known among them). Of those we spoke with, {} answered (COOP1).",
        rate(of.response_rate()),
        rate(of.cooperation_rate())
    );
    view! {
        <section class="ds-section">
            <h2>"Where the sample stands"</h2>
            <p>{words}</p>
            <div class="ds-scroll" tabindex="0" role="region" aria-label="Homes of the sample by standing">
                <table class="ds-table">
                    <caption>"Homes by the groups of the AAPOR Standard Definitions"</caption>
                    <thead><tr><th scope="col">"Standing"</th><th scope="col">"Group"</th><th scope="col" class="ds-table__number">"Homes"</th></tr></thead>
                    <tbody>
                        {row("Answered, by whichever way", "I", of.complete)}
                        {row("Would rather not, or asked for no more", "R", of.refused)}
                        {row("Rung, and nobody could speak yet", "NC", of.no_contact)}
                        {row("Another language", "O", of.other)}
                        {row("Nothing known: not rung, no reply, wrong number", "U", of.unknown)}
                        {row("Moved away or died", "NE", of.not_eligible)}
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
