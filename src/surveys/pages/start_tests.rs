//! The start page for somebody who has sent answers from the same browser, through the real router.

use chrono::TimeDelta;

use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::survey::Access;
use crate::testing::{self, Browser};

const AT: &str = "/surveys/repairs-and-you";

async fn send(browser: &mut Browser) -> String {
    let page = browser.get(&format!("{AT}/all")).await.expect(200);
    let (key, seal) = (page.hidden("key"), page.hidden("seal"));
    let form = [("key", key.as_str()), ("seal", seal.as_str()), ("q1", "0"), ("q2", "0")];
    browser.post(&format!("{AT}/all"), &form).await.expect(303).location().to_owned()
}

#[tokio::test]
async fn whoever_comes_back_is_told_that_answers_were_sent_from_this_device() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    browser.get(AT).await.expect(200).lacks("on this device on");
    let receipt = send(&mut browser).await;
    let page = browser.get(AT).await.expect(200).holds("You sent answers on this device on 16 November 2026.");
    page.holds(&format!("href=\"{receipt}\"")).holds("somebody else").holds("Start now");
    browser.get(&receipt).await.expect(200).holds("Thank you");
    // Another person of the household begins: both are there, until the newer answers are sent.
    browser.post(AT, &[]).await.expect(303);
    let page = browser.get(AT).await.expect(200).holds("Go on where you stopped").lacks("somebody else");
    page.holds(&format!("href=\"{receipt}\""));
    let newer = send(&mut browser).await;
    assert_ne!(newer, receipt);
    browser.get(AT).await.expect(200).holds(&format!("href=\"{newer}\"")).lacks(&receipt).holds("Start now");
    app.clock.advance(asked.survey.closes_at - app.clock.now() + TimeDelta::hours(1));
    let over = browser.get(AT).await.expect(200).holds("This survey closed").holds("You sent answers on this device");
    over.lacks("somebody else");
    Browser::new(&app).get(AT).await.expect(200).lacks("on this device on");
}

#[tokio::test]
async fn a_reference_that_nobody_was_given_says_nothing() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    for forged in ["..ZZZZZZZZ", "..<b>", "..", "."] {
        browser.set_cookies(vec![(format!("survey-{}", asked.survey.id), forged.to_owned())]);
        browser.get(AT).await.expect(200).lacks("You sent answers").holds("Start now");
    }
}

#[tokio::test]
async fn somebody_else_on_a_shared_phone_starts_again_and_the_answers_begun_are_gone() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    browser.get(AT).await.expect(200).lacks("start again");
    browser.post(AT, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "0")]).await.expect(303);
    let first = browser.get(&format!("{AT}/q/1")).await.expect(200);
    first.holds(" checked");
    browser.get(AT).await.expect(200).holds("Delete them and start again");
    let anew = browser.post(AT, &[(crate::ui::STEP, "anew")]).await.expect(303);
    assert_eq!(anew.location(), format!("{AT}/q/1"));
    browser.get(&format!("{AT}/q/1")).await.expect(200).lacks(" checked");
    let mut tx = app.db.read().await.unwrap();
    let far = app.clock.now() + TimeDelta::days(1);
    assert_eq!(crate::surveys::store::count_drafts_before(&mut tx, far).await.unwrap(), 1, "only the new one is kept");
    drop(tx);
    app.clock.advance(asked.survey.closes_at - app.clock.now() + TimeDelta::minutes(5));
    browser.get(AT).await.expect(200).holds("Go on where you stopped").lacks("start again");
    browser.post(AT, &[(crate::ui::STEP, "anew")]).await.expect(303);
    let tx = app.db.read().await;
    assert_eq!(
        crate::surveys::store::count_drafts_before(&mut tx.unwrap(), far + TimeDelta::days(60)).await.unwrap(),
        1
    );
}
