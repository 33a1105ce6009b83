//! The texts of a survey in one language.

use leptos::prelude::*;

use crate::exchange::csv;
use crate::permissions;
use crate::questionnaires::translations::Texts;
use crate::questionnaires::translations::sheet::{self, Sheet};
use crate::questionnaires::translations::store::{self, Kept};
use crate::surveys::pages::staff_details;
use crate::surveys::pages::texts_form::{self, Editor};
use crate::surveys::spoken;
use crate::surveys::survey::Asked;
use crate::ui;
use crate::ui::spoken::{Tongue, language};
use crate::web::{Form, Page, PageError, Reply, Req};

/// The path whose row says who may write texts.
pub const PATH: &str = "/staff/surveys/{id}/languages/{lang}";

/// `/staff/surveys/{id}/languages/{lang}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let of = found(&req).await?;
    let lines = spoken::lines(&of.asked);
    let form = Sheet { lines: &lines, among: &of.asked.version.questionnaire }.fill(&of.kept.texts);
    Ok(page(&req, of, form).into())
}

/// Saves the texts of the form.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let of = found(&req).await?;
    let lines = spoken::lines(&of.asked);
    let mut form = req.form();
    let texts = Sheet { lines: &lines, among: &of.asked.version.questionnaire }.read(&mut form, &of.kept.texts);
    save(&req, of, texts, form).await
}

/// `/staff/surveys/{id}/languages/{lang}/texts.csv`: for a translator.
pub async fn file(req: Req) -> Result<Reply, PageError> {
    let of = found(&req).await?;
    let lines = spoken::lines(&of.asked);
    let bytes = Sheet { lines: &lines, among: &of.asked.version.questionnaire }.file(&of.kept.texts);
    let name = format!("{}-{}.csv", of.asked.survey.slug, of.kept.language.code);
    Ok(Reply::download(&name, csv::CONTENT_TYPE, bytes))
}

/// Takes over the texts of a translator's file. Where something is wrong with it, they stand in the form to be looked at.
pub async fn post_file(req: Req) -> Result<Reply, PageError> {
    let of = found(&req).await?;
    let lines = spoken::lines(&of.asked);
    let sheet = Sheet { lines: &lines, among: &of.asked.version.questionnaire };
    let mut form = texts_form::take_file(&req, &sheet, &of.kept.texts);
    let texts = sheet.read(&mut form, &of.kept.texts);
    save(&req, of, texts, form).await
}

/// A survey, and what there is of it in the language of the address.
struct Of {
    asked: Asked,
    kept: Kept,
    tongue: Tongue,
}

async fn found(req: &Req) -> Result<Of, PageError> {
    let language = language::find(req.param("lang")?).ok_or(PageError::NotFound)?;
    let asked = staff_details::found(req).await?;
    let mut tx = req.app.db.read().await?;
    let kept = store::find(&mut tx, asked.version.id, language).await?;
    let tongue = spoken::tongue(&mut tx, language).await?;
    Ok(Of { asked, kept, tongue })
}

/// Keeps the texts if nothing stands against them; else the form comes back as it was typed.
async fn save(req: &Req, mut of: Of, texts: Texts, mut form: Form) -> Result<Reply, PageError> {
    let lines = spoken::lines(&of.asked);
    let language = of.kept.language;
    let was_complete = spoken::lacks(&of.asked, &of.kept, &of.tongue).is_empty();
    if of.kept.offered && was_complete {
        for line in texts.missing(&lines, language) {
            let why = format!(
                "{}: people can choose {}, so this text cannot be left empty. Write it, or stop offering it first",
                line.about, language.english
            );
            form.error(&sheet::field(line), why);
        }
    }
    if !form.is_valid() {
        return Ok(page(req, of, form).into());
    }
    let revision = texts_form::revision(&form, of.kept.revision)?;
    let changed = texts_form::changed(&lines, &of.kept.texts, &texts);
    let kept = Kept { texts, revision, ..of.kept.clone() };
    let id = of.asked.survey.id;
    let mut tx = req.app.db.write().await?;
    if !store::save(&mut tx, of.asked.version.id, &kept).await? {
        of.kept = store::find(&mut tx, of.asked.version.id, language).await?;
        drop(tx);
        form.error(texts_form::TEXTS, texts_form::MEANWHILE);
        return Ok(page(req, of, form).into());
    }
    let detail = format!("{}: {changed}", language.code);
    req.audit(&mut tx, "changed the texts in a language", &format!("survey/{id}"), &detail).await?;
    tx.commit().await?;
    let said = match spoken::lacks(&of.asked, &kept, &of.tongue).len() {
        0 => format!("The texts were saved. {} is complete", language.english),
        1 => format!("The texts were saved. {} still lacks 1 text", language.english),
        lacks => format!("The texts were saved. {} still lacks {lacks} texts", language.english),
    };
    Ok(Reply::redirect(format!("/staff/surveys/{id}/languages")).saying(said))
}

fn page(req: &Req, of: Of, form: Form) -> Page {
    let may_change = permissions::may_post(req.viewer.role(), PATH);
    let error_form = form.clone();
    let Of { asked, kept, .. } = of;
    let title = format!("{} texts – {}", kept.language.english, asked.survey.title);
    Page::staff(title, move || {
        let at = format!("/staff/surveys/{}", asked.survey.id);
        let language = kept.language;
        let lines = spoken::lines(&asked);
        let editor = Editor {
            sheet: Sheet { lines: &lines, among: &asked.version.questionnaire },
            stored: &kept.texts,
            language,
            form: &form,
            revision: kept.revision,
            may_change,
            path: format!("{at}/languages/{}", language.code),
        };
        let easy = language.is_easy_read().then(|| {
            view! { <p>"Write short sentences with everyday words, one thought in each. Hints and answers to choose from may stay empty: people then read the usual ones."</p> }
        });
        let regulator = asked.version.questionnaire.bank().is_some().then(|| {
            view! { <p>"The regulator words these questions in English only. A translation is your own, and you answer for its meaning. It can be put right at any time; each change is in the log."</p> }
        });
        view! {
            <a class="govuk-back-link" href=format!("{at}/languages")>"Languages of the survey"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{asked.survey.title.clone()}</span>" "{language.english}</h1>
                <p class="ds-lead">"Each text stands beside its English."</p>
            </div>
            {easy}
            {regulator}
            <p>"Keep marks such as {answer 3} as they are: an earlier answer stands there. "<a href=format!("/staff/languages/{}", language.code)>"Words of the pages"</a>" such as “Back” and “Very satisfied” are written once for all surveys."</p>
            {editor.view()}
        }
    })
    .with_form(&error_form)
}
