//! A file of answers before it comes in: what its columns hold, what is wrong in which row, and how it would be read.

use leptos::prelude::*;

use crate::clock;
use crate::exchange::Fault;
use crate::questionnaires::response::Channel;
use crate::surveys::enter;
use crate::surveys::files::intake::bring_in::{self, Came, Refused, bring_in};
use crate::surveys::files::intake::cell::Numbers;
use crate::surveys::files::intake::look::{Entry, Reading, Seen, look};
use crate::surveys::files::intake::slot::{self, DAY, Slot};
use crate::surveys::files::intake::store::{self, AnswerFile};
use crate::surveys::files::intake::table::{self, Table};
use crate::surveys::pages::{staff_details, staff_enter, staff_intake};
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::number::grouped;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The most faults and warnings shown at once.
const MOST_FAULTS: usize = 100;
/// How many rows are shown as they are read.
const ROWS_SHOWN: usize = 10;

/// A file with all that is known of it.
struct Found {
    asked: Asked,
    file: AnswerFile,
    slots: Vec<Slot>,
    table: Table,
}

/// `/staff/surveys/{id}/import/{file}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let found = match found(&req).await? {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    let form = fill(&found.file.reading);
    show(&req, found, form).await
}

/// Keeps how the file is read, brings it in, or throws it away.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let found = match found(&req).await? {
        Ok(found) => found,
        Err(reply) => return Ok(reply),
    };
    match req.form().value("step") {
        "apply" => apply(&req, found).await,
        "discard" => discard(&req, &found).await,
        _ => save(&req, found).await,
    }
}

/// The file of the address; where it was decided or nothing comes in any more, the reply that says so.
async fn found(req: &Req) -> Result<Result<Found, Reply>, PageError> {
    let asked = staff_details::found(req).await?;
    if let Some(page) = staff_intake::closed(&asked, req) {
        return Ok(Err(page.into()));
    }
    let file_id: i64 = req.id("file")?;
    let file = store::find(&mut req.app.db.read().await?, &asked, file_id).await?;
    let file = file.ok_or(PageError::NotFound)?;
    let slots = slot::slots(&asked.version.questionnaire);
    let Some(content) = &file.content else {
        return Ok(Err(Reply::redirect(format!("/staff/surveys/{}/import", asked.survey.id))
            .noting("This file was decided before")));
    };
    let table = table::read(content, &slots).map_err(|error| PageError::Internal(error.words()))?;
    Ok(Ok(Found { asked, file, slots, table }))
}

fn column(at: usize) -> String {
    format!("column-{}", at + 1)
}

fn fill(reading: &Reading) -> Form {
    let mut form = Form::filled(&[("by", &reading.channel), ("numbers", &reading.numbers)]);
    form.set_day("on", reading.day);
    for (at, code) in reading.columns.iter().enumerate() {
        form.set(&column(at), code);
    }
    form
}

/// How the file is read by what the form says; none when something is wrong, which the form then says.
fn read(form: &mut Form, found: &Found) -> Option<Reading> {
    let columns: Vec<String> = (0..found.table.heads.len()).map(|at| form.value(&column(at)).to_owned()).collect();
    for (at, code) in columns.iter().enumerate().filter(|(_, code)| !code.is_empty()) {
        if !found.slots.iter().any(|slot| slot.code == *code) {
            form.error(&column(at), "Choose what the column holds");
        } else if columns.iter().take(at).any(|earlier| earlier == code) {
            form.error(&column(at), "Another column holds this too. Choose one of them");
        }
    }
    let answers = columns.iter().filter_map(|code| found.slots.iter().find(|slot| slot.code == *code));
    if !answers.into_iter().any(|slot| slot.answers.is_some()) {
        form.error(&column(0), "Say of at least one column which question it answers");
    }
    let channel = form.choice::<Channel>("by", "Choose how people answered");
    if channel.is_some_and(|channel| !Channel::ENTERED.contains(&channel)) {
        form.error("by", "Choose how people answered");
    }
    let numbers = form.choice::<Numbers>("numbers", "Choose what numbers in the file mean");
    let has_days = columns.iter().any(|code| code == DAY);
    let day = if has_days { form.optional_day("on", "The day") } else { form.day("on", "The day") };
    if form.is_valid() {
        Some(Reading {
            channel: channel?.code().to_owned(),
            day: day.filter(|_| !has_days),
            numbers: numbers?.code().to_owned(),
            columns,
        })
    } else {
        None
    }
}

async fn save(req: &Req, found: Found) -> Result<Reply, PageError> {
    let mut form = req.form();
    let Some(reading) = read(&mut form, &found) else { return show(req, found, form).await };
    let mut tx = req.app.db.write().await?;
    store::save_reading(&mut tx, found.file.file_id, &reading).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("{}#preview", at(&found))))
}

