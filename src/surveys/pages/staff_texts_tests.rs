//! Writing a survey in another language, through the real router.

use super::languages_tests::translate;
use super::tests::{AT, open, three_questions};
use crate::app::App;
use crate::people::Role;
use crate::surveys::publish;
use crate::surveys::spoken;
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked};
use crate::testing::browser::Answer;
use crate::testing::{self, Browser};

async fn started() -> (App, Asked, Browser, String) {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/languages", asked.survey.id);
    (app, asked, staff, at)
}

/// Every text of the survey, as the form sends it.
fn all(asked: &Asked) -> Vec<(String, String)> {
    let lines = spoken::lines(asked).into_iter();
    lines.map(|line| (format!("t-{}", line.place), format!("Cy: {}", line.source))).collect()
}

async fn save(staff: &mut Browser, at: &str, texts: &[(String, String)], revision: &str) -> Answer {
    let mut form: Vec<(&str, &str)> = texts.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    form.push(("revision", revision));
    staff.post(&format!("{at}/cy"), &form).await
}

#[tokio::test]
async fn staff_write_a_language_see_what_is_missing_and_offer_it_once_it_is_complete() {
    let (app, asked, mut staff, at) = started().await;
    staff.get(&format!("/staff/surveys/{}", asked.survey.id)).await.expect(200).holds(&format!("href=\"{at}\""));
    staff.get(&at).await.expect(200).holds("in English only").holds(&format!("href=\"{at}/cy\""));
    let page = staff.get(&format!("{at}/cy")).await.expect(200).holds("Had a repair?").holds("lang=\"cy\"");
    assert_eq!(page.hidden("revision"), "0");
    let texts = all(&asked);
    let (_, most) = texts.split_last().unwrap();
    save(&mut staff, &at, most, "0").await.expect(303);
    let page = staff.get(&at).await.expect(200).holds("1 missing, of 8 texts").holds("<li>Question 3</li>");
    page.holds("Welsh still lacks 1 text").holds("Not complete");
    let offer = format!("{at}/cy/offer");
    let page = staff.post(&offer, &[("~step", "offer")]).await.expect(422);
    page.holds("Welsh cannot be offered yet. Write what is missing: Question 3");
    save(&mut staff, &at, &texts, "1").await.expect(303);
    staff.post(&offer, &[("~step", "offer")]).await.expect(303);
    staff.get(&at).await.expect(200).holds("People can choose it").holds("All 8 texts are there");
    Browser::new(&app).get(&format!("{AT}.cy")).await.expect(200).holds("Cy: Repairs and you");
    // While people can choose it, nothing is taken out of it, and what was typed stays.
    let mut emptied = texts.clone();
    emptied[0].1 = "Newydd".to_owned();
    emptied[3].1 = " ".to_owned();
    let page = save(&mut staff, &at, &emptied, "3").await.expect(422);
    page.holds("Question 1: people can choose Welsh, so this text cannot be left empty").holds("Newydd</textarea>");
    staff.post(&offer, &[("~step", "stop")]).await.expect(303);
    Browser::new(&app).get(&format!("{AT}.cy")).await.expect(404);
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let log = auditor.get("/staff/audit").await.expect(200).holds("offered a survey in a language");
    log.holds("changed the texts in a language").holds("cy: q3-text");
    auditor.get(&format!("{at}/cy")).await.expect(200).holds("Cy: Had a repair?").lacks("Save the texts");
}

#[tokio::test]
async fn what_is_typed_is_kept_when_something_is_wrong_or_somebody_else_saved() {
    let (_app, asked, mut staff, at) = started().await;
    let mut texts = all(&asked);
    let longest = "é".repeat(101);
    texts[4].1.clone_from(&longest);
    let page =
        save(&mut staff, &at, &texts, "0").await.expect(422).holds("shorten the text to 100 characters or fewer");
    page.holds(&longest).holds("Cy: Repairs and you").holds("Error: ");
    texts[4].1 = "Do".to_owned();
    save(&mut staff, &at, &texts, "0").await.expect(303);
    texts[0].1 = "Mine".to_owned();
    let page = save(&mut staff, &at, &texts, "0").await.expect(422).holds("Somebody else saved these texts");
    assert_eq!(page.hidden("revision"), "1");
    page.holds("Mine</textarea>");
    save(&mut staff, &at, &texts, "1").await.expect(303);
    staff.get(&format!("{at}/cy")).await.expect(200).holds("Mine</textarea>");
    save(&mut staff, &at, &texts, "one").await.expect(400);
    staff.get(&format!("{at}/xx")).await.expect(404);
}

