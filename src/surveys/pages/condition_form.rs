//! The lists and lines of a condition, as a form without script draws them.

use leptos::prelude::*;

use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::{self, Questionnaire};
use crate::questionnaires::{piping, routing};
use crate::surveys::build::{self, Refused};
use crate::surveys::logic::{self, ALL, ANY, How, LISTS};
use crate::surveys::pages::staff_details;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, PageError, Req};

/// The part of the page with the condition, where an error about all of it leads.
pub const CONDITION: &str = "condition";

/// What the button of a form asks for.
pub enum Step {
    /// To draw the form again, with a line more.
    Again(Form),
    /// To keep the condition, or what else the value of the button says.
    Do(Form, String),
}

/// Reads which button was pressed, and takes out the lines that are to go.
pub fn step(form: Form, before: &[Question]) -> Step {
    let mut form = logic::tidy(form);
    let pressed = form.value("step").to_owned();
    for list in LISTS {
        if pressed == format!("add-{list}") {
            logic::add(&mut form, list, before);
            return Step::Again(form);
        }
    }
    Step::Do(form, pressed)
}

/// A question of a survey as staff read it, with where it stands.
pub struct Stands {
    pub asked: Asked,
    pub position: usize,
    pub question: Question,
}

/// The question of the address.
pub async fn stands(req: &Req) -> Result<Stands, PageError> {
    let asked = staff_details::found(req).await?;
    let questionnaire = &asked.version.questionnaire;
    let position = questionnaire.position(req.id("key")?).ok_or(PageError::NotFound)?;
    let question = questionnaire.at(position).ok_or(PageError::NotFound)?;
    let question = piping::described_question(question, questionnaire);
    Ok(Stands { asked, position, question })
}

/// The first so many questions with their texts as staff read them, but for sealed ones, on which nothing may hang.
pub fn first(many: usize, among: &Questionnaire) -> Vec<Question> {
    let open = among.questions().iter().take(many).filter(|question| question.sealed.is_none());
    open.map(|question| piping::described_question(question, among)).collect()
}

/// Makes a change to who is asked what, which gives what the log says of it after the question's words. False where it is
/// refused, which the form then says.
pub async fn keep(
    req: &Req,
    of: &Stands,
    form: &mut Form,
    did: &str,
    edit: impl FnOnce(&mut Questionnaire) -> Result<String, questionnaire::Refused>,
) -> Result<bool, PageError> {
    let survey = &of.asked.survey;
    let mut tx = req.app.db.write().await?;
    match build::change(&mut tx, &of.asked, edit).await {
        Ok(said) => {
            let detail = format!("{}: {said}", of.question.text);
            req.audit(&mut tx, did, &format!("survey/{}", survey.id), &detail).await?;
            if survey.published_at.is_some() {
                tx.public_changed();
            }
            tx.commit().await?;
            Ok(true)
        }
        Err(Refused::Internal(error)) => Err(error.into()),
        Err(refused) => {
            form.error(CONDITION, refused.in_words().unwrap_or_default());
            Ok(false)
        }
    }
}

/// Draws the lists. `when` is said before the lines: "Ask this question only if".
pub fn view(form: &Form, before: &[Question], when: &str) -> AnyView {
    let error = form.error_of(CONDITION).map(|message| {
        view! { <p class="govuk-error-message"><span class="govuk-visually-hidden">"Error: "</span>{message.to_owned()}</p> }
    });
    let second = (!logic::lines(form, 1).is_empty()).then(|| {
        let open = !logic::lines(form, 2).is_empty() || form.error_of("l2-add").is_some();
        let both = [(ALL, "Both lists must fit"), (ANY, "One of the two lists is enough")];
        view! {
            <details class="govuk-details" open=open>
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"A second list"</span></summary>
                <div class="govuk-details__text">
                    {ui::radios(form, "lists", "How the two lists work together", both).view()}
                    {list(form, 2, before, "And for the second list")}
                </div>
            </details>
        }
    });
    view! {
        <div id=CONDITION tabindex="-1">
            {error}
            {list(form, 1, before, when)}
            {second}
        </div>
    }
    .into_any()
}

fn list(form: &Form, list: usize, before: &[Question], when: &str) -> AnyView {
    let lines = logic::lines(form, list);
    // The line that was added last has the focus: an address that leads to it would keep an error from having it.
    let added = (form.is_valid() && form.value("step") == format!("add-{list}")).then_some(lines.len());
    let several = lines.len() > 1;
    let join = logic::join_field(list);
    let joined = if several {
        let how = [(ALL, "all of these are so"), (ANY, "any one of these is so")];
        ui::radios(form, &join, when, how).view()
    } else {
        // One line needs no joining, but a second must find what was chosen before.
        let value = if form.has(&join, ANY) { ANY } else { ALL };
        let heading = (!lines.is_empty()).then(|| view! { <p class="govuk-heading-s">{when.to_owned()}</p> });
        view! { {ui::carried(&join, value)}{heading} }.into_any()
    };
    let drawn: Vec<AnyView> = lines
        .iter()
        .enumerate()
        .map(|(at, key)| {
            let position = before.iter().position(|question| question.key == *key);
            let found = position.zip(position.and_then(|at| before.get(at)));
            line(form, &logic::line_field(list, at + 1), *key, found, added == Some(at + 1))
        })
        .collect();
    let blank = (String::new(), "Choose a question".to_owned());
    let offered = before.iter().enumerate().map(|(at, question)| {
        let words: String = question.text.chars().take(60).collect();
        (question.key.to_string(), format!("{}. {words}", at + 1))
    });
    let label = if lines.is_empty() { "Question it depends on" } else { "Another question it depends on" };
    let select = ui::select(form, &format!("l{list}-add"), label, std::iter::once(blank).chain(offered));
    view! {
        <div>
            {joined}
            {drawn}
            <div class="ds-filters">
                {select}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=format!("add-{list}")>"Add a line"</button>
            </div>
        </div>
    }
    .into_any()
}

fn line(form: &Form, field: &str, key: u16, found: Option<(usize, &Question)>, has_focus: bool) -> AnyView {
    let triggers = found.map(|(_, question)| routing::triggers(&question.kind)).unwrap_or_default();
    let hows = How::EVERY.into_iter().filter(|how| !how.ticks() || !triggers.is_empty());
    let hows = hows.map(|how| (how.code(), how.label()));
    let legend = found.map_or_else(
        || "A question that does not come before".to_owned(),
        |(position, question)| format!("{}. {}", position + 1, question.text),
    );
    let boxes = (!triggers.is_empty()).then(|| {
        let triggers = triggers.iter().map(|(code, label)| (code.to_string(), label.clone()));
        ui::checkboxes(form, &format!("{field}-answers"), "Answers", triggers).view()
    });
    view! {
        <fieldset class="govuk-fieldset ds-line" tabindex=has_focus.then_some("-1") autofocus=has_focus>
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{legend}</legend>
            {ui::carried(field, key.to_string())}
            {ui::select(form, &format!("{field}-how"), "The answer", hows)}
            {boxes}
        </fieldset>
    }
    .into_any()
}
