//! Moderation through the real router: no step loses what was typed for another, and each ends in a redirect.

use super::tests::{World, typed, world};
use crate::mystery_shopping::store::{drafts, returns};
use crate::people::Role;
use crate::testing::Browser;
use crate::thread::id::ReturnId;

/// Files a return as its shopper.
async fn filed(world: &mut World) -> ReturnId {
    let (items, form, check) = (world.items(), world.path("/return"), world.path("/check"));
    world.shopper.post(&form, &typed(&items)).await.expect(303);
    let key = world.shopper.get(&check).await.expect(200).hidden("key");
    world.shopper.post(&check, &[("key", &key)]).await.expect(303);
    let mut tx = world.app.db.read().await.unwrap();
    returns::list(&mut tx).await.unwrap()[0].return_id
}

#[tokio::test]
async fn what_was_typed_for_another_step_is_kept() {
    let mut world = world().await;
    let id = filed(&mut world).await;
    let here = format!("/staff/mystery-shopping/returns/{id}");
    let (mut officer, _) = Browser::signed_in(&world.app, Role::Officer).await;
    let page = officer.get(&here).await.expect(200).lacks("is kept below");
    let list = page.text.split("id=\"item\"").nth(1).unwrap();
    let mut values = list.split("<option value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let item = values.find(|value| !value.is_empty()).unwrap().to_owned();

    let asks = [
        ("step", "query"),
        ("question", "Which line?"),
        ("facts-for-managers", "Answered <fast>,\r\nno name given."),
        ("void-reason", "Perhaps recognised"),
        ("value", "7\u{0}5"),
    ];
    assert_eq!(officer.post(&here, &asks).await.expect(303).location(), here);
    let page = officer.get(&here).await.expect(200).holds("The shopper is asked by e-mail. What else you wrote");
    page.holds("Answered &lt;fast>,\nno name given.</textarea>").holds("Perhaps recognised").holds("value=\"75\"");

    // Somebody who may read how shops are done sees nothing of it, and the way to the scenario.
    let (mut auditor, _) = Browser::signed_in(&world.app, Role::Auditor).await;
    let seen = auditor.get(&here).await.expect(200).lacks("no name given").lacks("What happened");
    seen.holds("href=\"/staff/mystery-shopping/scenarios/");

    let wrong = [("step", "amend"), ("item", &*item), ("facts-for-managers", "Safe words"), ("void-reason", "No")];
    officer.post(&here, &wrong).await.expect(422).holds("Say why the score is amended").holds("Safe words");
    let amends = [
        ("step", "amend"),
        ("item", &*item),
        ("outcome", "not_met"),
        ("amend-reason", "Phone record"),
        ("facts-for-managers", "Safe words"),
        ("question", "And when?"),
    ];
    assert_eq!(officer.post(&here, &amends).await.expect(303).location(), here);
    let page = officer.get(&here).await.expect(200).holds("Amended.").holds("What else you wrote is kept below.");
    page.holds("Safe words").holds("And when?").lacks("Perhaps recognised").holds("Phone record");
    auditor.get("/staff/audit").await.expect(200).holds("amended a return").holds(" to Not met</td>");
    officer.get(&here).await.expect(200).holds("Safe words").lacks("is kept below");

    let accepts = [("step", "accept"), ("facts-for-managers", "Safe words"), ("question", "And when?")];
    officer.post(&here, &accepts).await.expect(303);
    officer.get(&here).await.expect(200).holds("Accepted. It counts from now on.").lacks("is kept below");
    let mut tx = world.app.db.read().await.unwrap();
    assert!(drafts::find_moderation(&mut tx, id).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_shoppers_own_words_left_as_they_are_are_no_draft() {
    let mut world = world().await;
    let id = filed(&mut world).await;
    let here = format!("/staff/mystery-shopping/returns/{id}");
    let (mut officer, _) = Browser::signed_in(&world.app, Role::Officer).await;
    let facts = "They answered <b>fast</b> & did not say who they were.";
    let asks = [("step", "query"), ("question", "Which line?"), ("facts-for-managers", facts), ("void-reason", " ")];
    officer.post(&here, &asks).await.expect(303);
    officer.get(&here).await.expect(200).holds("The shopper is asked by e-mail.").lacks("is kept below");
    let mut tx = world.app.db.read().await.unwrap();
    assert!(drafts::find_moderation(&mut tx, id).await.unwrap().is_empty());
    drop(tx);
    world.shopper.get(&world.path("")).await.expect(200).holds("Read your brief again").holds("My kitchen tap drips.");
}
