//! The questions of a survey that people answer in their own words, and how far the work on each is.

use leptos::prelude::*;

use crate::questionnaires::piping;
use crate::settings::small_numbers;
use crate::surveys::pages::{staff_details, staff_photos};
use crate::surveys::photos::sent as photos;
use crate::surveys::results;
use crate::surveys::survey::Asked;
use crate::surveys::verbatims::open_question::OpenQuestion;
use crate::surveys::verbatims::standing::Standing;
use crate::surveys::verbatims::store;
use crate::ui;
use crate::web::{Page, PageError, Reply, Req};

/// `/staff/surveys/{id}/words`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let mut tx = req.app.db.read().await?;
    let gathered = results::gather(&mut tx, &asked).await?;
    let released = gathered.release(&asked, None, &small_numbers::staff(&req.landlord));
    let mut lines = Vec::new();
    for (of, question) in OpenQuestion::all(&asked) {
        let text = piping::described(&question.text, &asked.version.questionnaire);
        let standing = if of.may_be_read(&released) { Some(store::load(&mut tx, of).await?) } else { None };
        lines.push((question.key, text, standing));
    }
    let photos = photos::Of::all(&asked).into_iter();
    let photos: Vec<(u16, String)> = photos
        .map(|(_, question)| (question.key, piping::described(&question.text, &asked.version.questionnaire)))
        .collect();
    Ok(Page::staff(format!("What people wrote: {}", asked.survey.title), move || {
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let rows = lines.iter().map(|(key, text, standing)| {
            let said = standing.as_ref().map_or_else(|| "Too few people answered to read their words.".to_owned(), far);
            view! {
                <li>
                    <div class="ds-list__main"><a href=format!("{at}/words/{key}")>{text.clone()}</a><p>{said}</p></div>
                </li>
            }
        });
        let rows = rows.collect_view();
        let list = if lines.is_empty() {
            view! { <div class="ds-empty"><p>"No question of this survey is answered in people’s own words."</p></div> }.into_any()
        } else {
            view! { <ul class="ds-list">{rows}</ul> }.into_any()
        };
        view! {
            <a class="govuk-back-link" href=at.clone()>"Back to the survey"</a>
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" What people wrote"</h1>
                <p class="ds-lead">"Put answers under themes, have a share of them checked by somebody else, and decide which may be shown."</p>
            </div>
            {list}
            {of_photos(&asked, &photos)}
        }
    })
    .into())
}

/// The ways to what people sent in pictures.
fn of_photos(asked: &Asked, photos: &[(u16, String)]) -> Option<AnyView> {
    let rows = photos.iter().map(|(key, text)| {
        view! { <li><div class="ds-list__main"><a href=staff_photos::path(asked, *key)>{text.clone()}</a></div></li> }
    });
    (!photos.is_empty()).then(|| {
        view! {
            <section class="ds-section">
                <h2>"Photos"</h2>
                <ul class="ds-list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// How far the work is, in a line.
pub fn far(standing: &Standing) -> String {
    let all = standing.words.len();
    if all == 0 {
        return "Nobody has written anything yet.".to_owned();
    }
    let answers = ui::counted(all, "answer", "answers");
    let (checked, drawn) = standing.checked();
    let check = if drawn > 0 { format!(", {checked} of {drawn} checked") } else { String::new() };
    let published = if standing.frame.published_at.is_some() { " Published." } else { "" };
    format!("{answers}: {} under themes{check}, {} read.{published}", standing.coded(), standing.reviewed())
}
