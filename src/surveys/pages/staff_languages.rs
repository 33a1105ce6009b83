//! The languages of a survey: what is missing in each, and which of them people may choose.

use leptos::prelude::*;

use crate::permissions;
use crate::questionnaires::translations::store::{self, Kept};
use crate::surveys::page_words;
use crate::surveys::pages::{staff_details, staff_texts};
use crate::surveys::spoken::{self, Incomplete};
use crate::surveys::survey::Asked;
use crate::ui;
use crate::ui::spoken::{Language, language};
use crate::web::{Form, Page, PageError, Reply, Req};

/// The steps of the buttons.
const OFFER: &str = "offer";
const STOP: &str = "stop";

/// A language of the survey, and what it lacks.
struct Row {
    kept: Kept,
    lacks: Vec<String>,
    /// How many words of the pages there are, of how many.
    words: (usize, usize),
}

/// `/staff/surveys/{id}/languages`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    show(&req, asked, Form::default()).await
}

/// Lets people choose a language, or takes it back.
pub async fn offer(req: Req) -> Result<Reply, PageError> {
    let asked = staff_details::found(&req).await?;
    let language = language::find(req.param("lang")?).ok_or(PageError::NotFound)?;
    let offered = req.form().value("step") != STOP;
    let mut tx = req.app.db.write().await?;
    let kept = store::find(&mut tx, asked.version.id, language).await?;
    let tongue = spoken::tongue(&mut tx, language).await?;
    let lacks = spoken::lacks(&asked, &kept, &tongue);
    let kept = Kept { offered, ..kept };
    let mut form = Form::default();
    if offered && !lacks.is_empty() {
        form.error(language.code, Incomplete { language, lacks }.in_words());
    } else if !store::save(&mut tx, asked.version.id, &kept).await? {
        form.error(language.code, format!("Somebody else changed {} meanwhile. Try again", language.english));
    }
    if !form.is_valid() {
        drop(tx);
        return show(&req, asked, form).await;
    }
    let id = asked.survey.id;
    let action = if offered { "offered a survey in a language" } else { "stopped offering a survey in a language" };
    req.audit(&mut tx, action, &format!("survey/{id}"), language.code).await?;
    tx.commit().await?;
    let said = if offered {
        format!("People can now choose {}", language.english)
    } else {
        format!("People can no longer choose {}", language.english)
    };
    Ok(Reply::redirect(format!("/staff/surveys/{id}/languages")).saying(said))
}

async fn show(req: &Req, asked: Asked, form: Form) -> Result<Reply, PageError> {
    let mut tx = req.app.db.read().await?;
    let mut rows = Vec::new();
    for kept in store::list(&mut tx, asked.version.id).await? {
        let tongue = spoken::tongue(&mut tx, kept.language).await?;
        let (own, _) = store::find_phrases(&mut tx, kept.language).await?;
        let lacks = spoken::lacks(&asked, &kept, &tongue);
        rows.push(Row { lacks, words: page_words::written(&own, kept.language), kept });
    }
    let may_change = permissions::may_post(req.viewer.role(), staff_texts::PATH);
    let error_form = form.clone();
    let title = format!("Languages – {}", asked.survey.title);
    let page = Page::staff(title, move || {
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let of = spoken::lines(&asked).len();
        let cards: Vec<AnyView> = rows.iter().map(|row| card(&at, row, of, may_change)).collect();
        let used = if cards.is_empty() {
            view! { <div class="ds-empty"><p>"This survey is in English only. Choose a language below to write its texts."</p></div> }.into_any()
        } else {
            view! { <ul class="ds-cards ds-cards--one">{cards}</ul> }.into_any()
        };
        let others = language::ALL.iter().filter(|language| rows.iter().all(|row| row.kept.language != *language));
        let others = others.map(|language| {
            view! { <li><a href=format!("{at}/languages/{}", language.code)>{language.english}</a></li> }
        });
        let others = others.collect_view();
        view! {
            <a class="govuk-back-link" href=at.clone()>"Back to the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" Languages"</h1>
                <p class="ds-lead">"People choose a language on the first page of the survey. Their answers count together with everybody’s: an answer is kept by its place in the list, never by its words."</p>
            </div>
            <p>"A language can be offered once every text is there. Which language somebody chose is not kept, since a rare one could tell who they are."</p>
            {used}
            <section class="ds-section">
                <h2>{if may_change { "Write it in another language" } else { "Other languages" }}</h2>
                <ul class="ds-actions">{others}</ul>
            </section>
        }
    });
    Ok(page.with_form(&error_form).into())
}

fn card(at: &str, row: &Row, of: usize, may_change: bool) -> AnyView {
    let Row { kept, lacks, words } = row;
    let language: &'static Language = kept.language;
    let complete = lacks.is_empty();
    let state = match (kept.offered, complete) {
        (true, true) => "People can choose it",
        (true, false) => "Offered, but incomplete: people cannot choose it",
        (false, true) => "Complete, not offered",
        (false, false) => "Not complete",
    };
    let missing = (!complete).then(|| {
        let items = lacks.iter().map(|lack| view! { <li>{lack.clone()}</li> }).collect_view();
        view! {
            <details class="govuk-details">
                <summary class="govuk-details__summary">
                    <span class="govuk-details__summary-text">{format!("What is missing in {}", language.english)}</span>
                </summary>
                <div class="govuk-details__text"><ul>{items}</ul></div>
            </details>
        }
    });
    let count = match lacks.len() {
        0 => format!("All {of} texts are there"),
        missing => format!("{missing} missing, of {of} texts and the fixed words"),
    };
    let (written, all) = words;
    let button = may_change.then(|| {
        let (step, label) = if kept.offered { (STOP, "Stop offering ") } else { (OFFER, "Offer ") };
        view! {
            <form method="post" action=format!("{at}/languages/{}/offer", language.code)>
                <button type="submit" class="govuk-button govuk-button--secondary" name=ui::STEP value=step>{label}{language.english}</button>
            </form>
        }
    });
    let hidden = format!(" in {}", language.english);
    view! {
        <li class="ds-card ds-card--plain" id=language.code tabindex="-1">
            <h2 class="ds-card__title">{language.english}" "<span lang=language.tag dir=language.direction()>{(language.name != language.english).then_some(language.name)}</span></h2>
            <p class="ds-card__meta">{format!("{state} · {count} · {written} of {all} words of the pages")}</p>
            {missing}
            <ul class="ds-actions">
                <li><a href=format!("{at}/languages/{}", language.code)>"Texts"<span class="govuk-visually-hidden">{hidden.clone()}</span></a></li>
                <li><a href=format!("/staff/languages/{}", language.code)>"Words of the pages"<span class="govuk-visually-hidden">{hidden.clone()}</span></a></li>
                <li><a href=format!("{at}/paper?language={}", language.code)>"Paper form"<span class="govuk-visually-hidden">{hidden}</span></a></li>
            </ul>
            {button}
        </li>
    }
    .into_any()
}
