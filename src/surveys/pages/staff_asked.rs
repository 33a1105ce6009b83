//! Who is asked a question: everybody, or those who gave certain answers before.

use leptos::prelude::*;

use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::{piping, words};
use crate::surveys::build::{self, Refused};
use crate::surveys::logic;
use crate::surveys::pages::condition_form::{self, CONDITION, Step};
use crate::surveys::pages::staff_details;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// A question and those before it.
struct Here {
    asked: Asked,
    position: usize,
    question: Question,
    before: Vec<Question>,
}

/// `/staff/surveys/{id}/questions/{key}/asked`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let form = logic::fill(here.question.show_if.as_ref(), &here.before);
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
    let (survey, key) = (&here.asked.survey, here.question.key);
    let said = condition.as_ref().map(|of| words::condition(&here.asked.version.questionnaire, of));
    let mut tx = req.app.db.write().await?;
    match build::change(&mut tx, &here.asked, |questions| questions.ask_only(key, condition)).await {
        Ok(()) => {
            let detail = format!("{}: {}", here.question.text, said.as_deref().unwrap_or("everybody"));
            req.audit(&mut tx, "changed who is asked", &format!("survey/{}", survey.id), &detail).await?;
            if survey.published_at.is_some() {
                tx.public_changed();
            }
            tx.commit().await?;
            let done = format!("Who is asked question {} was saved", here.position + 1);
            Ok(Reply::redirect(format!("/staff/surveys/{}", survey.id)).saying(done))
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            form.error(CONDITION, refused.in_words().unwrap_or_default());
            Ok(page(&req, here, form).into())
        }
    }
}

async fn here(req: &Req) -> Result<Here, PageError> {
    let asked = staff_details::found(req).await?;
    let key: u16 = req.id("key")?;
    let questionnaire = &asked.version.questionnaire;
    let position = questionnaire.position(key).ok_or(PageError::NotFound)?;
    let question = questionnaire.at(position).ok_or(PageError::NotFound)?;
    let question = piping::described_question(question, questionnaire);
    let before = described(questionnaire.questions().iter().take(position), questionnaire);
    Ok(Here { asked, position, question, before })
}

/// Questions with their texts as staff read them.
pub fn described<'a>(questions: impl Iterator<Item = &'a Question>, among: &Questionnaire) -> Vec<Question> {
    questions.map(|question| piping::described_question(question, among)).collect()
}

fn page(req: &Req, here: Here, form: Form) -> Page {
    let path = req.path.clone();
    let refused = form.clone();
    Page::staff(format!("Who is asked question {}", here.position + 1), move || {
        let questionnaire = &here.asked.version.questionnaire;
        let back = format!("/staff/surveys/{}", here.asked.survey.id);
        let now = match words::only_if(questionnaire, &here.question) {
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
                <h1><span class="ds-heading__caption">"Who is asked"</span>" "{format!("{}. {}", here.position + 1, here.question.text)}</h1>
                <p class="ds-lead">{now}</p>
            </div>
            {body}
        }
    })
    .with_form(&refused)
}
