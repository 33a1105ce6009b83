//! The words of the answering pages themselves in one language, for all surveys.

use leptos::prelude::*;

use crate::exchange::csv;
use crate::permissions;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::translations::Texts;
use crate::questionnaires::translations::sheet::Sheet;
use crate::questionnaires::translations::store;
use crate::surveys::page_words;
use crate::surveys::pages::texts_form::{self, Editor};
use crate::ui;
use crate::ui::spoken::{Language, language};
use crate::web::{Form, Page, PageError, Reply, Req};

/// The path whose row says who may write the words.
const PATH: &str = "/staff/languages/{lang}";

/// What there is in a language, the program's own words among it.
struct Of {
    language: &'static Language,
    texts: Texts,
    revision: i64,
}

async fn found(req: &Req) -> Result<Of, PageError> {
    let language = language::find(req.param("lang")?).ok_or(PageError::NotFound)?;
    let (own, revision) = store::find_phrases(&mut req.app.db.read().await?, language).await?;
    Ok(Of { language, texts: page_words::with_built_in(&own, language), revision })
}

/// `/staff/languages/{lang}`
pub async fn get(req: Req) -> Result<Reply, PageError> {
    let of = found(&req).await?;
    let form = Sheet { lines: &page_words::lines(), among: &Questionnaire::default() }.fill(&of.texts);
    Ok(page(&req, of, form).into())
}

/// Saves the words of the form.
pub async fn post(req: Req) -> Result<Reply, PageError> {
    let of = found(&req).await?;
    let mut form = req.form();
    let texts = Sheet { lines: &page_words::lines(), among: &Questionnaire::default() }.read(&mut form, &of.texts);
    save(&req, of, texts, form).await
}

/// `/staff/languages/{lang}/texts.csv`: for a translator.
pub async fn file(req: Req) -> Result<Reply, PageError> {
    let of = found(&req).await?;
    let bytes = Sheet { lines: &page_words::lines(), among: &Questionnaire::default() }.file(&of.texts);
    Ok(Reply::download(&format!("words-of-the-pages-{}.csv", of.language.code), csv::CONTENT_TYPE, bytes))
}

/// Takes over the words of a translator's file.
pub async fn post_file(req: Req) -> Result<Reply, PageError> {
    let of = found(&req).await?;
    let (lines, among) = (page_words::lines(), Questionnaire::default());
    let sheet = Sheet { lines: &lines, among: &among };
    let mut form = texts_form::take_file(&req, &sheet, &of.texts);
    let texts = sheet.read(&mut form, &of.texts);
    save(&req, of, texts, form).await
}

async fn save(req: &Req, mut of: Of, texts: Texts, mut form: Form) -> Result<Reply, PageError> {
    if !form.is_valid() {
        return Ok(page(req, of, form).into());
    }
    let language = of.language;
    let revision = texts_form::revision(&form, of.revision)?;
    let own = page_words::own(&texts, language);
    let mut tx = req.app.db.write().await?;
    if !store::save_phrases(&mut tx, language, &own, revision).await? {
        let (own, revision) = store::find_phrases(&mut tx, language).await?;
        drop(tx);
        of = Of { texts: page_words::with_built_in(&own, language), revision, ..of };
        form.error(texts_form::TEXTS, texts_form::MEANWHILE);
        return Ok(page(req, of, form).into());
    }
    let changed = texts_form::changed(&page_words::lines(), &of.texts, &texts);
    req.audit(&mut tx, "changed the words of the pages", &format!("language/{}", language.code), &changed).await?;
    tx.commit().await?;
    let (written, all) = page_words::written(&own, language);
    let said = format!("The words were saved: {written} of {all} are written in {}", language.english);
    Ok(Reply::redirect(format!("/staff/languages/{}", language.code)).saying(said))
}

fn page(req: &Req, of: Of, form: Form) -> Page {
    let may_change = permissions::may_post(req.viewer.role(), PATH);
    let error_form = form.clone();
    let Of { language, texts, revision } = of;
    Page::staff(format!("Words of the pages – {}", language.english), move || {
        let (lines, among) = (page_words::lines(), Questionnaire::default());
        let editor = Editor {
            sheet: Sheet { lines: &lines, among: &among },
            stored: &texts,
            language,
            form: &form,
            revision,
            may_change,
            path: format!("/staff/languages/{}", language.code),
        };
        view! {
            <a class="govuk-back-link" href="/staff/surveys">"Surveys"</a>
            {ui::error_summary(&form)}
            <div class="ds-heading">
                <h1><span class="ds-heading__caption">{language.english}</span>" Words of the pages"</h1>
                <p class="ds-lead">"What the pages say around the questions of every survey: buttons, fixed answers, what is wrong."</p>
            </div>
            <p>"What is left empty is shown in English, and screen readers are told so. Welsh comes with the program and can be changed. Keep what stands in braces, such as {n}: a number or a name stands there."</p>
            {editor.view()}
        }
    })
    .with_form(&error_form)
}
