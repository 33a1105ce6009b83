//! Surveys in other languages through the real router: what people read, and that what they answer is the same.

use chrono::TimeDelta;

use super::tests::{AT, of, open, three_questions};
use crate::app::App;
use crate::questionnaires::kinds;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::one_choice;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::Open;
use crate::questionnaires::store::rows;
use crate::questionnaires::translations::Texts;
use crate::questionnaires::translations::store::{self, Kept};
use crate::random::sha256;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::{page_words, spoken, store as surveys};
use crate::testing::browser::Answer;
use crate::testing::{self, Browser};
use crate::ui::spoken::language;

/// Every text of a survey in brackets, offered in a language.
pub async fn translate(app: &App, asked: &Asked, code: &str) {
    let mut texts = Texts::default();
    for line in spoken::lines(asked) {
        texts.put(&line, &format!("‹{}›", line.source));
    }
    let language = language::find(code).unwrap();
    let mut tx = app.db.write().await.unwrap();
    let kept = store::find(&mut tx, asked.version.id, language).await.unwrap();
    assert!(store::save(&mut tx, asked.version.id, &Kept { texts, offered: true, ..kept }).await.unwrap());
    tx.commit().await.unwrap();
}

/// The program's phrases in brackets, all of them or some of them.
pub async fn word(app: &App, code: &str, which: impl Fn(&str) -> bool) {
    let mut texts = Texts::default();
    for line in page_words::lines().iter().filter(|line| which(&line.source)) {
        texts.put(line, &format!("«{}»", line.source));
    }
    let mut tx = app.db.write().await.unwrap();
    assert!(store::save_phrases(&mut tx, language::find(code).unwrap(), &texts, 0).await.unwrap());
    tx.commit().await.unwrap();
}

fn every_kind() -> Questionnaire {
    let mut questions = Questionnaire::default();
    // A photo is asked for on a page of its own: see the tests of photos.
    for (tag, _) in kinds::ALL.into_iter().filter(|(tag, _)| *tag != "photo") {
        questions.add(Question::new(format!("A {tag}"), of(tag)).hinted("A hint")).unwrap();
    }
    let other = one_choice::Settings { other: true, prefer_not: true, ..one_choice::Settings::default() };
    questions.add(Question::new("Because of {answer:2}?", Kind::OneChoice(other)).shown_if(2, &[0])).unwrap();
    questions
}

/// Something for every kind, as a browser sends it.
const GIVEN: [&[(&str, &str)]; 11] = [
    &[("q1", "na")],
    &[("q2", "0")],
    &[("q3", "0"), ("q3", "1")],
    &[("q4-0", "4"), ("q4-1", "na")],
    &[("q5-0", "2"), ("q5-1", "1"), ("q5-2", "3")],
    &[("q6", "10")],
    &[("q7", "12")],
    &[("q8-day", "4"), ("q8-month", "11"), ("q8-year", "2026")],
    &[("q9", "Clean stairs")],
    &[("q10", "A “leak”\r\nagain")],
    &[("q11", "other"), ("q11-other", "Back")],
];

/// Answers page by page, and gives back the page of the check.
async fn answer(browser: &mut Browser, at: &str) -> Answer {
    let next = browser.post(at, &[]).await.expect(303).location().to_owned();
    assert_eq!(next, format!("{at}/q/1"));
    for (position, given) in GIVEN.iter().enumerate() {
        browser.get(&format!("{at}/q/{}", position + 1)).await.expect(200);
        browser.post(&format!("{at}/q/{}", position + 1), given).await.expect(303);
    }
    browser.get(&format!("{at}/check")).await.expect(200)
}

async fn send(browser: &mut Browser, at: &str, check: &Answer) -> Answer {
    let (key, seen) = (check.hidden("key"), check.hidden("seen"));
    let sent = browser.post(&format!("{at}/check"), &[("key", &key), ("seen", &seen)]).await.expect(303);
    let thanks = sent.location().to_owned();
    assert!(thanks.starts_with(&format!("{at}/thanks?reference=")), "{thanks}");
    browser.get(&thanks).await.expect(200)
}

