//! A survey beside the waves before it, and which survey it is the next wave of.

use leptos::prelude::*;

use crate::clock;
use crate::permissions;
use crate::settings::small_numbers;
use crate::surveys::pages::{over_time, staff_details};
use crate::surveys::store as surveys;
use crate::surveys::survey::{Asked, Survey};
use crate::surveys::waves::link::{self, Refused};
use crate::surveys::waves::series::{self, Series};
use crate::surveys::waves::store;
use crate::thread::id::SurveyId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The part of the page that says what stands before and after the survey, where an error about it leads.
const LINE: &str = "line";

/// What the page shows.
struct Shown {
    asked: Asked,
    series: Option<Series>,
    after: Option<Survey>,
    candidates: Vec<Survey>,
}

/// `/staff/surveys/{id}/waves`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.read().await?;
    let before = store::find_before(&mut tx, asked.survey.id).await?;
    drop(tx);
    let before = before.map(|before| before.to_string()).unwrap_or_default();
    show(&req, asked, Form::filled(&[("before", &before)])).await
}

/// Joins the survey to the wave before, parts it, or makes its next wave.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let id = asked.survey.id;
    let (here, object) = (format!("/staff/surveys/{id}/waves"), format!("survey/{id}"));
    let mut tx = req.app.db.write().await?;
    let done = match (form.value("step"), form.value("before")) {
        ("next", _) => link::copy_on(&mut tx, &req.app.random, &asked, req.now()).await.map(|copy| {
            let said = "The next wave is a draft. Look at its title and its times; a question that is worded anew is not compared";
            (format!("/staff/surveys/{copy}"), "made the next wave of a survey", format!("survey/{copy}"), said)
        }),
        (_, "") => {
            link::part(&mut tx, id).await?;
            Ok((here, "parted a survey from the wave before", String::new(), "The survey stands alone now"))
        }
        (_, chosen) => match chosen.parse::<SurveyId>() {
            Ok(before) => link::join(&mut tx, &asked, before).await.map(|earlier| {
                (here, "joined a survey to the wave before", earlier.title, "The survey is the next wave now")
            }),
            Err(_) => Err(Refused::Gone),
        },
    };
    match done {
        Ok((to, action, detail, said)) => {
            req.audit(&mut tx, action, &object, &detail).await?;
            tx.commit().await?;
            Ok(Reply::redirect(to).saying(said))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            let field = if form.value("step") == "next" { LINE } else { "before" };
            form.error(field, refused.in_words().unwrap_or_default());
            show(&req, asked, form).await
        }
    }
}

async fn show(req: &Req, asked: Asked, form: Form) -> Result<Reply, PageError> {
    let may_change = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/waves");
    let mut tx = req.app.db.read().await?;
    let policy = small_numbers::staff(&req.landlord);
    let series = series::load(&mut tx, &asked, &req.landlord, &policy, |_| true).await?;
    let after = match store::find_after(&mut tx, asked.survey.id).await? {
        Some(after) => surveys::find(&mut tx, after).await?.map(|after| after.survey),
        None => None,
    };
    let candidates = if may_change { link::candidates(&mut tx, &asked.survey).await? } else { Vec::new() };
    let can_go_on =
        may_change && after.is_none() && asked.survey.published_at.is_some() && asked.survey.opens_at < req.now();
    let shown = Shown { asked, series, after, candidates };
    let refused = form.clone();
    Ok(Page::staff(format!("Waves: {}", shown.asked.survey.title), move || {
        let at = format!("/staff/surveys/{}", shown.asked.survey.id);
        let after = shown.after.as_ref().map(|after| {
            view! { <p>"The next wave is "<a href=format!("/staff/surveys/{}/waves", after.id)>{after.title.clone()}</a>"."</p> }
        });
        let next = can_go_on.then(|| {
            view! {
                <form method="post">
                    <p>"Ask the same again: a copy of this survey as a draft, joined to it, so that its results will be compared with these."</p>
                    <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="next">"Make the next wave"</button>
                </form>
            }
        });
        let results = match &shown.series {
            Some(series) => view! {
                <h2>"Wave by wave"</h2>
                {over_time::view(series)}
            }
            .into_any(),
            None => view! { <div class="ds-empty"><p>"There is no wave before this survey to compare it with."</p></div> }.into_any(),
        };
        view! {
            <a class="govuk-back-link" href=at>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{shown.asked.survey.title.clone()}</span>" Waves"</h1>
                <p class="ds-lead">"When the same questions are asked again, this page shows what moved, and whether chance explains it."</p>
            </div>
            <div id=LINE>
                {after}
                {may_change.then(|| choose(&shown.candidates, &form))}
                {next}
            </div>
            {results}
        }
    })
    .with_form(&refused)
    .into())
}

fn choose(candidates: &[Survey], form: &Form) -> AnyView {
    if candidates.is_empty() {
        return view! { <p class="ds-meta">"No other survey of this kind opened before this one."</p> }.into_any();
    }
    let named = |survey: &Survey| {
        let closed = clock::day(survey.last_day());
        (survey.id.to_string(), format!("{} (until {closed})", survey.title))
    };
    let none = std::iter::once((String::new(), "None: it stands alone".to_owned()));
    view! {
        <form method="post" class="ds-filters">
            {ui::select(form, "before", "This survey is the next wave of", none.chain(candidates.iter().map(named)))}
            {ui::quiet_button("Save")}
        </form>
    }
    .into_any()
}