fn at(found: &Found) -> String {
    format!("/staff/surveys/{}/import/{}", found.asked.survey.id, found.file.file_id)
}

async fn discard(req: &Req, found: &Found) -> Result<Reply, PageError> {
    let mut tx = req.app.db.write().await?;
    let object = format!("survey/{}", found.asked.survey.id);
    if store::decide(&mut tx, found.file.file_id, "discarded", "Not brought in", req.now()).await? {
        req.audit(&mut tx, "threw a file of answers away", &object, &found.file.name).await?;
    }
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{}/import", found.asked.survey.id)).saying("Nothing was brought in"))
}

async fn apply(req: &Req, found: Found) -> Result<Reply, PageError> {
    let mut form = fill(&found.file.reading);
    let seen = look(&found.asked, &found.table, &found.file.reading, req.now());
    let channel = found.file.reading.channel.parse::<Channel>().ok();
    let Some(channel) = channel.filter(|_| seen.faults.is_empty() && !seen.entries.is_empty()) else {
        form.error("by", "The file cannot come in as it is read now. Look at what is said below");
        return show(req, found, form).await;
    };
    let survey = &found.asked.survey;
    let mut tx = req.app.db.write().await?;
    let came = match bring_in(&mut tx, &req.app.random, &found.asked, channel, &seen.entries, req.now()).await {
        Ok(came) => came,
        Err(Refused::Internal(error)) => return Err(error.into()),
        Err(refused) => {
            drop(tx);
            form.error("by", in_words(&refused, &found));
            return show(req, found, form).await;
        }
    };
    let outcome = said(&came);
    if !store::decide(&mut tx, found.file.file_id, "applied", &outcome, req.now()).await? {
        return Ok(
            Reply::redirect(format!("/staff/surveys/{}/import", survey.id)).noting("This file was decided before")
        );
    }
    let detail = format!("{}, {}", channel.name(), outcome);
    req.audit(&mut tx, "brought answers in from a file", &format!("survey/{}", survey.id), &detail).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{}/import", survey.id)).saying(outcome))
}

fn in_words(refused: &Refused, found: &Found) -> String {
    match refused {
        Refused::Survey(refused) => staff_enter::in_words(refused, &found.asked.survey),
        Refused::NotEntered => staff_enter::in_words(&enter::Refused::NotEntered, &found.asked.survey),
        _ => "Somebody else was at work on this survey. Look at the file again, then bring it in".to_owned(),
    }
}

fn said(came: &Came) -> String {
    let mut words = vec![ui::counted(came.new, "person’s answers were brought in", "people’s answers were brought in")];
    if came.known > 0 {
        words.push(format!("{} were there before", grouped(&came.known)));
    }
    if came.changed > 0 {
        words.push(format!("{} were there before with other answers and stay as they were", grouped(&came.changed)));
    }
    words.join(", ")
}

async fn show(req: &Req, found: Found, form: Form) -> Result<Reply, PageError> {
    let is_chosen = !found.file.reading.channel.is_empty();
    let seen = is_chosen.then(|| look(&found.asked, &found.table, &found.file.reading, req.now()));
    let came = match &seen {
        Some(seen) => Some(bring_in::compare(&mut req.app.db.read().await?, &found.asked, &seen.entries).await?),
        None => None,
    };
    let refused = form.clone();
    Ok(Page::staff("Check the answers", move || {
        let lead = format!(
            "{} and {}. Nothing comes in until you press the button at the end.",
            ui::counted(found.table.rows.len(), "row", "rows"),
            ui::counted(found.table.heads.len(), "column", "columns"),
        );
        let preview = seen.zip(came).map(|(seen, came)| preview(&found, &seen, &came));
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}/import", found.asked.survey.id)>"Choose another file"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading"><h1><span class="ds-heading__caption">{found.file.name.clone()}</span>" Check the answers"</h1><p class="ds-lead">{lead}</p></div>
            {reading_form(&found, &form)}
            {preview}
            <form method="post">
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value="discard">"Throw the file away"</button>
            </form>
        }
    })
    .with_form(&refused)
    .into())
}

