//! What staff see of photos: a gallery once enough people answered, nothing of them in files, and taking one out for good.

use super::tests::{AT, open, publish_results};
use crate::app::App;
use crate::files::image::sample;
use crate::people::Role;
use crate::questionnaires::answer::Answer;
use crate::surveys::photos::tests::questions;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::{keep_online, said};
use crate::testing::{self, Browser};

/// One resident who sends a photo, and the reference of their receipt.
async fn send(app: &App, words: &str) -> String {
    let mut browser = Browser::new(app);
    browser.post(AT, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "0")]).await.expect(303);
    let jpeg = sample::jpeg_with_exif();
    let sent = [("q2", "gate.jpg", jpeg.as_slice())];
    browser.post_files(&format!("{AT}/q/2"), &[("q2-words", words)], &sent).await.expect(303);
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    let (key, seen) = (check.hidden("key"), check.hidden("seen"));
    let thanks = browser.post(&format!("{AT}/check"), &[("key", &key), ("seen", &seen)]).await.expect(303);
    thanks.location().rsplit('=').next().unwrap().to_owned()
}

async fn many(app: &App, asked: &Asked, people: usize) {
    keep_online(app, asked, (0..people).map(|_| said([(1, Answer::Option(1)), (2, Answer::NoAnswer)]))).await;
}

fn image(page: &str) -> String {
    page.split("<img src=\"")
        .find(|rest| rest.starts_with("/staff/surveys/"))
        .map_or_else(String::new, |rest| rest.split('"').next().unwrap().to_owned())
}

#[tokio::test]
async fn photos_are_seen_by_those_who_read_words_and_by_nobody_else() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    send(&app, "The <b>gate</b>").await;
    send(&app, "").await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let gallery = format!("{at}/photos/2");
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get(&gallery).await.expect(200).holds("Too few people answered").lacks("<img src=\"/staff");
    officer.get(&format!("{at}/results")).await.expect(200).holds("Too few people answered to show their photos");
    many(&app, &asked, 20).await;
    officer.get(&format!("{at}/results")).await.expect(200).holds("2 people sent a photo. ").holds(&gallery);
    officer.get(&format!("{at}/words")).await.expect(200).holds(&gallery);
    let page = officer.get(&gallery).await.expect(200).holds("2 people sent a photo.").holds("published nowhere");
    let page = page.holds("The &lt;b&gt;gate").lacks("<b>gate").holds("No description").holds("not described");
    let src = image(&page.text);
    for role in Role::ALL {
        let (mut reader, _) = Browser::signed_in(&app, role).await;
        let status = if matches!(role, Role::Shopper | Role::Resident) { 403 } else { 200 };
        reader.get(&gallery).await.expect(status);
        let seen = reader.get(&src).await.expect(status);
        if status == 200 {
            assert_eq!(seen.headers.get("content-type").unwrap(), "image/jpeg");
            assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&seen.bytes)).is_err());
        }
        let may = matches!(role, Role::Officer | Role::Administrator);
        let page = reader.get(&gallery).await;
        assert_eq!(page.text.contains("Take their photo out"), may, "{role:?}");
        let status = if may { 422 } else { 403 };
        reader.post(&gallery, &[("step", "by-reference"), ("reference", "")]).await.expect(status);
    }
    Browser::new(&app).get(&src).await.expect(303);
    // A photo of another question, a question that asks for none, and one that still waits with its draft are not there.
    officer.get(&format!("{at}/photos/1")).await.expect(404);
    officer.get(&src.replace("/photos/2/", "/photos/1/")).await.expect(404);
    officer.get(&format!("{gallery}/../../../../etc/passwd")).await.expect(404);
}

#[tokio::test]
async fn files_of_answers_say_only_whether_there_was_a_photo_and_the_public_reads_nothing_of_it() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    send(&app, "The gate by number 7").await;
    many(&app, &asked, 20).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let csv = officer.post(&format!("{at}/answers"), &[]).await.expect(200);
    let csv = csv.holds("Show us – a photo was sent").lacks("number 7");
    assert_eq!(csv.text.lines().filter(|line| line.ends_with(",Yes")).count(), 1, "{}", csv.text);
    for kind in ["xlsx", "sav"] {
        let file = officer.post(&format!("{at}/answers"), &[("as", kind)]).await.expect(200);
        assert!(!file.bytes.windows(8).any(|eight| eight == b"number 7"), "{kind}");
    }
    app.clock.advance(chrono::TimeDelta::days(2));
    publish_results(&app, &asked).await;
    let mut visitor = Browser::new(&app);
    visitor.get(&format!("{AT}/results")).await.expect(200).lacks("number 7").lacks("/photos/").lacks("sent a photo");
    visitor.get(&format!("{AT}/results.json")).await.expect(200).lacks("number 7");
    visitor.get(&format!("{AT}/results.csv")).await.expect(200).lacks("number 7").lacks("photo was sent");
}

