//! What the example's surveys say in other languages, in files as a translator would send them back. The translations are
//! the example landlord's own, of the regulator's questions too: the regulator words them in English only.

use crate::db::{self, Tx};
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::translations::Texts;
use crate::questionnaires::translations::sheet::Sheet;
use crate::questionnaires::translations::store::{self, Kept};
use crate::surveys::{page_words, spoken};
use crate::ui::spoken::language;

/// A survey's name in addresses, the code of a language, and the file.
const SURVEYS: [(&str, &str, &str); 4] = [
    ("tenant-survey", "cy", include_str!("languages/tenant-survey.cy.csv")),
    ("how-are-we-doing", "cy", include_str!("languages/how-are-we-doing.cy.csv")),
    ("how-are-we-doing", "easy", include_str!("languages/how-are-we-doing.easy.csv")),
    ("notice-boards", "ur", include_str!("languages/notice-boards.ur.csv")),
];

/// What the pages themselves say in Urdu, as far as somebody has translated them.
const PAGES: (&str, &str) = ("ur", include_str!("languages/words-of-the-pages.ur.csv"));

/// Loads the languages of the surveys that are there already, and offers them.
///
/// # Errors
/// When the database refuses.
pub async fn load(tx: &mut Tx) -> Result<(), db::Error> {
    for (slug, code, file) in SURVEYS {
        let asked = crate::surveys::store::find_by_slug(tx, slug).await?;
        let Some((asked, language)) = asked.zip(language::find(code)) else { continue };
        let lines = spoken::lines(&asked);
        let texts = read(&Sheet { lines: &lines, among: &asked.version.questionnaire }, file);
        let kept = Kept { texts, offered: true, ..Kept::nothing(language) };
        store::save(tx, asked.version.id, &kept).await?;
    }
    let Some(language) = language::find(PAGES.0) else { return Ok(()) };
    let texts = read(&Sheet { lines: &page_words::lines(), among: &Questionnaire::default() }, PAGES.1);
    store::save_phrases(tx, language, &texts, 0).await?;
    Ok(())
}

/// The texts of a file. A test sees to it that there is nothing wrong with one.
fn read(sheet: &Sheet<'_>, file: &str) -> Texts {
    let nothing = Texts::default();
    sheet.read_file(file.as_bytes(), &nothing).map(|mut form| sheet.read(&mut form, &nothing)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Browser;

    #[tokio::test]
    async fn every_text_of_the_files_fits_its_english_and_people_may_choose_every_language() {
        let app = crate::testing::app().await;
        crate::example::load(&app).await.unwrap();
        let mut tx = app.db.read().await.unwrap();
        for (slug, code, file) in SURVEYS {
            let asked = crate::surveys::store::find_by_slug(&mut tx, slug).await.unwrap().unwrap();
            let lines = spoken::lines(&asked);
            let sheet = Sheet { lines: &lines, among: &asked.version.questionnaire };
            let form = sheet.read_file(file.as_bytes(), &Texts::default()).unwrap();
            assert!(form.is_valid(), "{slug} {code}: {:?}", form.errors());
            assert!(spoken::load(&mut tx, asked, Some(code)).await.unwrap().is_some(), "{slug} in {code}");
        }
        let sheet = Sheet { lines: &page_words::lines(), among: &Questionnaire::default() };
        let form = sheet.read_file(PAGES.1.as_bytes(), &Texts::default()).unwrap();
        assert!(form.is_valid(), "{:?}", form.errors());
        drop(tx);
        let mut browser = Browser::new(&app);
        let page = browser.get("/surveys/how-are-we-doing").await.expect(200);
        page.holds("hreflang=\"cy\"").holds(">Cymraeg</a>").holds(">Easy read</a>");
        let page = browser.get("/surveys/how-are-we-doing.cy").await.expect(200);
        page.holds("<html lang=\"cy\"").holds("Sut ydym ni’n gwneud?").holds("Dechrau nawr");
        let page = browser.get("/surveys/notice-boards.ur").await.expect(200);
        page.holds("<html lang=\"ur\" dir=\"rtl\"").holds("نوٹس بورڈ").holds("اب شروع کریں");
        browser.get("/surveys/tenant-survey.cy").await.expect(200).holds("Arolwg tenantiaid");
    }
}