#[tokio::test]
async fn the_same_answers_in_welsh_and_in_english_are_the_same_bytes() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &every_kind()).await;
    translate(&app, &asked, "cy").await;
    let welsh = format!("{AT}.cy");
    let mut browser = Browser::new(&app);
    let page = browser.get(AT).await.expect(200).holds("<html lang=\"en-GB\"");
    page.holds(&format!("href=\"{welsh}\"")).holds("hreflang=\"cy\"").holds(">Cymraeg</a>").lacks("‹");
    let start = browser.get(&welsh).await.expect(200).holds("<html lang=\"cy\"").holds("‹Repairs and you›");
    start.holds("Dechrau nawr").holds(&format!("href=\"{AT}\"")).holds("<header lang=\"en-GB\" dir=\"ltr\"");
    let check = answer(&mut browser, &welsh).await.holds("‹Yes›").holds("Ddim yn berthnasol").holds("4 Tachwedd 2026");
    let check = check.holds("‹Because of ‹Yes›?›").holds("Arall: Back").holds("‹Second item›: Ddim yn berthnasol");
    send(&mut browser, &welsh, &check).await.holds("Diolch").holds("‹We read every answer.›").holds("16 Tachwedd 2026");
    let mut other = Browser::new(&app);
    let check = answer(&mut other, AT).await.holds("Very dissatisfied").lacks("‹");
    send(&mut other, AT, &check).await.holds("Thank you");
    // All on one page, in Welsh again.
    let mut third = Browser::new(&app);
    let page = third.get(&format!("{welsh}/all")).await.expect(200).holds("11. ‹Because of (eich ateb i gwestiwn 2)?›");
    let page = page.holds("Atebwch hwn dim ond os gwnaethoch roi’r ateb “‹Yes›” i gwestiwn 2.");
    let (key, seal) = (page.hidden("key"), page.hidden("seal"));
    let mut form: Vec<(&str, &str)> = GIVEN.iter().copied().flatten().copied().collect();
    form.extend([("key", key.as_str()), ("seal", seal.as_str())]);
    third.post(&format!("{welsh}/all"), &form).await.expect(303);
    let mut tx = app.db.read().await.unwrap();
    let kept = rows::list_after(&mut tx, asked.version.id, (0, 9), 9).await.unwrap();
    assert_eq!(kept.len(), 3);
    let open = rows::list_open(&mut tx, asked.version.id, (0, 9)).await.unwrap();
    let of = |at: usize| -> Vec<(i64, String)> {
        let own = open.iter().filter(|open: &&Open| open.response_id == kept[at].response_id);
        own.map(|open| (open.question_key, open.value.clone())).collect()
    };
    for at in [0, 2] {
        assert_eq!(kept[at].codes, kept[1].codes);
        assert_eq!(of(at), of(1));
    }
}

/// What stands in the main part of a page as text, each piece by itself.
pub fn pieces(page: &Answer) -> Vec<String> {
    let main = page.text.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let pieces = main.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim().to_owned());
    pieces.filter(|text| text.chars().any(char::is_alphabetic)).collect()
}

#[tokio::test]
async fn nothing_on_the_answering_pages_is_hard_wired_english() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &every_kind()).await;
    let by_link = open(&app, Access::Personal, &three_questions()).await;
    translate(&app, &asked, "pl").await;
    translate(&app, &by_link, "pl").await;
    word(&app, "pl", |_| true).await;
    let at = format!("{AT}.pl");
    let mut browser = Browser::new(&app);
    let mut pages = vec![browser.get(&at).await.expect(200)];
    pages.push(browser.get(&format!("{at}/paper")).await.expect(200));
    pages.push(browser.get(&format!("{at}/all")).await.expect(200));
    let (key, seal) = (pages[2].hidden("key"), pages[2].hidden("seal"));
    pages.push(browser.post(&format!("{at}/all"), &[("key", &key), ("seal", &seal)]).await.expect(422));
    let wrong = [("q1", "x"), ("q2", "x"), ("q4-0", "x"), ("q5-0", "1"), ("q5-1", "1"), ("q6", "x"), ("q7", "x")];
    let more = [("q8-day", "x"), ("q9", &*"x".repeat(900)), ("q3", "na"), ("q3", "1"), ("key", &key), ("seal", &seal)];
    pages.push(browser.post(&format!("{at}/all"), &[&wrong[..], &more[..]].concat()).await.expect(422));
    browser.post(&at, &[]).await.expect(303);
    for (position, given) in GIVEN.iter().enumerate() {
        let path = format!("{at}/q/{}", position + 1);
        pages.push(browser.get(&path).await.expect(200));
        browser.post(&path, given).await.expect(303);
    }
    pages.push(browser.get(&at).await.expect(200));
    let check = browser.get(&format!("{at}/check")).await.expect(200);
    let thanks = send(&mut browser, &at, &check).await;
    let again = [("key", check.hidden("key")), ("seen", "0".repeat(64))];
    let again = [(again[0].0, again[0].1.as_str()), (again[1].0, again[1].1.as_str())];
    pages.push(browser.post(&format!("{at}/check"), &again).await.expect(409));
    pages.extend([check, thanks]);
    pages.push(browser.get(&at).await.expect(200));
    pages.push(browser.get(&format!("{}.pl", by_link.survey.path())).await.expect(200));
    app.clock.advance(TimeDelta::days(2));
    pages.push(Browser::new(&app).get(&at).await.expect(200));
    for page in &pages {
        // The landlord's name, the languages' own, a reference, and what the person wrote are nobody's to translate.
        let own = |text: &String| {
            let names = ["Your landlord", "English", "Polski", "Clean stairs", "A “leak”", "again"];
            text.contains(['‹', '«', '›', '»']) || names.contains(&text.as_str()) || text.len() == 8
        };
        let english: Vec<String> = pieces(page).into_iter().filter(|text| !own(text)).collect();
        assert!(english.is_empty(), "{english:?} in {}", page.text);
        assert!(!page.text.contains("lang=\"en-GB\" dir=\"ltr\">S"), "{}", page.text);
    }
    let title = &pages[4].text;
    assert!(title.contains("<title>«Error:» «All questions» – ‹Repairs and you›"), "{title}");
}

