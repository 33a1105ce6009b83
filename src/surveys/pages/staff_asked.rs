//! Who is asked a question: everybody, or those who gave certain answers before.

use leptos::prelude::*;

use crate::questionnaires::question::Question;
use crate::questionnaires::words;
use crate::surveys::logic;
use crate::surveys::pages::condition_form::{self, Stands, Step};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// A question and those before it.
struct Here {
    of: Stands,
    before: Vec<Question>,
}

/// `/staff/surveys/{id}/questions/{key}/asked`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let form = logic::fill(here.of.question.show_if.as_ref(), &here.before);
    Ok(page(&req, here, form.unwrap_or_default()).into())
}

/// Adds a line, or saves who is asked.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let mut form = match condition_form::step(req.form(), &here.before) {
        Step::Again(form) => return Ok(page(&req, here, form).into()),
        Step::Do(form, _) => form,
    };
    let condition = logic::read(&mut form, &here.before);
    if !form.is_valid() {
        return Ok(page(&req, here, form).into());
    }
    let key = here.of.question.key;
    let said = condition.as_ref().map(|of| words::condition(&here.of.asked.version.questionnaire, of));
    let said = said.unwrap_or_else(|| "everybody".to_owned());
    let kept = condition_form::keep(&req, &here.of, &mut form, "changed who is asked", |questions| {
        questions.ask_only(key, condition).map(|()| said)
    });
    if !kept.await? {
        return Ok(page(&req, here, form).into());
    }
    let done = format!("Who is asked question {} was saved", here.of.position + 1);
    Ok(Reply::redirect(format!("/staff/surveys/{}", here.of.asked.survey.id)).saying(done))
}

async fn here(req: &Req) -> Result<Here, PageError> {
    let of = condition_form::stands(req).await?;
    let before = condition_form::first(of.position, &of.asked.version.questionnaire);
    Ok(Here { of, before })
}

fn page(req: &Req, here: Here, form: Form) -> Page {
    let path = req.path.clone();
    let refused = form.clone();
    Page::staff(format!("Who is asked question {}", here.of.position + 1), move || {
        let questionnaire = &here.of.asked.version.questionnaire;
        let back = format!("/staff/surveys/{}", here.of.asked.survey.id);
        let now = match words::only_if(questionnaire, &here.of.question) {
            Some(words) => format!("Now it is asked only if {words}."),
            None => "Now everybody is asked it.".to_owned(),
        };
        let body = if here.before.is_empty() {
            view! { <p>"It is the first question, so it cannot depend on an earlier one."</p> }.into_any()
        } else {
            view! {
                <form method="post" action=path.clone() novalidate>
                    {condition_form::view(&form, &here.before, "Ask it only if")}
                    <p>"With no line at all, everybody is asked it."</p>
                    <button type="submit" class="govuk-button" name=ui::STEP value="save">"Save who is asked"</button>
                </form>
            }
            .into_any()
        };
        view! {
            <a class="govuk-back-link" href=back>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">"Who is asked"</span>" "{format!("{}. {}", here.of.position + 1, here.of.question.text)}</h1>
                <p class="ds-lead">{now}</p>
            </div>
            {body}
        }
    })
    .with_form(&refused)
}
