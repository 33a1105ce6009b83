//! Results become public by two people, stay as they were frozen, and are nowhere to be had before that.

use chrono::TimeDelta;

use super::tests::{AT, open, three_questions};
use crate::app::App;
use crate::people::Role;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::response::{Channel, NewResponse};
use crate::questionnaires::store as responses;
use crate::settings::{self, Landlord};
use crate::surveys::store;
use crate::surveys::store::snapshots;
use crate::surveys::survey::{Access, Asked};
use crate::testing::{self, Browser, app_on};

/// Every way to read results from outside.
const REPRESENTATIONS: [&str; 6] =
    ["results", "results.json", "results.csv", "results?version=1", "results.json?version=1", "results.csv?version=1"];

/// So many answers, all of them satisfied, the last with words.
async fn answered(app: &App, asked: &Asked, people: usize) {
    let mut answers = Answers::default();
    answers.put(1, Answer::Option(0));
    answers.put(2, Answer::Option(0));
    answers.put(3, Answer::Open("Mrs Larch at number 9 was kind".to_owned()));
    let coded = code_book::encode(&asked.version.questionnaire, &answers);
    let mut tx = app.db.write().await.unwrap();
    for _ in 0..people {
        let response = NewResponse {
            version_id: asked.version.id,
            coded: &coded,
            channel: Channel::OpenLink,
            received_on: asked.survey.first_day(),
            reference: &app.random.reference(),
            submission_key: &app.random.token(),
            digest: "digest",
        };
        responses::insert_response(&mut tx, &app.random, &response).await.unwrap();
    }
    tx.commit().await.unwrap();
}

crate::db_test!(v19_results_that_nobody_else_approved_are_nowhere_to_be_read, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    answered(&app, &asked, 40).await;
    let at = format!("/staff/surveys/{}/publishing", asked.survey.id);
    let mut visitor = Browser::new(&app);
    let (mut resident, _) = Browser::signed_in(&app, Role::Resident).await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.post(&at, &[]).await.expect(422).holds("Answers can still arrive");
    app.clock.advance(TimeDelta::days(2));
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.post(&at, &[]).await.expect(303);
    // Whoever may not approve, and whoever prepared it, do not.
    officer.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(403);
    for path in REPRESENTATIONS {
        visitor.get(&format!("{AT}/{path}")).await.expect(404);
        resident.get(&format!("{AT}/{path}")).await.expect(404);
        officer.get(&format!("{AT}/{path}")).await.expect(404);
    }
    visitor.get(&at).await.expect(303);
    visitor.get(AT).await.expect(200).lacks("See what people told us");
    visitor.get("/surveys").await.expect(200).lacks("/results");
    // What will be public stands on the page of whoever decides; words of residents do not.
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let page = manager.get(&at).await.expect(200).holds("Approve and publish").holds("100% of about 40 people");
    page.holds("The answers are not weighted").lacks("Larch");
    manager.post(&format!("{at}/approve"), &[("step", "back"), ("wrong", " ")]).await.expect(422).holds("Say what is wrong");
    let back = [("step", "back"), ("wrong", "The areas are wrong")];
    manager.post(&format!("{at}/approve"), &back).await.expect(303);
    manager.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(422).holds("No results wait");
    for path in REPRESENTATIONS {
        visitor.get(&format!("{AT}/{path}")).await.expect(404);
    }
    officer.get(&at).await.expect(200).holds("The areas are wrong").holds("Prepare the results");
    officer.post(&at, &[]).await.expect(303);
    manager.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(303);
    for path in REPRESENTATIONS {
        visitor.get(&format!("{AT}/{path}")).await.expect(200).lacks("Larch");
    }
    for path in ["results?version=2", "results.json?version=0", "results.csv?version=x", "approach"] {
        visitor.get(&format!("{AT}/{path}")).await.expect(404);
    }
    let json = visitor.get(&format!("{AT}/results.json")).await.expect(200);
    let json: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!(json["method"]["people"], 40);
    assert_eq!(json["method"]["ways"][0]["answer"], "Open link");
    assert_eq!(json["questions"][1]["items"][0]["share"]["per_cent"], 100);
    assert_eq!(json["questions"][1]["items"][0]["answers"][0]["people"], 40);
    assert_eq!(json["versions"].as_array().unwrap().len(), 1);
    visitor.get(&format!("{AT}/results.csv")).await.expect(200).holds("How was it?,Very satisfied,40,100,40");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let log = auditor.get("/staff/audit").await.expect(200);
    log.holds("prepared results").holds("sent results back").holds("published results");
});

