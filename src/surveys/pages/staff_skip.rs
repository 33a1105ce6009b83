//! Where a question leads after certain answers: to a later question, or to the end.

use leptos::prelude::*;

use crate::questionnaires::question::{Question, Skip};
use crate::questionnaires::{piping, words};
use crate::surveys::logic;
use crate::surveys::pages::condition_form::{self, Stands, Step};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The value of `to` that stands for the end.
const END: &str = "end";
/// The value of the button that takes the skip out.
const REMOVE: &str = "remove";

/// A question, the questions its skip may ask about, and those it may lead to.
struct Here {
    of: Stands,
    /// Those before it, and itself.
    until: Vec<Question>,
    /// Which of its skips, from nought.
    at: usize,
}

/// `/staff/surveys/{id}/questions/{key}/skips/{n}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let form = match here.of.question.skips.get(here.at) {
        None => logic::begin(&here.of.question),
        Some(skip) => {
            let mut form = logic::fill(Some(&skip.when), &here.until).unwrap_or_default();
            form.set("to", &skip.to.map_or_else(|| END.to_owned(), |key| key.to_string()));
            form
        }
    };
    Ok(page(&req, here, form).into())
}

/// Adds a line, saves the skip, or takes it out.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let (mut form, pressed) = match condition_form::step(req.form(), &here.until) {
        Step::Again(form) => return Ok(page(&req, here, form).into()),
        Step::Do(form, pressed) => (form, pressed),
    };
    let skip = if pressed == REMOVE { None } else { read(&mut form, &here) };
    if !form.is_valid() {
        return Ok(page(&req, here, form).into());
    }
    let (key, at) = (here.of.question.key, here.at);
    let kept = condition_form::keep(&req, &here.of, &mut form, "changed a skip", |questions| {
        questions.set_skip(key, at, skip)?;
        let question = questions.find(key);
        Ok(question.map(|question| words::onward(questions, question).join(" ")).unwrap_or_default())
    });
    if !kept.await? {
        return Ok(page(&req, here, form).into());
    }
    let done = if pressed == REMOVE { "The skip was taken out" } else { "The skip was saved" };
    Ok(Reply::redirect(format!("/staff/surveys/{}", here.of.asked.survey.id)).saying(done))
}

fn read(form: &mut Form, here: &Here) -> Option<Skip> {
    let when = logic::read(form, &here.until);
    if when.is_none() && form.is_valid() {
        form.error("l1-add", "Choose the question it depends on, and add a line");
    }
    let to = form.value("to").to_owned();
    let later = later(here).any(|(_, question)| question.key.to_string() == to);
    if to != END && !later {
        form.error("to", "Choose where to go on");
    }
    if form.is_valid() { when.map(|when| Skip { when, to: to.parse().ok() }) } else { None }
}

/// The questions it may lead to, with their positions.
fn later(here: &Here) -> impl Iterator<Item = (usize, &Question)> {
    here.of.asked.version.questionnaire.questions().iter().enumerate().skip(here.of.position + 1)
}

async fn here(req: &Req) -> Result<Here, PageError> {
    let of = condition_form::stands(req).await?;
    let number: usize = req.id("n")?;
    let at = number.checked_sub(1).filter(|at| *at <= of.question.skips.len()).ok_or(PageError::NotFound)?;
    let until = condition_form::first(of.position + 1, &of.asked.version.questionnaire);
    Ok(Here { of, until, at })
}

fn page(req: &Req, here: Here, form: Form) -> Page {
    let path = req.path.clone();
    let refused = form.clone();
    let title = format!("Skip ahead after question {}", here.of.position + 1);
    Page::staff(title, move || {
        let back = format!("/staff/surveys/{}", here.of.asked.survey.id);
        let blank = (String::new(), "Choose".to_owned());
        let all = later(&here).map(|(at, question)| {
            let text = piping::described(&question.text, &here.of.asked.version.questionnaire);
            let words: String = text.chars().take(60).collect();
            (question.key.to_string(), format!("{}. {words}", at + 1))
        });
        let end = (END.to_owned(), "The end of the questions".to_owned());
        let to = ui::select(&form, "to", "Then go on to", std::iter::once(blank).chain(all).chain([end]));
        let remove = (here.at < here.of.question.skips.len()).then(|| {
            view! { <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=REMOVE>"Take this skip out"</button> }
        });
        view! {
            <a class="govuk-back-link" href=back>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"Skip ahead after"</span>" "{format!("{}. {}", here.of.position + 1, here.of.question.text)}</h1>
                <p class="ds-lead">"Those to whom it applies are not asked the questions in between."</p>
            </div>
            <form method="post" action=path.clone() novalidate>
                {condition_form::view(&form, &here.until, "Skip ahead if")}
                {to}
                <div class="govuk-button-group">
                    <button type="submit" class="govuk-button" name=ui::STEP value="save">"Save the skip"</button>
                    {remove}
                </div>
            </form>
        }
    })
    .with_form(&refused)
}
