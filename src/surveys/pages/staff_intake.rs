//! Answers out of a file: send it, and the files sent before.

use axum::http::{Method, StatusCode};
use leptos::prelude::*;

use crate::clock;
use crate::exchange::sheet;
use crate::surveys::enter;
use crate::surveys::files::intake::cell::Numbers;
use crate::surveys::files::intake::look::Reading;
use crate::surveys::files::intake::slot::{self, DAY};
use crate::surveys::files::intake::store::{self, AnswerFile, Sent};
use crate::surveys::files::intake::table;
use crate::surveys::pages::{staff_details, staff_enter, staff_sample_homes};
use crate::surveys::sample;
use crate::surveys::survey::{Asked, Survey};
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// The most columns of a file that are looked at.
const MOST_COLUMNS: usize = 200;

/// `/staff/surveys/{id}/import`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    if let Some(page) = closed(&asked, &req) {
        return Ok(page.into());
    }
    let mut tx = req.app.db.read().await?;
    if sample::exists(&mut tx, asked.survey.id).await? {
        return Ok(by_home(asked.survey).into());
    }
    let earlier = store::list(&mut tx, asked.survey.id).await?;
    Ok(page(asked, Form::default(), earlier).into())
}

/// The page of a survey with a sample, into which no rows come that name no home.
fn by_home(survey: Survey) -> Page {
    Page::staff("Bring answers in", move || {
        view! { {back(&survey)}{heading(&survey)}{staff_sample_homes::home_by_home(&survey)} }
    })
}

/// The page of a survey into which nothing comes any more; none while something may.
pub(super) fn closed(asked: &Asked, req: &Req) -> Option<Page> {
    let refused = enter::check_survey(&asked.survey, req.now()).err()?;
    let (survey, why) = (asked.survey.clone(), staff_enter::in_words(&refused, &asked.survey));
    let page = Page::staff("Bring answers in", move || {
        view! {
            {back(&survey)}
            {heading(&survey)}
            <div class="govuk-inset-text">{why}"."</div>
        }
    });
    Some(if req.method == Method::POST { page.with_status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}

/// Keeps a file for its preview, with a guess of what its columns hold.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    if let Some(page) = closed(&asked, &req) {
        return Ok(page.into());
    }
    let mut form = req.form();
    let slots = slot::slots(&asked.version.questionnaire);
    let mut tx = req.app.db.write().await?;
    if sample::exists(&mut tx, asked.survey.id).await? {
        return Ok(by_home(asked.survey).with_status(StatusCode::UNPROCESSABLE_ENTITY).into());
    }
    let table = match req.upload("file") {
        None => Err("Choose the file of answers".to_owned()),
        Some(file) => sheet::check_name(&file.name, &file.bytes)
            .and_then(|()| table::read(&file.bytes, &slots))
            .map_err(|error| error.words()),
    };
    let table = table.and_then(|table| match table.heads.len() {
        0..=MOST_COLUMNS => Ok(table),
        _ => Err(format!("The file has more than {MOST_COLUMNS} columns. Take out those that hold no answers")),
    });
    let (table, file) = match (table, req.upload("file")) {
        (Ok(table), Some(file)) => (table, file),
        (wrong, _) => {
            form.error("file", wrong.err().unwrap_or_default());
            let earlier = store::list(&mut tx, asked.survey.id).await?;
            return Ok(page(asked, form, earlier).into());
        }
    };
    let columns = slot::guess(&table.heads, &slots);
    // Our own data files name their columns, and hold codes.
    let ours = table.heads.iter().any(|head| head == "came_by");
    let numbers = if ours { Numbers::Codes } else { Numbers::Places };
    let today = req.today().min(asked.survey.last_day());
    let day = (!columns.iter().any(|code| code == DAY)).then_some(today);
    let reading = Reading { channel: String::new(), day, numbers: numbers.code().to_owned(), columns };
    let name: String = file.name.chars().take(200).collect();
    let by = req.account()?.id;
    let sent = Sent { asked: &asked, name: &name, content: &file.bytes, reading: &reading, by, at: req.now() };
    let id = store::insert(&mut tx, &sent).await?;
    req.audit(&mut tx, "sent a file of answers", &format!("survey/{}", asked.survey.id), &name).await?;
    tx.commit().await?;
    Ok(Reply::redirect(format!("/staff/surveys/{}/import/{id}", asked.survey.id)))
}

pub(super) fn back(survey: &Survey) -> AnyView {
    view! { <a class="govuk-back-link" href=format!("/staff/surveys/{}", survey.id)>"Back to the survey"</a> }
        .into_any()
}

fn heading(survey: &Survey) -> AnyView {
    view! { <div class="ds-heading"><h1><span class="ds-heading__caption">{survey.title.clone()}</span>" Bring answers in"</h1></div> }
        .into_any()
}

fn page(asked: Asked, form: Form, earlier: Vec<AnswerFile>) -> Page {
    let refused = form.clone();
    Page::staff("Bring answers in", move || {
        let survey = &asked.survey;
        let at = format!("/staff/surveys/{}/import", survey.id);
        let rows = earlier.iter().map(|file| {
            let what = match file.state.as_str() {
                "waiting" => view! { <a href=format!("{at}/{}", file.file_id)>"Waiting for your decision"</a> }.into_any(),
                _ => file.outcome.clone().into_any(),
            };
            let when = clock::day_and_time(file.sent_at);
            view! { <li><div class="ds-list__main">{file.name.clone()}<p>{what}</p></div><div class="ds-list__aside">{when}</div></li> }
        });
        let rows = rows.collect_view();
        let list = (!earlier.is_empty())
            .then(|| view! { <section class="ds-section"><h2>"Files sent before"</h2><ul class="ds-list">{rows}</ul></section> });
        view! {
            {back(survey)}
            {ui::error_summary(&form)}
            {heading(survey)}
            <p class="ds-lead">"For answers that somebody else collected, such as an agency on the telephone."</p>
            <p>"The first row names the columns, and each row under it is one person. You say what each column holds, and see every row that cannot be read before anything comes in. A file comes in whole or not at all; the same file twice adds nobody."</p>
            <p>"Take names, addresses and telephone numbers out of the file first: they are not needed here. Until you decide, the file is kept for 7 days at most; then it is gone."</p>
            <form method="post" enctype="multipart/form-data" novalidate>
                {ui::file(&form, "file", "The file", "An Excel workbook (.xlsx) or a CSV file, up to 10 MB and 20,000 rows", ".xlsx,.csv")}
                {ui::button("Read the file")}
            </form>
            {list}
        }
    })
    .with_form(&refused)
}
