//! What a survey says and when it is open.

use leptos::prelude::*;

use crate::surveys::describe;
use crate::surveys::kind::SurveyKind;
use crate::surveys::regulator;
use crate::surveys::sample;
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked};
use crate::thread::id::SurveyId;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

const INTRODUCTION: &str = "What it is for and what you will do with the answers. For tenant satisfaction measures it must also say how many minutes it takes, and that the answers are used for measures that are published every year.";
const INTRODUCTION_OF_MEASURES: &str = "It must say how long it takes and what the answers are used for. For example: “It takes about 5 minutes. Your answers are used to work out our tenant satisfaction measures, which are published every year.”";

/// What is wrong when the times are changed too late.
const SETTLED: &str =
    "The results are published, so the survey does not open again. Leave its days and times as they are";

/// `/staff/surveys/new`
pub async fn get_new(_req: Req) -> Result<Reply, PageError> {
    let form = Form::filled(&[
        ("kind", SurveyKind::Consultation.code()),
        ("minutes", "5"),
        ("access", Access::Open.code()),
        ("opens_time", "09:00"),
        ("closes_time", "23:59"),
    ]);
    Ok(page(None, form).into())
}

/// Makes a draft and leads to its questions.
pub async fn post_new(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let kind = form.choice::<SurveyKind>("kind", "Choose what kind of survey it is");
    let questions = kind.and_then(|kind| {
        let questions = regulator::questions(kind, &req.landlord);
        questions.map_err(|refused| form.error("kind", refused.in_words())).ok()
    });
    let description = describe::read(&mut form);
    let Some(((kind, questions), description)) = kind.zip(questions).zip(description) else {
        return Ok(page(None, form).into());
    };
    let mut tx = req.app.db.write().await?;
    let id = describe::create(&mut tx, &req.app.random, kind, &description, &questions, req.now()).await?;
    req.audit(&mut tx, "made a survey", &format!("survey/{id}"), &description.title).await?;
    tx.commit().await?;
    let done = if kind.feeds_measures() {
        "The draft was made with the regulator’s questions. You can add your own after each theme"
    } else {
        "The draft was made. Now add its questions"
    };
    Ok(Reply::redirect(format!("/staff/surveys/{id}")).saying(done))
}

/// `/staff/surveys/{id}/details`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = found(&req).await?;
    let form = describe::fill(&asked.survey);
    Ok(page(Some(asked), form).into())
}

/// Changes what the survey says.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = found(&req).await?;
    let mut form = req.form();
    let read = describe::read(&mut form);
    if asked.survey.results_published_at.is_some() && read.as_ref().is_some_and(|read| !read.keeps_times(&asked.survey))
    {
        form.error("closes", SETTLED);
    }
    let Some(description) = read.filter(|_| form.is_valid()) else {
        return Ok(page(Some(asked), form).into());
    };
    let id = asked.survey.id;
    let mut tx = req.app.db.write().await?;
    if description.access != Access::Personal && sample::exists(&mut tx, id).await? {
        drop(tx);
        form.error("access", "The survey has a sample, of which each home counts once. Throw the sample away first");
        return Ok(page(Some(asked), form).into());
    }
    describe::change(&mut tx, &asked.survey, &description).await?;
    req.audit(&mut tx, "changed a survey", &format!("survey/{id}"), &description.title).await?;
    if asked.survey.published_at.is_some() {
        tx.public_changed();
    }
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{id}")).saying("The survey was changed"))
}

/// The survey of the address, drafts too.
pub async fn found(req: &Req) -> Result<Asked, PageError> {
    let mut tx = req.app.db.read().await?;
    store::find(&mut tx, req.id::<SurveyId>("id")?).await?.ok_or(PageError::NotFound)
}

fn page(asked: Option<Asked>, form: Form) -> Page {
    let title = if asked.is_some() { "Change the survey" } else { "Make a survey" };
    let back = asked
        .as_ref()
        .map_or_else(|| "/staff/surveys".to_owned(), |asked| format!("/staff/surveys/{}", asked.survey.id));
    let error_form = form.clone();
    Page::staff(title, move || {
        let kind = match &asked {
            None => {
                let kinds = SurveyKind::ALL.map(|kind| (kind.code(), kind.choice()));
                ui::radios(&form, "kind", "What kind of survey it is", kinds)
                    .hint("This cannot be changed later.")
                    .view()
            }
            Some(asked) => ui::facts(vec![("Kind", asked.survey.kind.label().into_any())]),
        };
        let of_measures = asked.as_ref().is_some_and(|asked| asked.survey.kind.feeds_measures());
        view! {
            <a class="govuk-back-link" href=back>"Back"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>{title}</h1></div>
            <form method="post" novalidate>
                {kind}
                {texts(&form, of_measures)}
                {ui::button("Save")}
            </form>
        }
    })
    .with_form(&error_form)
}

/// The boxes for what a survey says and when it is open.
pub(super) fn texts(form: &Form, of_measures: bool) -> AnyView {
    let introduction = if of_measures { INTRODUCTION_OF_MEASURES } else { INTRODUCTION };
    let times = [("opens", "Opens on", "opens_time", "Opens at"), ("closes", "Closes on", "closes_time", "Closes at")];
    let times = times.map(|(day, day_label, time, time_label)| {
        view! {
            <div class="ds-fields">
                {ui::day(form, day, day_label, "")}
                {ui::text(form, time, time_label).hint("UK time, like 23:59").width(5).view()}
            </div>
        }
    });
    let times = times.into_iter().collect_view();
    view! {
        {ui::text(form, "title", "Title").hint("What it is about, as residents would say it: “Repairs and you”").view()}
        {ui::textarea(form, "introduction", "Introduction").hint(introduction).rows(5).limit(2000).view()}
        {ui::text(form, "minutes", "How many minutes it takes").number().width(3).view()}
        {ui::radios(form, "access", "Who may answer", [
            (Access::Open.code(), "Anybody, through an open link"),
            (Access::Personal.code(), "Only homes or people that are asked: by e-mail, text message, letter or telephone"),
        ]).view()}
        {ui::text(form, "homes", "How many homes could answer (you may leave this out)").hint("For the response rate and the margin of error on the results. Count each home that was asked, or could have been, once.").number().width(7).view()}
        {times}
        <p class="ds-meta">"A form opened before closing may be sent for 30 minutes after it, and says so."</p>
        {ui::checkbox(form, "one_page", "yes", "Show all questions on one page (for short surveys)")}
        {ui::textarea(form, "next_steps", "What happens next").hint("People read this on their receipt.").rows(3).limit(1000).view()}
    }
    .into_any()
}