#[tokio::test]
async fn nobody_approves_their_own_work_and_two_who_approve_at_once_publish_once() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    answered(&app, &asked, 40).await;
    app.clock.advance(TimeDelta::days(2));
    let at = format!("/staff/surveys/{}/publishing", asked.survey.id);
    let (mut one, first) = Browser::signed_in(&app, Role::Administrator).await;
    let (mut other, _) = Browser::signed_in(&app, Role::Administrator).await;
    one.get("/staff").await.expect(200).holds("has closed with 40 answers: prepare its results");
    one.post(&at, &[]).await.expect(303);
    one.get("/staff").await.expect(200).holds("wait for a second person to approve them");
    // Those who may approve and do not run surveys are told too; those who may not are not.
    for (role, told) in [(Role::Manager, true), (Role::Board, true), (Role::Analyst, false)] {
        let (mut other, _) = Browser::signed_in(&app, role).await;
        let page = other.get("/staff").await.expect(200);
        if told {
            page.holds("wait for your approval").holds(&at)
        } else {
            page.lacks("wait for your approval")
        };
    }
    one.get(&at).await.expect(200).holds("somebody else must approve it").lacks("Approve and publish");
    one.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(422).holds("You prepared these results");
    // Past the page too: the row itself refuses.
    let mut tx = app.db.write().await.unwrap();
    let waiting = snapshots::find_waiting(&mut tx, asked.survey.id).await.unwrap().unwrap();
    assert!(!snapshots::approve(&mut tx, waiting.id, first.id, app.clock.now()).await.unwrap());
    drop(tx);
    other.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(303);
    other.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(422).holds("No results wait");
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(snapshots::list_public(&mut tx, asked.survey.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_was_published_never_changes_and_a_correction_is_a_version_with_its_reason() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    answered(&app, &asked, 40).await;
    app.clock.advance(TimeDelta::days(2));
    super::tests::publish_results(&app, &asked).await;
    let mut visitor = Browser::new(&app);
    let figures = |page: &str| page.split("How we got these results").next().unwrap().to_owned();
    let before = visitor.get(&format!("{AT}/results")).await.expect(200).text;
    let before_json = visitor.get(&format!("{AT}/results.json?version=1")).await.expect(200).text;
    // Whatever changes below it: answers, the title, the smallest number.
    answered(&app, &asked, 7).await;
    let mut tx = app.db.write().await.unwrap();
    let mut survey = store::find(&mut tx, asked.survey.id).await.unwrap().unwrap().survey;
    survey.title = "Repairs, renamed".to_owned();
    store::update(&mut tx, &survey).await.unwrap();
    settings::store::save(&mut tx, &Landlord { public_base: 50, ..Landlord::default() }, app.clock.now())
        .await
        .unwrap();
    tx.public_changed();
    tx.commit().await.unwrap();
    testing::run_jobs(&app).await;
    assert_eq!(figures(&visitor.get(&format!("{AT}/results")).await.expect(200).text), figures(&before));
    assert_eq!(visitor.get(&format!("{AT}/results.json?version=1")).await.expect(200).text, before_json);
    let at = format!("/staff/surveys/{}/publishing", asked.survey.id);
    let (mut officer, _) = Browser::signed_in(&app, Role::Analyst).await;
    officer.post(&at, &[("reason", "")]).await.expect(422).holds("Say why the results are corrected");
    officer.post(&at, &[("reason", "Seven answers on paper were left out.")]).await.expect(303);
    visitor.get(&format!("{AT}/results?version=2")).await.expect(404);
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    // Answers that came since are noticed: what was read is not what would be published.
    answered(&app, &asked, 10).await;
    manager.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(422).holds("prepared anew");
    officer.post(&at, &[("reason", "Answers on paper were left out.")]).await.expect(303);
    manager.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(303);
    let newest = visitor.get(&format!("{AT}/results")).await.expect(200).holds("Repairs, renamed");
    newest
        .holds("About 55 people")
        .holds("Version 1, published on 18 November 2026")
        .holds("Answers on paper were left out.");
    let earlier = visitor.get(&format!("{AT}/results?version=1")).await.expect(200).holds("earlier version");
    earlier.holds("About 40 people").lacks("Repairs, renamed</h1>");
    let json = visitor.get(&format!("{AT}/results.json?version=1")).await.expect(200);
    let json: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    assert_eq!((json["version"].as_i64(), json["method"]["people"].as_i64()), (Some(1), Some(40)));
    assert_eq!(json["versions"][0]["reason"], "Answers on paper were left out.");
}