fn reading_form(found: &Found, form: &Form) -> AnyView {
    let channels = Channel::ENTERED.map(|channel| (channel.code(), channel.name()));
    let numbers = [
        (Numbers::Places.code(), "They count the answers of the question: 1 is the first"),
        (Numbers::Codes.code(), "They are the codes of our codebook: 8 is the first answer, 0 to 4 are none"),
    ];
    let choices = || {
        let slots = found.slots.iter().map(|slot| (slot.code.clone(), shortened(&slot.label)));
        std::iter::once((String::new(), "Leave it out".to_owned())).chain(slots)
    };
    let columns = found.table.heads.iter().enumerate().map(|(at, head)| {
        let example = found.table.rows.iter().filter_map(|row| row.cells.get(at)).find(|cell| !cell.is_empty());
        let head = if head.is_empty() { format!("Column {}", at + 1) } else { head.clone() };
        let label = match example {
            Some(example) => format!("{} (for example “{}”)", shortened(&head), shortened(example)),
            None => format!("{} (empty)", shortened(&head)),
        };
        ui::select(form, &column(at), label, choices())
    });
    let columns = columns.collect_view();
    view! {
        <form method="post" novalidate>
            {ui::radios(form, "by", "How people answered", channels).view()}
            {ui::day(form, "on", "The day they answered", "For all rows alike. It is not looked at where a column holds the day.")}
            {ui::radios(form, "numbers", "What numbers mean where people choose from a list", numbers).view()}
            <section class="ds-section">
                <h2>"What the columns hold"</h2>
                <p>"A column with a number or reference for each row makes sure that a person is known again when a later file holds them too."</p>
                {columns}
            </section>
            <button type="submit" class="govuk-button" name=ui::STEP value="look">"Show me how it is read"</button>
        </form>
    }
    .into_any()
}

fn shortened(words: &str) -> String {
    let cut: String = words.chars().take(70).collect();
    if cut.len() < words.len() { format!("{cut}…") } else { cut }
}

fn preview(found: &Found, seen: &Seen, came: &Came) -> AnyView {
    let apply = (seen.faults.is_empty() && !seen.entries.is_empty()).then(|| {
        view! {
            <form method="post">
                <button type="submit" class="govuk-button" name=ui::STEP value="apply">"Bring the answers in"</button>
            </form>
        }
    });
    let why_not = (!seen.faults.is_empty()).then(|| {
        view! { <div class="govuk-inset-text">"Nothing can come in while a row cannot be read. Change what the columns hold above, or mend the file and send it again."</div> }
    });
    let facts = [
        ("rows that are new", came.new),
        ("rows that came in before", came.known),
        ("rows that came before with other answers", came.changed),
        ("things to mend", seen.faults.len()),
        ("things to know", seen.warnings.len()),
    ];
    let facts = facts.map(|(what, many)| view! { <div class="ds-fact"><dt>{what}</dt><dd>{grouped(&many)}</dd></div> });
    view! {
        <section class="ds-section" id="preview">
            <h2>"How the file is read"</h2>
            <dl class="ds-facts">{facts.into_iter().collect_view()}</dl>
            {why_not}
            {faults("What must be mended", &seen.faults)}
            {faults("What will not count", &seen.warnings)}
            {rows(found, &seen.entries)}
            {apply}
        </section>
    }
    .into_any()
}

fn faults(heading: &'static str, faults: &[Fault]) -> Option<AnyView> {
    if faults.is_empty() {
        return None;
    }
    let more = faults.len().saturating_sub(MOST_FAULTS);
    let items = faults.iter().take(MOST_FAULTS).map(|fault| view! { <li>{fault.to_string()}"."</li> }).collect_view();
    let more = (more > 0).then(|| view! { <p>{format!("and {} more.", grouped(&more))}</p> });
    Some(view! { <h3>{heading}</h3><ul class="govuk-list govuk-list--bullet">{items}</ul>{more} }.into_any())
}

/// The first rows, each as the answers that would be kept.
fn rows(found: &Found, entries: &[Entry]) -> Option<AnyView> {
    if entries.is_empty() {
        return None;
    }
    let questions = found.asked.version.questionnaire.questions();
    let heads =
        (1..=questions.len()).map(|number| view! { <th scope="col">{format!("q{number}")}</th> }).collect_view();
    let rows = entries.iter().take(ROWS_SHOWN).map(|entry| {
        let cells = questions.iter().map(|question| {
            let said = entry.answers.get(question.key).map(|answer| question.kind.show(answer)).unwrap_or_default();
            view! { <td>{shortened(&said)}</td> }
        });
        let cells = cells.collect_view();
        view! { <tr><th scope="row">{entry.row}</th><td>{clock::day(entry.on)}</td>{cells}</tr> }
    });
    let rows = rows.collect_view();
    let view = view! {
        <h3>"The first rows"</h3>
        <div class="ds-scroll ds-scroll--tall" role="region" aria-label="The first rows" tabindex="0">
            <table class="ds-table">
                <thead><tr><th scope="col">"Row"</th><th scope="col">"Day"</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    Some(view.into_any())
}
