//! A new survey out of a file: choose it, see what was read and what could not be, then make the draft.

use chrono::TimeDelta;
use leptos::prelude::*;

use crate::questionnaires::document::Fault;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::{piping, words};
use crate::surveys::describe;
use crate::surveys::files::document::{self, Document};
use crate::surveys::files::limesurvey;
use crate::surveys::files::store::{self, Source};
use crate::surveys::kind::SurveyKind;
use crate::surveys::measured;
use crate::surveys::pages::staff_details;
use crate::surveys::survey::Access;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The most faults shown at once.
const MOST_FAULTS: usize = 50;
/// For how many days a survey out of a file is open unless somebody says otherwise.
const OPEN_FOR: i64 = 28;

/// `/staff/surveys/import`
pub async fn get(_req: Req) -> Result<Reply, PageError> {
    Ok(choose(Form::default()).into())
}

/// A file that was read, on its way through the preview.
struct Read {
    file_name: String,
    document: Document,
    /// The document as it goes along in the form.
    text: String,
    left: Vec<(String, String)>,
}

/// Reads a file and shows it, or makes the draft of the file that was shown.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let form = req.form();
    if form.value("step") == "make" { make(&req, form).await } else { look(&req, form).await }
}

async fn look(req: &Req, mut form: Form) -> Result<Reply, PageError> {
    let Some(file) = req.upload("file") else {
        form.error("file", "Choose the file of the questions");
        return Ok(choose(form).into());
    };
    let standards = measured::slugs(&mut req.app.db.read().await?).await?;
    let (document, left) = if file.bytes.trim_ascii_start().starts_with(b"{") {
        match Document::read(&file.bytes, &req.landlord, &standards) {
            Ok(document) => (document, Vec::new()),
            Err(faults) => {
                say(&mut form, &faults);
                return Ok(choose(form).into());
            }
        }
    } else {
        match limesurvey::read(&file.bytes) {
            Ok(carried) => {
                let left = carried.left.iter().map(|left| (left.place.clone(), left.why.clone())).collect();
                (Document::carried(&carried), left)
            }
            Err(refused) => {
                form.error("file", refused.in_words());
                return Ok(choose(form).into());
            }
        }
    };
    let text = document.write(&standards).to_string();
    if text.len() > document::LARGEST {
        form.error("file", "The questions are more than 300 kB long. Leave some of them out");
        return Ok(choose(form).into());
    }
    let details = details(req, &document);
    let file_name = file.name.chars().take(200).collect();
    Ok(preview(Read { file_name, document, text, left }, details).into())
}

/// The form of a new survey, filled with what the file says, and with times to be looked at.
fn details(req: &Req, document: &Document) -> Form {
    let mut form = Form::filled(&[
        ("minutes", "5"),
        ("access", Access::Open.code()),
        ("opens_time", "09:00"),
        ("closes_time", "23:59"),
    ]);
    for (name, value) in &document.texts {
        form.set(name, value);
    }
    form.set("kind", document.kind.code());
    let opens = req.today() + TimeDelta::days(1);
    form.set_day("opens", Some(opens));
    form.set_day("closes", Some(opens + TimeDelta::days(OPEN_FOR)));
    form
}

async fn make(req: &Req, mut form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.write().await?;
    let standards = measured::slugs(&mut tx).await?;
    let text = form.value("document").to_owned();
    let tampered = || PageError::BadRequest("This form was not made by us. Go back and choose the file again.".into());
    let document = Document::read(text.as_bytes(), &req.landlord, &standards).map_err(|_| tampered())?;
    let left: Vec<(String, String)> = serde_json::from_str(form.value("left")).map_err(|_| tampered())?;
    let file_name = form.value("file_name").to_owned();
    let kind = if document.kind.feeds_measures() {
        Some(document.kind)
    } else {
        let chosen = form.choice::<SurveyKind>("kind", "Choose what kind of survey it is");
        chosen.filter(|kind| !kind.feeds_measures())
    };
    let description = describe::read(&mut form);
    let Some((kind, description)) = kind.zip(description) else {
        return Ok(preview(Read { file_name, document, text, left }, form).into());
    };
    let now = req.now();
    let id = describe::create(&mut tx, &req.app.random, kind, &description, &document.questionnaire, now).await?;
    store::insert_source(&mut tx, id, &Source { file_name, left_out: left, read_at: now }).await?;
    req.audit(&mut tx, "made a survey from a file", &format!("survey/{id}"), &description.title).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{id}")).saying("The draft was made. Look through its questions"))
}

