//! The photos that people sent to a question, for staff who may read what people wrote, and taking one out for good.

use leptos::prelude::*;

use crate::permissions;
use crate::questionnaires::piping;
use crate::settings::small_numbers;
use crate::surveys::pages::{photo, staff_details};
use crate::surveys::photos::erase;
use crate::surveys::photos::sent::{self, Gallery, Of, Sent};
use crate::surveys::photos::store::Photo;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::web::{Form, Page, PageError, Reply, Req};

/// How many photos stand on one page.
const A_PAGE: usize = 12;
/// The steps of the buttons.
const TAKE_OUT: &str = "take-out";
const BY_REFERENCE: &str = "by-reference";

/// A question for a photo and what was sent to it.
struct Here {
    asked: Asked,
    of: Of,
    /// The question as staff read it.
    text: String,
    key: u16,
    may_be_seen: bool,
    /// Nothing where it may not be seen.
    gallery: Gallery,
}

impl Here {
    fn at(&self) -> String {
        path(&self.asked, self.key)
    }
}

/// The address of a question's photos.
pub fn path(asked: &Asked, key: u16) -> String {
    format!("/staff/surveys/{}/photos/{key}", asked.survey.id)
}

/// The question of the address.
async fn here(req: &Req) -> Result<Here, PageError> {
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let (of, question) = Of::find(&asked, req.id("key")?).ok_or(PageError::NotFound)?;
    let (key, text) = (question.key, piping::described(&question.text, &asked.version.questionnaire));
    let may_be_seen = sent::may_be_seen(&mut tx, &asked, &small_numbers::staff(&req.landlord)).await?;
    let gallery = if may_be_seen { sent::gallery(&mut tx, of).await? } else { Gallery::default() };
    Ok(Here { asked, of, text, key, may_be_seen, gallery })
}

/// `/staff/surveys/{id}/photos/{key}?page=2`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    show(&req, Form::default()).await
}

/// `/staff/surveys/{id}/photos/{key}/{file}`
pub async fn image(req: Req) -> Result<Reply, PageError> {
    let here = here(&req).await?;
    let name = req.param("file")?;
    let mut tx = req.app.db.read().await?;
    if !here.may_be_seen || sent::find(&mut tx, here.of, name).await?.is_none() {
        return Err(PageError::NotFound);
    }
    drop(tx);
    photo::send(&req, name).await
}

/// Takes a photo out, chosen on the page or found by the reference of its person's receipt.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let mut form = req.form();
    let here = here(&req).await?;
    let chosen = if form.value("step") == TAKE_OUT {
        let named = form.value("file");
        here.gallery.photos.iter().find(|sent| sent.file == named).cloned()
    } else {
        let reference = form.required("reference", "The reference", 16, "Enter the reference of their receipt");
        let mut tx = req.app.db.read().await?;
        let found = erase::of_reference(&mut tx, here.of, &reference.to_uppercase()).await?;
        if found.is_none() && form.is_valid() {
            form.error("reference", "No photo is here that was sent with this reference. Check it");
        }
        found
    };
    if !form.is_valid() {
        return show(&req, form).await;
    }
    let Some(chosen) = chosen else {
        return Ok(Reply::redirect(here.at()).saying("That photo is not here any more"));
    };
    let mut tx = req.app.db.write().await?;
    erase::erase(&mut tx, here.of, &chosen).await?;
    let position = here.asked.version.questionnaire.position(here.key).unwrap_or_default();
    // Neither the reference nor the name: they would say which answers were looked for.
    let object = format!("survey/{}", here.asked.survey.id);
    req.audit(&mut tx, "took a photo out", &object, &format!("question {}", position + 1)).await?;
    tx.commit().await?;
    erase::finish(&req.app, &chosen.file).await?;
    Ok(Reply::redirect(here.at()).saying("The photo is taken out for good"))
}

