//! One paper form of a batch: entering it, entering it again, and settling where the two differ.

use leptos::prelude::*;

use crate::audit;
use crate::questionnaires::answer::Answers;
use crate::questionnaires::fields;
use crate::questionnaires::piping;
use crate::questionnaires::question::Question;
use crate::surveys::batches::batch::differences;
use crate::surveys::batches::key::{self, Refused};
use crate::surveys::batches::{Batch, Stage, Standing, settle, store};
use crate::surveys::pages::{staff_batch, staff_enter};
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The box to tick where a form has no answers.
const BLANK: &str = "blank";

/// `/staff/surveys/{id}/batches/{batch}/forms/{number}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let (asked, standing) = staff_batch::found(&req).await?;
    let number: i64 = req.id("number")?;
    match key::due(&standing, &asked, number, req.account()?.id) {
        Ok(keying) => Ok(entering(asked, standing.batch, number, keying, Form::default()).into()),
        Err(Refused::NoSuchForm) => Err(PageError::NotFound),
        Err(Refused::Keyed) if is_differing(&asked, &standing, number) => {
            Ok(comparing(asked, standing, number, Form::default()).into())
        }
        Err(refused) => Ok(Reply::redirect(staff_batch::path(&standing.batch)).noting(in_words(&refused, number))),
    }
}

/// Keeps what was entered, or what was chosen.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let (asked, standing) = staff_batch::found(&req).await?;
    let number: i64 = req.id("number")?;
    if req.form().value("step") == "settle" {
        return choose(&req, asked, standing, number).await;
    }
    let by = req.account()?.clone();
    let mut form = req.form();
    // The one that the person was asked for, and not the one that is due by now.
    let keying = match form.value("keying") {
        "1" => 1,
        "2" => 2,
        _ => return Err(PageError::BadRequest("This form was not made by us. Go back and send it again.".into())),
    };
    if fields::press(asked.version.questionnaire.questions(), &mut form) {
        return Ok(entering(asked, standing.batch, number, keying, form).into());
    }
    let Some(answers) = read(&asked, &mut form) else {
        return Ok(entering(asked, standing.batch, number, keying, form).into());
    };
    let mut tx = req.app.db.write().await?;
    let at = (standing.batch.batch_id, number, keying);
    if let Err(refused) = key::key(&mut tx, &req.app.random, &asked, at, &answers, by.id).await? {
        drop(tx);
        form.error(&staff_enter::first_field(&asked), in_words(&refused, number));
        return Ok(entering(asked, standing.batch, number, keying, form).into());
    }
    // As for answers entered without a batch: that somebody did that day, never which.
    let object = format!("survey/{}", asked.survey.id);
    audit::record_first_of_day(&mut tx, req.now(), &by.actor(), "entered answers", &object).await?;
    let after = store::find(&mut tx, &asked, standing.batch.batch_id).await?.ok_or(PageError::NotFound)?;
    tx.commit().await?;
    Ok(Reply::redirect(next_path(&asked, &after)).saying(format!("Form {number} is kept")))
}

/// What is written on the form: no answers at all where somebody says that nothing is. An empty form is not taken by
/// itself, for it may have been sent by a slip. None where something is wrong, which the form then says.
fn read(asked: &Asked, form: &mut Form) -> Option<Answers> {
    let answers = staff_enter::read_answers(asked, form, false)?;
    match (form.has(BLANK, "yes"), answers.are_blank()) {
        (false, false) => return Some(answers),
        (true, true) => return Some(Answers::default()),
        (true, false) => form.error(
            BLANK,
            "You ticked that nothing is written on the form, but there are answers. Take away the tick, or the answers",
        ),
        (false, true) => form.error(
            &staff_enter::first_field(asked),
            "No question is answered yet. Enter at least one answer, or tick that nothing is written on the form",
        ),
    }
    None
}

/// The next form that is not entered, or the batch.
fn next_path(asked: &Asked, standing: &Standing) -> String {
    let at = staff_batch::path(&standing.batch);
    match standing.stage(&asked.version.questionnaire) {
        Stage::Keying(numbers) => numbers.first().map_or(at.clone(), |number| format!("{at}/forms/{number}")),
        _ => at,
    }
}