#[tokio::test]
async fn a_translator_gets_a_file_and_sends_it_back() {
    let (app, asked, mut staff, at) = started().await;
    let file = staff.get(&format!("{at}/cy/texts.csv")).await.expect(200);
    assert!(file.text.starts_with("place,English,translation\r\ntitle,Repairs and you,\r\n"), "{}", file.text);
    let filled = file.text.replace(",\r\n", ",=Testun\r\n");
    let path = format!("{at}/cy/file");
    staff.post_files(&path, &[], &[("file", "cy.csv", filled.as_bytes())]).await.expect(303);
    let again = staff.get(&format!("{at}/cy/texts.csv")).await.expect(200);
    assert_eq!(again.text, file.text.replace(",\r\n", ",'=Testun\r\n"));
    let old = again.text.replace("Had a repair?", "Had two?") + "q9-text,Gone,Wedi mynd\r\n";
    let old = old.replace("'=Testun", "Testun newydd");
    let page = staff.post_files(&path, &[], &[("file", "cy.csv", old.as_bytes())]).await.expect(422);
    let page = page.holds("Row 5, column English: Question 1: the English was changed since this file was made");
    page.holds("there is no text at “q9-text” any more").holds("Testun newydd");
    for wrong in [&b""[..], b"a,b\n1,2", b"\xff"] {
        staff.post_files(&path, &[], &[("file", "cy.csv", wrong)]).await.expect(422);
    }
    let again = staff.get(&format!("{at}/cy/texts.csv")).await.expect(200);
    assert!(!again.text.contains("newydd"), "a file with faults is not kept by itself");
    let _ = (app, asked);
}

#[tokio::test]
async fn the_words_of_the_pages_are_written_once_for_all_surveys() {
    let (app, asked, mut staff, _) = started().await;
    translate(&app, &asked, "cy").await;
    let page = staff.get("/staff/languages/cy").await.expect(200).holds("Words of the pages").holds("value=\"Yn ôl\"");
    let form: Vec<String> =
        page.text.split("name=\"t-p-").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect();
    assert_eq!(form.len(), crate::surveys::page_words::lines().len());
    let lines = crate::surveys::page_words::lines();
    let of = |english: &str| format!("t-{}", lines.iter().find(|line| line.source == english).unwrap().place);
    let mut texts: Vec<(String, String)> = lines.iter().map(|line| (of(&line.source), "{n}".to_owned())).collect();
    let pairs = |texts: &[(String, String)]| -> Vec<(String, String)> { texts.to_vec() };
    let sent = pairs(&texts);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    staff.post("/staff/languages/cy", &sent).await.expect(422).holds("take out {n}, which is not in the English");
    let built: Vec<(String, String)> = crate::ui::spoken::phrases::built_in("cy").collect();
    for ((_, words), line) in texts.iter_mut().zip(&lines) {
        words.clone_from(&built.iter().find(|(english, _)| *english == line.source).unwrap().1);
    }
    texts.iter_mut().find(|(name, _)| *name == of("Start now")).unwrap().1 = "Bant â ni".to_owned();
    let sent: Vec<(&str, &str)> = texts.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    staff.post("/staff/languages/cy", &sent).await.expect(303);
    Browser::new(&app).get(&format!("{AT}.cy")).await.expect(200).holds("Bant â ni").lacks("Dechrau nawr");
    let mut tx = app.db.read().await.unwrap();
    let welsh = crate::ui::spoken::language::find("cy").unwrap();
    let (own, _) = crate::questionnaires::translations::store::find_phrases(&mut tx, welsh).await.unwrap();
    assert_eq!(own.all().count(), 1, "what the program brings is not copied");
    staff.get("/staff/languages/pl").await.expect(200).holds("lang=\"pl\"");
    staff.get("/staff/languages/xx").await.expect(404);
}

#[tokio::test]
async fn a_copy_speaks_the_same_languages_and_is_not_published_with_one_that_lacks_texts() {
    let (app, asked, _, _) = started().await;
    translate(&app, &asked, "cy").await;
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let id = publish::copy(&mut tx, &app.random, &asked, now).await.unwrap();
    let copy = store::find(&mut tx, id).await.unwrap().unwrap();
    assert!(spoken::load(&mut tx, copy.clone(), Some("cy")).await.unwrap().is_some());
    let question = copy.version.questionnaire.find(3).unwrap().clone();
    let changed = crate::questionnaires::question::Question { text: "What else?".to_owned(), ..question };
    crate::surveys::build::change(&mut tx, &copy, |questions| questions.replace(3, changed)).await.unwrap();
    let copy = store::find(&mut tx, id).await.unwrap().unwrap();
    assert!(spoken::load(&mut tx, copy.clone(), Some("cy")).await.unwrap().is_none());
    let refused = publish::publish(&mut tx, &copy, now).await.unwrap_err();
    assert!(refused.in_words().unwrap().contains("lacks texts"), "{refused:?}");
}
