//! Answering with a photo through the real router, without script: kept at once, lost by no error, seen by nobody else.

use chrono::TimeDelta;

use super::languages_tests::{pieces, translate, word};
use super::tests::{AT, of, open};
use crate::app::App;
use crate::files::image::sample;
use crate::people::Role;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::surveys::photos::tests::questions;
use crate::surveys::survey::Access;
use crate::testing::browser::Answer;
use crate::testing::{self, Browser};

const PHOTO: &str = "/surveys/repairs-and-you/q/2";

/// Begins, answers the first question, and comes to the photo.
async fn begin(app: &App) -> Browser {
    let mut browser = Browser::new(app);
    browser.post(AT, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "0")]).await.expect(303);
    browser
}

/// Sends the page of the photo with a file.
async fn send_photo(browser: &mut Browser, words: &str) -> Answer {
    let jpeg = sample::jpeg_with_exif();
    browser.post_files(PHOTO, &[("q2-words", words)], &[("q2", "gate.jpg", &jpeg)]).await
}

/// The address of the photo that a page shows, beside the logo of every page.
fn image(page: &Answer) -> String {
    let mut sources = page.text.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next());
    sources.find(|src| src.starts_with("/surveys/")).unwrap().to_owned()
}

fn files(app: &App) -> usize {
    std::fs::read_dir(app.config.data.join("files")).map_or(0, Iterator::count)
}

#[tokio::test]
async fn a_photo_is_kept_with_its_page_shown_to_its_person_alone_and_sent() {
    let app = testing::app().await;
    open(&app, Access::Open, &questions()).await;
    let mut browser = begin(&app).await;
    let page = browser.get(PHOTO).await.expect(200).holds("enctype=\"multipart/form-data\"").holds("type=\"file\"");
    page.holds("do not photograph people").holds("What does the photo show? (optional)").lacks("<script");
    assert_eq!(send_photo(&mut browser, "The broken gate").await.expect(303).location(), format!("{AT}/check"));
    let page =
        browser.get(PHOTO).await.expect(200).holds("width=\"20\" height=\"40\"").holds("alt=\"The broken gate\"");
    let page = page.holds("value=\"The broken gate\"").holds("Take this photo away").holds("Only staff can see it");
    let src = image(&page);
    let seen = browser.get(&src).await.expect(200);
    assert_eq!(seen.headers.get("content-type").unwrap(), "image/jpeg");
    assert_eq!(seen.headers.get("cache-control").unwrap(), "no-store");
    assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&seen.bytes)).is_err());
    // Another resident, one with a draft and a photo of their own, and staff cannot.
    let mut other = begin(&app).await;
    send_photo(&mut other, "").await.expect(303);
    other.get(&src).await.expect(404);
    Browser::new(&app).get(&src).await.expect(404);
    Browser::signed_in(&app, Role::Administrator).await.0.get(&src).await.expect(404);
    // Nor does a form that names it make it another's.
    let name = src.rsplit('/').next().unwrap();
    let mut thief = begin(&app).await;
    thief.post(PHOTO, &[("q2-photo", name)]).await.expect(303);
    thief.get(&format!("{AT}/check")).await.expect(200).holds("Not answered").lacks("<img src=\"/surveys");
    let check = browser.get(&format!("{AT}/check")).await.expect(200).holds("A photo: The broken gate").holds(&src);
    let (key, shown) = (check.hidden("key"), check.hidden("seen"));
    let form = [("key", key.as_str()), ("seen", shown.as_str())];
    let sent = browser.post(&format!("{AT}/check"), &form).await.expect(303);
    assert!(sent.location().starts_with(&format!("{AT}/thanks?reference=")));
    // The same form again is the same answers, and the photo is its person's to see no more.
    assert_eq!(browser.post(&format!("{AT}/check"), &form).await.expect(303).location(), sent.location());
    browser.get(&src).await.expect(404);
}