fn say(form: &mut Form, faults: &[Fault]) {
    for fault in faults.iter().take(MOST_FAULTS) {
        form.error("file", fault.to_string());
    }
    if faults.len() > MOST_FAULTS {
        form.error("file", format!("and {} more", faults.len() - MOST_FAULTS));
    }
}

fn choose(form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Make a survey from a file", move || {
        view! {
            {back()}
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1>"Make a survey from a file"</h1><p>"You see what was read before anything is made."</p></div>
            <form method="post" enctype="multipart/form-data" novalidate>
                {ui::file(&form, "file", "The file", "A questionnaire saved from Doorstep (.json), or a survey’s structure exported from LimeSurvey (.lss), up to 5 MB", ".json,.lss,.xml")}
                {ui::button("Read the file")}
            </form>
        }
    })
    .with_form(&refused)
}

fn back() -> AnyView {
    view! { <a class="govuk-back-link" href="/staff/surveys">"Surveys"</a> }.into_any()
}

fn preview(read: Read, form: Form) -> Page {
    let refused = form.clone();
    Page::staff("Check the survey", move || {
        let questionnaire = &read.document.questionnaire;
        let many = ui::counted(questionnaire.questions().len(), "question was read", "questions were read");
        let lead = match read.left.len() {
            0 => format!("{many}. Nothing is made until you press the button."),
            _ => format!("{many}, and not all could be taken over as it was. Nothing is made until you press the button."),
        };
        let of_measures = read.document.kind.feeds_measures();
        let kind = if of_measures {
            ui::facts(vec![("Kind", read.document.kind.label().into_any())])
        } else {
            let kinds = SurveyKind::ALL.into_iter().filter(|kind| !kind.feeds_measures());
            let kinds: Vec<_> = kinds.map(|kind| (kind.code(), kind.choice())).collect();
            ui::radios(&form, "kind", "What kind of survey it is", kinds).hint("This cannot be changed later.").view()
        };
        let carried_left = serde_json::to_string(&read.left).unwrap_or_default();
        view! {
            <a class="govuk-back-link" href="/staff/surveys/import">"Choose another file"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{read.file_name.clone()}</span>" Check the survey"</h1><p class="ds-lead">{lead}</p></div>
            {left_out(&read.left)}
            <section class="ds-section">
                <h2>"The questions"</h2>
                {questions(questionnaire)}
            </section>
            <section class="ds-section">
                <h2>"What the survey says and when it is open"</h2>
                <form method="post" action="/staff/surveys/import" novalidate>
                    {ui::carried("document", read.text.clone())}
                    {ui::carried("left", carried_left)}
                    {ui::carried("file_name", read.file_name.clone())}
                    {kind}
                    {staff_details::texts(&form, of_measures)}
                    <button type="submit" class="govuk-button" name=ui::STEP value="make">"Make the draft"</button>
                </form>
            </section>
        }
    })
    .with_form(&refused)
}

/// What could not be taken over, place by place.
pub(super) fn left_out(left: &[(String, String)]) -> Option<AnyView> {
    if left.is_empty() {
        return None;
    }
    let rows = left
        .iter()
        .map(|(place, why)| view! { <tr><th scope="row">{place.clone()}</th><td>{why.clone()}"."</td></tr> });
    let rows = rows.collect_view();
    let view = view! {
        <section class="ds-section">
            <h2>"What could not be taken over as it was"</h2>
            <div class="ds-scroll ds-scroll--tall" role="region" aria-label="What could not be taken over" tabindex="0">
                <table class="ds-table">
                    <thead><tr><th scope="col">"Where"</th><th scope="col">"What happened"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    };
    Some(view.into_any())
}

fn questions(questionnaire: &Questionnaire) -> AnyView {
    let rows = questionnaire.questions().iter().enumerate().map(|(at, question)| {
        let text = piping::described(&question.text, questionnaire);
        let only = words::only_if(questionnaire, question).map(|only| format!("Only if {only}."));
        let onward = words::onward(questionnaire, question).join(" ");
        let options = question.kind.options().join(" · ");
        let must = if question.required { "Must be answered" } else { "" };
        view! {
            <tr>
                <td class="ds-table__number">{at + 1}</td>
                <th scope="row">{text}<p class="ds-meta">{options}</p></th>
                <td>{question.kind.name()}</td>
                <td>{must}</td>
                <td>{only}" "{onward}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="ds-scroll ds-scroll--tall" role="region" aria-label="The questions" tabindex="0">
            <table class="ds-table">
                <thead><tr>
                    <th scope="col" class="ds-table__number">"Number"</th><th scope="col">"Question"</th>
                    <th scope="col">"Kind"</th><th scope="col">"Required"</th><th scope="col">"Who is asked"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
