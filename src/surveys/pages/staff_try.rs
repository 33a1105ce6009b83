//! Trying a survey as residents would, before it is published: page by page, with nothing kept anywhere but in the form.

use leptos::prelude::*;
use uuid::Uuid;

use crate::questionnaires::answer::Answers;
use crate::questionnaires::fields::{self, Announced};
use crate::questionnaires::journey::Journey;
use crate::questionnaires::kinds::photo::KEPT;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::{piping, read};
use crate::surveys::pages::staff_details;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The value of the button that leads to the question before.
const BACK: &str = "back";

/// `/staff/surveys/{id}/try`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let first = Journey::new(&asked.version.questionnaire, &Answers::default()).asked().first().copied();
    let form = Form::filled(&[("seed", &req.app.random.token())]);
    Ok(page(asked, first, Answers::default(), form).into())
}

/// Goes on to the next question, or back to the one before. The form carries every answer so far.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let questionnaire = &asked.version.questionnaire;
    let mut form = req.form();
    let now = form.value("at").parse::<u16>().ok().and_then(|key| questionnaire.position(key));
    let mut answers = answers_in(questionnaire, &form, now);
    if form.value("step") == BACK {
        let journey = Journey::new(questionnaire, &answers);
        let before = journey.previous(now.unwrap_or(questionnaire.questions().len()));
        let shown = filled(questionnaire, before, &answers, &form);
        return Ok(page(asked, before, answers, shown).into());
    }
    let Some((position, question)) = now.and_then(|at| Some((at, questionnaire.at(at)?))) else {
        return Ok(Reply::redirect(req.path.clone()));
    };
    if fields::press(std::slice::from_ref(question), &mut form) {
        return Ok(page(asked, Some(position), answers, form).into());
    }
    if question.kind.is_photo() && !form.value(&question.field_name()).is_empty() {
        // This form carries no files: it says the name of the one that was chosen, and any photo will do.
        form.set(&format!("{}-{KEPT}", question.field_name()), &Uuid::nil().to_string());
    }
    match read::read_one(question, form.fields()) {
        Ok(answer) => answers.put(question.key, answer),
        Err(problems) => {
            for problem in problems {
                form.error(&problem.field, problem.message);
            }
            return Ok(page(asked, Some(position), answers, form).into());
        }
    }
    let next = Journey::new(questionnaire, &answers).next(position);
    let shown = filled(questionnaire, next, &answers, &form);
    Ok(page(asked, next, answers, shown).into())
}

/// What the form carries: an answer to each question that it names as seen, but for the one it shows.
fn answers_in(questionnaire: &Questionnaire, form: &Form, now: Option<usize>) -> Answers {
    let mut answers = Answers::default();
    for (position, question) in questionnaire.questions().iter().enumerate() {
        if Some(position) == now || !form.has("seen", &question.key.to_string()) {
            continue;
        }
        if let Ok(answer) = read::read_one(question, form.fields()) {
            answers.put(question.key, answer);
        }
    }
    answers
}

/// The form of a question with the answer that was given to it before, and the seed of the form that led to it.
fn filled(questionnaire: &Questionnaire, position: Option<usize>, answers: &Answers, from: &Form) -> Form {
    let question = position.and_then(|at| questionnaire.at(at));
    let pairs =
        question.and_then(|question| Some(question.kind.pairs(&question.field_name(), answers.get(question.key)?)));
    let mut form = Form::new(pairs.unwrap_or_default());
    form.set("seed", from.value("seed"));
    form
}

/// The question at a position, or what was answered when there is none left.
fn page(asked: Asked, position: Option<usize>, answers: Answers, form: Form) -> Page {
    let refused = form.clone();
    Page::new(format!("Try it out – {}", asked.survey.title), move || {
        let questionnaire = &asked.version.questionnaire;
        let here = format!("/staff/surveys/{}", asked.survey.id);
        let journey = Journey::new(questionnaire, &answers);
        let question = position.and_then(|at| Some((at, questionnaire.at(at)?)));
        let key = question.map(|(_, question)| question.key);
        let carried = questionnaire.questions().iter().filter(|other| Some(other.key) != key).flat_map(|other| {
            let answer = answers.get(other.key);
            let pairs = answer.map(|answer| other.kind.pairs(&other.field_name(), answer)).unwrap_or_default();
            let seen = answer.map(|_| ("seen".to_owned(), other.key.to_string()));
            pairs.into_iter().chain(seen)
        });
        let carried: Vec<AnyView> = carried.map(|(name, value)| ui::carried(&name, value)).collect();
        let before = journey.previous(position.unwrap_or(questionnaire.questions().len()));
        let back = before.map(|_| {
            view! { <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=BACK>"Back"</button> }
        });
        let body = match question {
            Some((at, question)) => {
                let place = journey.place(at);
                let piped = piping::answered_question(question, questionnaire, &answers);
                view! {
                    <p class="ds-progress-label">{place}</p>
                    {ui::carried("at", question.key.to_string())}
                    {fields::view_for(&piped, &form, &Announced::Alone, form.value("seed"))}
                    <div class="govuk-button-group">
                        <button type="submit" class="govuk-button" name=ui::STEP value="next">"Go on"</button>
                        {back}
                    </div>
                }
                .into_any()
            }
            None => view! {
                <h1>"The end"</h1>
                <p>"Here residents check their answers and send them."</p>
                <dl class="govuk-summary-list">{rows(questionnaire, &journey, &answers)}</dl>
                <div class="govuk-button-group">{back}</div>
            }
            .into_any(),
        };
        view! {
            <a class="govuk-back-link" href=here.clone()>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="govuk-inset-text">
                <p><strong>"Nothing you enter here is kept."</strong>" You see the survey as residents would. "<a href=format!("{here}/try")>"Start again"</a></p>
            </div>
            <p class="ds-heading__caption">{asked.survey.title.clone()}</p>
            <form method="post" action=format!("{here}/try") novalidate>
                {ui::carried("seed", form.value("seed"))}
                {carried}
                {body}
            </form>
        }
    })
    .with_form(&refused)
}

/// What was asked and answered, in order.
fn rows(questionnaire: &Questionnaire, journey: &Journey<'_>, answers: &Answers) -> Vec<AnyView> {
    let rows = journey.asked().iter().filter_map(|at| {
        let question = questionnaire.at(*at)?;
        let shown = answers.get(question.key).map(|answer| question.kind.show(answer)).unwrap_or_default();
        let shown = if shown.is_empty() { "Not answered".to_owned() } else { shown };
        let text = piping::answered_question(question, questionnaire, answers).text;
        let view = view! {
            <div class="govuk-summary-list__row">
                <dt class="govuk-summary-list__key">{text}</dt>
                <dd class="govuk-summary-list__value">{ui::paragraphs(&shown)}</dd>
            </div>
        };
        Some(view.into_any())
    });
    rows.collect()
}