#[tokio::test]
async fn an_error_loses_neither_the_photo_nor_what_was_typed() {
    let app = testing::app().await;
    open(&app, Access::Open, &questions()).await;
    let mut browser = begin(&app).await;
    let long = format!("The gate{}", "!".repeat(300));
    let refused = send_photo(&mut browser, &long).await.expect(422).holds("<title>Error: ");
    let refused = refused.holds("characters too long").holds("href=\"#q2-words\"").holds(&long);
    let src = image(&refused.holds("This photo is kept"));
    // Not a picture, too large, two at once: each is said, and the photo that is kept stays.
    let large = vec![0_u8; 11 * 1024 * 1024];
    let jpeg = sample::jpeg_with_exif();
    for (files, said) in [
        (vec![("q2", "notes.txt", b"not a photo".as_slice())], "The photo must be a JPG, PNG or WebP file"),
        (vec![("q2", "huge.jpg", large.as_slice())], "The file is larger than 10 MB. Choose a smaller one"),
        (vec![("q2", "a.jpg", jpeg.as_slice()), ("q2", "b.jpg", jpeg.as_slice())], "Choose one photo only"),
    ] {
        let refused = browser.post_files(PHOTO, &[("q2-words", "The gate")], &files).await.expect(422);
        let refused = refused.holds(said).holds("href=\"#q2\"").holds("value=\"The gate\"");
        assert_eq!(image(&refused), src, "{said}");
    }
    browser.post_files(PHOTO, &[("q2-words", "The gate")], &[]).await.expect(303);
    browser.get(&format!("{AT}/check")).await.expect(200).holds(&src).holds("A photo: The gate");
    // It is taken away down to its file, and so is the answer.
    browser.post_files(PHOTO, &[("q2-words", "The gate"), ("q2-away", "yes")], &[]).await.expect(303);
    browser.get(&format!("{AT}/check")).await.expect(200).holds("Not answered");
    browser.get(&src).await.expect(404);
    assert_eq!(files(&app), 0);
    let words = browser.post_files(PHOTO, &[("q2-words", "The gate")], &[]).await.expect(422);
    words.holds("Add the photo that you describe").holds("value=\"The gate\"");
}

#[tokio::test]
async fn a_required_photo_is_asked_for_and_a_browser_that_forgot_its_draft_loses_none() {
    let app = testing::app().await;
    let mut questions = Questionnaire::default();
    questions.add(Question::new("Show us", of("photo")).required()).unwrap();
    questions.add(Question::new("What is it?", of("short_text"))).unwrap();
    open(&app, Access::Open, &questions).await;
    let mut browser = Browser::new(&app);
    let page = format!("{AT}/q/1");
    browser.post_files(&page, &[("q1-words", "")], &[]).await.expect(422).holds("Add a photo");
    let text = [("q1", "a.txt", b"words".as_slice())];
    let refused = browser.post_files(&page, &[], &text).await.expect(422).holds("The photo must be a JPG");
    assert_eq!(refused.text.matches("href=\"#q1\"").count(), 1, "one thing is said of it");
    let jpeg = sample::jpeg_with_exif();
    browser.post_files(&page, &[("q1-words", "")], &[("q1", "a.jpg", &jpeg)]).await.expect(303);
    let shown = browser.get(&page).await.expect(200).holds("alt=\"The photo you sent\"");
    browser.get(&image(&shown)).await.expect(200);
    browser.post(&format!("{AT}/q/2"), &[]).await.expect(303);
    // Taken away again, it is missing, and nothing can be sent.
    browser.post_files(&page, &[("q1-away", "yes")], &[]).await.expect(422).holds("Add a photo");
    assert_eq!(browser.get(&format!("{AT}/check")).await.expect(303).location(), page);
}

#[tokio::test]
async fn answers_are_not_sent_without_the_file_of_their_photo() {
    let app = testing::app().await;
    open(&app, Access::Open, &questions()).await;
    let mut browser = begin(&app).await;
    send_photo(&mut browser, "The gate").await.expect(303);
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    std::fs::remove_dir_all(app.config.data.join("files")).unwrap();
    let (key, seen) = (check.hidden("key"), check.hidden("seen"));
    let refused = browser.post(&format!("{AT}/check"), &[("key", &key), ("seen", &seen)]).await.expect(422);
    refused.holds("The photo you added is not here any more").holds("A photo: The gate");
    send_photo(&mut browser, "The gate").await.expect(303);
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    let (key, seen) = (check.hidden("key"), check.hidden("seen"));
    browser.post(&format!("{AT}/check"), &[("key", &key), ("seen", &seen)]).await.expect(303);
}