#[tokio::test]
async fn what_has_no_words_is_english_and_says_so_and_urdu_is_written_from_right_to_left() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    translate(&app, &asked, "ur").await;
    let at = format!("{AT}.ur");
    let mut browser = Browser::new(&app);
    browser.get(&at).await.expect(404);
    word(&app, "ur", |phrase| phrase.contains("atisfied") || ["Not applicable", "(optional)"].contains(&phrase)).await;
    let page = browser.get(&at).await.expect(200).holds("<html lang=\"ur\" dir=\"rtl\" class");
    let page = page.holds("<span lang=\"en-GB\" dir=\"ltr\">Start now</span>").holds("‹Repairs and you›");
    page.holds("<footer lang=\"en-GB\" dir=\"ltr\"").holds("lang=\"ur\" hreflang=\"ur\" dir=\"rtl\"");
    browser.post(&at, &[]).await.expect(303);
    browser.post(&format!("{at}/q/1"), &[("q1", "0")]).await.expect(303);
    let page = browser.get(&format!("{at}/q/2")).await.expect(200).holds("«Very satisfied»");
    page.holds("<span lang=\"en-GB\" dir=\"ltr\">Save and go on</span>").lacks("lang=\"en-GB\" dir=\"ltr\">How was");
    browser.get(&format!("{at}/q/3")).await.expect(303);
}

#[tokio::test]
async fn a_paper_form_has_the_same_numbers_in_every_language() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    translate(&app, &asked, "cy").await;
    let mut browser = Browser::new(&app);
    let page = browser.get(&format!("{AT}.cy/paper")).await.expect(200).holds("<html lang=\"cy\"");
    let page = page.holds("1. ‹Had a repair?›").holds("2. ‹How was it?›").holds("3. ‹Anything else?› (dewisol)");
    page.holds("Dim ond os gwnaethoch roi’r ateb “‹Yes›” i gwestiwn 1.").holds("Ticiwch un blwch.").lacks("Tick");
    let (mut staff, _) = Browser::signed_in(&app, crate::people::Role::Board).await;
    let path = format!("/staff/surveys/{}/paper", asked.survey.id);
    let page = staff.get(&format!("{path}?language=cy")).await.expect(200).holds("lang=\"cy\" dir=\"ltr\"");
    page.holds("<html lang=\"en-GB\"").holds("2. ‹How was it?›");
    staff.get(&format!("{path}?language=xx")).await.expect(404);
}

#[tokio::test]
async fn a_language_that_is_not_offered_is_not_there_but_what_was_typed_in_it_is_kept() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    for code in ["cy", "xx", "", "en", "cy.cy"] {
        browser.get(&format!("{AT}.{code}")).await.expect(404);
    }
    translate(&app, &asked, "cy").await;
    browser.post(&format!("{AT}.cy"), &[]).await.expect(303);
    let mut tx = app.db.write().await.unwrap();
    let kept = store::find(&mut tx, asked.version.id, language::find("cy").unwrap()).await.unwrap();
    assert!(store::save(&mut tx, asked.version.id, &Kept { offered: false, ..kept }).await.unwrap());
    tx.commit().await.unwrap();
    browser.get(&format!("{AT}.cy/q/1")).await.expect(404);
    let kept = browser.post(&format!("{AT}.cy/q/1"), &[("q1", "0")]).await.expect(303);
    assert_eq!(kept.location(), format!("{AT}/q/2"));
    browser.get(&format!("{AT}/q/1")).await.expect(200).holds(" checked");
    browser.get(AT).await.expect(200).lacks("hreflang");
}

#[tokio::test]
async fn a_personal_link_leads_to_every_language_and_says_in_it_that_it_was_used() {
    let app = testing::app().await;
    let asked = open(&app, Access::Personal, &three_questions()).await;
    translate(&app, &asked, "cy").await;
    let mut tx = app.db.write().await.unwrap();
    let (link, today) = ("a1".repeat(32), app.clock.today());
    surveys::insert_invitation(&mut tx, asked.survey.id, "kim@example.org", &sha256(&link), today).await.unwrap();
    tx.commit().await.unwrap();
    let at = format!("/s/{link}.cy");
    let mut browser = Browser::new(&app);
    browser.get(&format!("/s/{link}")).await.expect(200).holds(&format!("href=\"{at}\""));
    browser.get(&at).await.expect(200).holds("<html lang=\"cy\"").holds(&format!("action=\"{at}\""));
    assert_eq!(browser.post(&at, &[]).await.expect(303).location(), format!("{AT}.cy/q/1"));
    browser.post(&format!("{AT}.cy/q/1"), &[("q1", "1")]).await.expect(303);
    browser.post(&format!("{AT}.cy/q/3"), &[("q3", "")]).await.expect(303);
    let check = browser.get(&format!("{AT}.cy/check")).await.expect(200);
    send(&mut browser, &format!("{AT}.cy"), &check).await.holds("Diolch");
    browser.get(&at).await.expect(410).holds("Mae’r ddolen bersonol hon wedi’i defnyddio");
}