#[tokio::test]
async fn a_photo_is_taken_out_by_its_button_or_by_the_reference_of_its_person() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    let reference = send(&app, "A face at the window").await;
    send(&app, "The gate").await;
    many(&app, &asked, 20).await;
    let gallery = format!("/staff/surveys/{}/photos/2", asked.survey.id);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let by = |reference: &str| {
        [("step".to_owned(), "by-reference".to_owned()), ("reference".to_owned(), reference.to_owned())]
    };
    let wrong = by("WRONG234");
    let wrong: Vec<(&str, &str)> = wrong.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    officer
        .post(&gallery, &wrong)
        .await
        .expect(422)
        .holds("No photo is here")
        .holds("value=\"WRONG234\"")
        .holds("The gate");
    let right = by(&reference.to_lowercase());
    let right: Vec<(&str, &str)> = right.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    officer.post(&gallery, &right).await.expect(303);
    let page = officer.get(&gallery).await.expect(200).holds("taken out for good").lacks("A face");
    let page = page.holds("2 people sent a photo. 1 of the photos is not here").holds("The gate");
    let src = image(&page.text);
    let file = page.hidden("file");
    officer.post(&gallery, &[("step", "take-out"), ("file", &file)]).await.expect(303);
    officer.get(&src).await.expect(404);
    officer.get(&gallery).await.expect(200).holds("2 of the photos are not here").holds("No photos to see here");
    officer.post(&gallery, &[("step", "take-out"), ("file", &file)]).await.expect(303);
    assert_eq!(std::fs::read_dir(app.config.data.join("files")).unwrap().count(), 0);
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    let log = admin.get("/staff/audit").await.expect(200).holds("took a photo out");
    log.lacks(&reference).lacks(&file);
    // What the answers say is as before.
    officer.post(&format!("/staff/surveys/{}/answers", asked.survey.id), &[]).await.expect(200).holds(",Yes");
}

#[tokio::test]
async fn staff_note_that_a_photo_came_on_paper_and_on_the_telephone_the_question_is_left_out() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let page = officer
        .get(&format!("{at}/enter?by=post"))
        .await
        .expect(200)
        .holds("a photo came with it")
        .lacks("type=\"file\"");
    let key = page.hidden("key");
    let day = [("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    let form = [&day[..], &[("key", key.as_str()), ("by", "post"), ("q1", "0"), ("q2", "yes")]].concat();
    officer.post(&format!("{at}/enter"), &form).await.expect(303);
    let page = officer.get(&format!("{at}/enter?by=telephone")).await.expect(200).holds("a photo cannot be told");
    let key = page.lacks("a photo came with it").hidden("key");
    let form = [&day[..], &[("key", key.as_str()), ("by", "telephone"), ("q1", "0"), ("q2", "yes")]].concat();
    officer
        .post(&format!("{at}/enter"), &form)
        .await
        .expect(422)
        .holds("Question 2: a photo cannot be told on the telephone");
    officer.post(&format!("{at}/enter"), &form[..form.len() - 1]).await.expect(303);
    many(&app, &asked, 20).await;
    officer
        .get(&format!("{at}/photos/2"))
        .await
        .expect(200)
        .holds("1 person sent a photo. 1 of the photos is not here");
}

#[tokio::test]
async fn whoever_asks_for_a_photo_is_told_what_becomes_of_it_and_can_try_it() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &questions()).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let page =
        officer.get(&format!("{at}/questions/new?kind=photo")).await.expect(200).holds("Only staff see the photos");
    page.holds("answered question by question").lacks("Standard it measures").holds("type=\"file\"");
    let form = [("at", "2"), ("seen", "1"), ("q1", "0"), ("q2", "gate.jpg"), ("q2-words", "The gate")];
    let tried = officer.post(&format!("{at}/try"), &form).await.expect(200);
    tried.holds("The end").holds("A photo: The gate");
    let paths = officer.get(&at).await.expect(200);
    paths.holds("Show us");
}
