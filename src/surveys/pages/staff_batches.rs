//! The batches of paper forms of a survey, and a new one.

use leptos::prelude::*;

use crate::clock;
use crate::permissions;
use crate::surveys::batches::batch::{Batch, LEAST_FORMS, MOST_FORMS, ONE_IN};
use crate::surveys::batches::{make, store};
use crate::surveys::enter;
use crate::surveys::pages::{staff_details, staff_enter, staff_sample_homes};
use crate::surveys::sample;
use crate::surveys::survey::{Asked, Survey};
use crate::thread::id::SurveyId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The path whose row says who may work on batches.
const PATH: &str = "/staff/surveys/{id}/batches";

/// What to type where the number of forms is asked for.
pub(super) const HOW_MANY: &str =
    "Enter the number of forms, from 5 to 500. For fewer than 5 forms, use “Enter answers”";

/// `/staff/surveys/{id}/batches`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = Form::default();
    form.set_day("on", Some(req.today()).filter(|today| *today <= asked.survey.last_day()));
    page(&req, asked, form).await
}

/// Makes a batch and leads to it.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut form = req.form();
    let name = form.required("name", "The name", 80, "Enter a name for the batch");
    let received = form.whole("received", LEAST_FORMS..=MOST_FORMS, HOW_MANY);
    let on = form.day("on", "The day");
    if let Some(Err(refused)) = on.map(|on| enter::check_day(&asked.survey, on, req.now())) {
        form.error("on", staff_enter::in_words(&refused, &asked.survey));
    }
    let Some((received, on)) = received.zip(on).filter(|_| form.is_valid()) else {
        return page(&req, asked, form).await;
    };
    let survey = &asked.survey;
    let mut tx = req.app.db.write().await?;
    let (at, why) = match make::make(&mut tx, &req.app.random, &asked, (&name, received, on), req.now()).await {
        Ok(id) => {
            req.audit(&mut tx, "made a batch", &format!("survey/{}", survey.id), &name).await?;
            tx.commit().await?;
            let done = "The batch is made. Number its forms from 1, then enter them";
            return Ok(Reply::redirect(format!("/staff/surveys/{}/batches/{id}", survey.id)).saying(done));
        }
        Err(make::Refused::Internal(error)) => return Err(error.into()),
        Err(make::Refused::NotTaken(refused)) => ("on", staff_enter::in_words(&refused, survey)),
        Err(make::Refused::Size) => ("received", HOW_MANY.to_owned()),
        Err(make::Refused::HasSample) => (
            "name",
            "This survey has a sample, so that each home counts once. Enter its paper forms home by home".to_owned(),
        ),
        Err(make::Refused::QuestionsChanged) => ("name", "The questions were changed meanwhile. Try again".to_owned()),
        Err(_) => ("name", "There is a batch of this name. Choose another".to_owned()),
    };
    drop(tx);
    form.error(at, why);
    page(&req, asked, form).await
}

async fn page(req: &Req, asked: Asked, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let batches = store::list(&mut tx, asked.survey.id).await?;
    let takes = enter::check_survey(&asked.survey, req.now());
    // Where something was typed it stays, with what stands against it.
    let by_home = form.is_valid() && sample::exists(&mut tx, asked.survey.id).await?;
    let may_make = permissions::may_post(req.viewer.role(), PATH);
    let error_form = form.clone();
    let page = Page::staff("Batches of paper forms", move || {
        let survey = &asked.survey;
        let new = match takes {
            Ok(()) if by_home => Some(staff_sample_homes::home_by_home(survey)),
            Ok(()) if may_make => Some(make_form(survey, &form)),
            Ok(()) => None,
            Err(refused) => {
                let why = staff_enter::in_words(&refused, survey);
                Some(view! { <div class="govuk-inset-text">{why}"."</div> }.into_any())
            }
        };
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}", survey.id)>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{survey.title.clone()}</span>" Batches of paper forms"</h1>
                <p class="ds-lead">"Enter many forms one after the other, and let somebody else check a share of them."</p>
            </div>
            <p>{format!("One form in {ONE_IN}, and at least one, is entered again by somebody else. The answers of a batch count once it is closed: until then they wait, and the results of the survey cannot be published.")}</p>
            {list(&asked, &batches)}
            {new}
        }
    });
    Ok(page.with_form(&error_form).into())
}

fn make_form(survey: &Survey, form: &Form) -> AnyView {
    view! {
        <section class="ds-section">
            <h2>"A new batch"</h2>
            {for_fewer(survey.id)}
            <form method="post" novalidate>
                {ui::text(form, "name", "Name of the batch").hint("For example, “Post of 16 November”").view()}
                {ui::text(form, "received", "How many forms").hint("A form that turns out to be blank can be kept as blank.").number().width(4).view()}
                {ui::day(form, "on", "The day you received them", "")}
                {ui::button("Make the batch")}
            </form>
        </section>
    }
    .into_any()
}

/// Where to enter what is too little for a batch.
pub(super) fn for_fewer(survey: SurveyId) -> AnyView {
    view! {
        <p>{format!("For fewer than {LEAST_FORMS} forms, use ")}<a href=format!("/staff/surveys/{survey}/enter")>"Enter answers"</a>"."</p>
    }
    .into_any()
}

fn list(asked: &Asked, batches: &[(Batch, i64)]) -> AnyView {
    if batches.is_empty() {
        return view! { <div class="ds-empty"><p>"No batches yet."</p></div> }.into_any();
    }
    let rows = batches.iter().map(|(batch, keyed)| {
        let href = format!("/staff/surveys/{}/batches/{}", asked.survey.id, batch.batch_id);
        let state = match batch.closed_at {
            Some(_) => "Closed".to_owned(),
            None => format!("{keyed} of {} entered", batch.received),
        };
        view! {
            <li>
                <div class="ds-list__main">
                    <a href=href>{batch.name.clone()}</a>
                    <p>{format!("{}, received on {}", forms(batch.received), clock::day(batch.received_on))}</p>
                </div>
                <div class="ds-list__aside">{state}</div>
            </li>
        }
    });
    view! { <ul class="ds-list">{rows.collect_view()}</ul> }.into_any()
}

/// "1 form", "12 forms".
pub(super) fn forms(many: i64) -> String {
    if many == 1 { "1 form".to_owned() } else { format!("{many} forms") }
}