#[tokio::test]
async fn whoever_starts_again_or_never_comes_back_leaves_no_photo() {
    let app = testing::app().await;
    open(&app, Access::Open, &questions()).await;
    let mut browser = begin(&app).await;
    send_photo(&mut browser, "The gate").await.expect(303);
    let mut other = begin(&app).await;
    send_photo(&mut other, "The lift").await.expect(303);
    browser.post(AT, &[("step", "anew")]).await.expect(303);
    testing::run_jobs(&app).await;
    assert_eq!(files(&app), 1);
    app.clock.advance(TimeDelta::days(31));
    testing::run_jobs(&app).await;
    testing::run_jobs(&app).await;
    assert_eq!(files(&app), 0);
    // Once the survey is over nothing is taken.
    let jpeg = sample::jpeg_with_exif();
    Browser::new(&app).post_files(PHOTO, &[], &[("q2", "a.jpg", &jpeg)]).await.expect(422).holds("closed");
    assert_eq!(files(&app), 0);
}

#[tokio::test]
async fn a_survey_with_a_photo_is_asked_question_by_question_and_on_paper_with_a_box() {
    let app = testing::app().await;
    open(&app, Access::Open, &questions()).await;
    let mut browser = Browser::new(&app);
    browser.get(AT).await.expect(200).lacks("on one page instead");
    assert_eq!(browser.get(&format!("{AT}/all")).await.expect(303).location(), AT);
    let key = "a1".repeat(32);
    let form = [("key", key.as_str()), ("seal", ""), ("q1", "1")];
    assert_eq!(browser.post(&format!("{AT}/all"), &form).await.expect(303).location(), AT);
    browser.get(&format!("{AT}/q/1")).await.expect(200).holds(" checked");
    let paper = browser.get(&format!("{AT}/paper")).await.expect(200).holds("Please attach a photo");
    paper.holds("A photo is attached").holds("do not photograph people").lacks("<input");
}

#[tokio::test]
async fn nothing_about_a_photo_is_hard_wired_english() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    translate(&app, &asked, "pl").await;
    word(&app, "pl", |_| true).await;
    let at = format!("{AT}.pl");
    let mut browser = Browser::new(&app);
    browser.post(&at, &[]).await.expect(303);
    browser.post(&format!("{at}/q/1"), &[("q1", "0")]).await.expect(303);
    let page = format!("{at}/q/2");
    let jpeg = sample::jpeg_with_exif();
    let mut pages = vec![browser.get(&page).await.expect(200)];
    pages.push(browser.post_files(&page, &[("q2-words", "Clean stairs")], &[]).await.expect(422));
    for bytes in [b"words".as_slice(), &vec![0; 11 * 1024 * 1024]] {
        pages.push(browser.post_files(&page, &[], &[("q2", "a.jpg", bytes)]).await.expect(422));
    }
    pages.push(browser.post_files(&page, &[], &[("q2", "a", &jpeg), ("q2", "b", &jpeg)]).await.expect(422));
    browser.post_files(&page, &[("q2-words", "")], &[("q2", "a.jpg", &jpeg)]).await.expect(303);
    pages.push(browser.get(&page).await.expect(200));
    pages.push(browser.get(&format!("{at}/check")).await.expect(200));
    pages.push(browser.get(&format!("{at}/paper")).await.expect(200));
    for page in &pages {
        let own = |text: &String| {
            let names = ["Your landlord", "Clean stairs"];
            text.contains(['‹', '«', '›', '»']) || names.contains(&text.as_str())
        };
        let english: Vec<String> = pieces(page).into_iter().filter(|text| !own(text)).collect();
        assert!(english.is_empty(), "{english:?} in {}", page.text);
    }
}