async fn choose(req: &Req, asked: Asked, standing: Standing, number: i64) -> Result<Reply, PageError> {
    let mut form = req.form();
    let Ok(keying) = form.value("keying").parse() else {
        form.error("keying", "Choose what the paper says");
        return Ok(comparing(asked, standing, number, form).into());
    };
    let batch = &standing.batch;
    let mut tx = req.app.db.write().await?;
    if settle::settle(&mut tx, &asked, (batch.batch_id, number), keying).await? {
        // Which form it was would lie between whoever keyed it and its answers.
        req.audit(&mut tx, "settled a form", &format!("survey/{}", asked.survey.id), &batch.name).await?;
        tx.commit().await?;
        return Ok(Reply::redirect(staff_batch::path(batch)).saying(format!("Form {number} is settled")));
    }
    drop(tx);
    Ok(Reply::redirect(staff_batch::path(batch)).noting("Nothing was changed: look again at what is to be done"))
}

fn is_differing(asked: &Asked, standing: &Standing, number: i64) -> bool {
    standing.differing(&asked.version.questionnaire).contains(&number)
}

fn in_words(refused: &Refused, number: i64) -> String {
    match refused {
        Refused::Closed => "The batch is closed".to_owned(),
        Refused::NoSuchForm => format!("The batch has no form {number}. Change how many forms there are first"),
        Refused::Keyed => format!("Form {number} was entered before. Look at the number on the paper"),
        Refused::SamePerson => format!("You entered form {number} yourself. Somebody else must enter it again"),
    }
}

fn heading(batch: &Batch, words: String) -> AnyView {
    view! {
        <div class="ds-heading"><h1><span class="ds-heading__caption">{batch.name.clone()}</span>" "{words}</h1></div>
    }
    .into_any()
}

fn back(batch: &Batch) -> AnyView {
    view! { <a class="govuk-back-link" href=staff_batch::path(batch)>"Back to the batch"</a> }.into_any()
}

fn entering(asked: Asked, batch: Batch, number: i64, keying: i64, form: Form) -> Page {
    let error_form = form.clone();
    let title = if keying == 2 { format!("Enter form {number} again") } else { format!("Enter form {number}") };
    Page::staff(title.clone(), move || {
        let words = if keying == 2 {
            "Enter what the paper says, without asking what your colleague entered."
        } else {
            "Write this number on the paper, so that it can be found again."
        };
        view! {
            {back(&batch)}
            {ui::error_summary(&form)}
            {heading(&batch, title)}
            <p>{words}</p>
            <form method="post" novalidate>
                {ui::carried("step", "enter")}
                {ui::carried("keying", keying.to_string())}
                {staff_enter::questions(&asked, &form, false)}
                {ui::checkbox(&form, BLANK, "yes", "Nothing is written on it, or no form has this number")}
                {ui::button("Keep this form")}
            </form>
        }
    })
    .with_form(&error_form)
}

fn comparing(asked: Asked, standing: Standing, number: i64, form: Form) -> Page {
    let error_form = form.clone();
    let title = format!("Settle form {number}");
    Page::staff(title.clone(), move || {
        let nothing = Answers::default();
        let (one, other) = match standing.keyings(number).as_slice() {
            [one, other] => (&one.answers, &other.answers),
            _ => (&nothing, &nothing),
        };
        let questionnaire = &asked.version.questionnaire;
        let rows = differences(questionnaire, one, other).into_iter().filter_map(|position| {
            let question = questionnaire.at(position)?;
            Some(view! {
                <tr>
                    <th scope="row">{format!("{}. {}", position + 1, piping::described(&question.text, questionnaire))}</th>
                    <td>{ui::paragraphs(&shown(question, one))}</td>
                    <td>{ui::paragraphs(&shown(question, other))}</td>
                </tr>
            })
        });
        let rows = rows.collect_view();
        let caption = "Where the two differ";
        view! {
            {back(&standing.batch)}
            {ui::error_summary(&form)}
            {heading(&standing.batch, title)}
            <div class="ds-scroll" role="region" aria-label=caption tabindex="0">
                <table class="ds-table">
                    <caption>{caption}</caption>
                    <thead><tr><th scope="col">"Question"</th><th scope="col">"Entered first"</th><th scope="col">"Entered again"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <form method="post" novalidate>
                {ui::carried("step", "settle")}
                {ui::radios(&form, "keying", "What does the paper say?", [
                    ("1", "What was entered first"),
                    ("2", "What was entered again"),
                ]).hint("The whole form is taken as you choose.").view()}
                {ui::button("Settle the form")}
            </form>
        }
    })
    .with_form(&error_form)
}

fn shown(question: &Question, answers: &Answers) -> String {
    let shown = answers.get(question.key).map(|answer| question.kind.show(answer)).unwrap_or_default();
    if shown.is_empty() { "Left blank".to_owned() } else { shown }
}