async fn show(req: &Req, form: Form) -> Result<Reply, PageError> {
    let here = here(req).await?;
    let page = req.query("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).max(1);
    let from = (page - 1).saturating_mul(A_PAGE);
    let mut tx = req.app.db.read().await?;
    let mut shown = Vec::new();
    for one in here.gallery.photos.iter().skip(from).take(A_PAGE) {
        if let Some(photo) = sent::find(&mut tx, here.of, &one.file).await? {
            shown.push((one.clone(), photo));
        }
    }
    drop(tx);
    let may_erase = permissions::may_post(req.viewer.role(), "/staff/surveys/{id}/photos/{key}");
    let refused = form.clone();
    Ok(Page::staff(format!("Photos: {}", here.text), move || {
        let survey = &here.asked.survey;
        let more = page.saturating_mul(A_PAGE) < here.gallery.photos.len();
        let numbered = (from + 1..).zip(&shown);
        let figures = numbered.map(|(number, (sent, photo))| figure(&here, number, sent, photo, may_erase));
        let figures = figures.collect_view();
        let list = if shown.is_empty() {
            view! { <div class="ds-empty"><p>"No photos to see here."</p></div> }.into_any()
        } else {
            view! { <ul class="ds-photos">{figures}</ul> }.into_any()
        };
        let before = (page > 1).then(|| view! { <a href=format!("?page={}", page - 1)>"Page before"</a> });
        let after = more.then(|| view! { <a href=format!("?page={}", page + 1)>"Next page"</a> });
        let pages = (before.is_some() || after.is_some()).then(|| view! { <div class="ds-toolbar">{before}{after}</div> });
        view! {
            <a class="govuk-back-link" href=format!("/staff/surveys/{}/results", survey.id)>"Results of the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{survey.title.clone()}</span>" Photos: "{here.text.clone()}</h1>
                <p class="ds-lead">{lead(&here)}</p>
            </div>
            <p>"Photos are for staff only and are published nowhere. Nothing says who sent one, but what it shows may."</p>
            {list}
            {pages}
            {(may_erase && here.may_be_seen).then(|| by_reference(&form))}
        }
    })
    .with_form(&refused)
    .into())
}

/// How many people sent a photo, and how many of the photos are here.
fn lead(here: &Here) -> String {
    if !here.may_be_seen {
        return "Too few people answered to see their photos. They can be seen here as soon as there are enough."
            .to_owned();
    }
    let Gallery { people, photos } = &here.gallery;
    let said = format!("{} sent a photo.", ui::counted(*people, "person", "people"));
    match people.saturating_sub(photos.len()) {
        0 => said,
        1 => format!("{said} 1 of the photos is not here: it came on paper or was taken out."),
        more => format!("{said} {more} of the photos are not here: they came on paper or were taken out."),
    }
}

fn figure(here: &Here, number: usize, sent: &Sent, photo: &Photo, may_erase: bool) -> AnyView {
    let href = format!("{}/{}", here.at(), sent.file);
    let words = if sent.words.is_empty() { "No description".to_owned() } else { sent.words.clone() };
    let alt = if sent.words.is_empty() { format!("Photo {number}, not described") } else { sent.words.clone() };
    let take_out = may_erase.then(|| {
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary"><span class="govuk-details__summary-text">"Take it out"<span class="govuk-visually-hidden">{format!(": photo {number}")}</span></span></summary>
                <div class="govuk-details__text">
                    <p>"The photo and its description are deleted for good. That somebody sent one still counts."</p>
                    <form method="post" action=here.at()>
                        {ui::carried("file", sent.file.clone())}
                        <button type="submit" class="govuk-button govuk-button--warning" name=ui::STEP value=TAKE_OUT>"Take this photo out"</button>
                    </form>
                </div>
            </details>
        }
    });
    view! {
        <li>
            <figure class="ds-photo">
                <img src=href.clone() alt=alt width=photo.width height=photo.height loading="lazy"/>
                <figcaption>{words}" "<a class="govuk-link" href=href>"Open it"<span class="govuk-visually-hidden">{format!(": photo {number}")}</span></a></figcaption>
            </figure>
            {take_out}
        </li>
    }
    .into_any()
}

/// For somebody who asks for their own photo to be deleted.
fn by_reference(form: &Form) -> AnyView {
    view! {
        <section class="ds-section">
            <h2>"Somebody asks for their photo to be deleted"</h2>
            <p>"Only the reference of their receipt leads to it. It is deleted for good, with what they said of it."</p>
            <form method="post" novalidate>
                {ui::text(form, "reference", "The reference of their receipt").width(10).view()}
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=BY_REFERENCE>"Take their photo out"</button>
            </form>
        </section>
    }
    .into_any()
}
