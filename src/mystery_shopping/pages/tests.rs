//! Journeys of shoppers and of those who run the programme, through the real router.

use crate::app::App;
use crate::files::image::sample;
use crate::mystery_shopping::assignment::Assignment;
use crate::mystery_shopping::scenario::Scenario;
use crate::mystery_shopping::store::tests::{accepted_shop, ready, scenario};
use crate::mystery_shopping::store::{photos, returns};
use crate::people::{Account, Role};
use crate::standards::store::tests::published;
use crate::testing::{Browser, app, run_jobs};
use crate::thread::id::StandardId;

pub(super) struct World {
    pub app: App,
    pub shopper: Browser,
    account: Account,
    officer: Browser,
    scenario: Scenario,
    pub shop: Assignment,
    standards: [StandardId; 2],
}

pub(super) async fn world() -> World {
    let app = app().await;
    let (shopper, account) = Browser::signed_in(&app, Role::Shopper).await;
    let (officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let mut tx = app.db.write().await.unwrap();
    let standards = [published(&app, &mut tx, "Calls answered").await, published(&app, &mut tx, "Name given").await];
    let scenario = scenario(&app, &mut tx, standards[0], standards[1]).await;
    ready(&app, &mut tx, &account).await;
    let shop = accepted_shop(&app, &mut tx, &account, scenario.version).await;
    tx.commit().await.unwrap();
    World { app, shopper, account, officer, scenario, shop, standards }
}

impl World {
    pub fn path(&self, rest: &str) -> String {
        format!("/shops/{}{rest}", self.shop.assignment_id)
    }

    pub fn items(&self) -> (String, String, String) {
        let (one, two) = (self.scenario.items[0].id, self.scenario.items[1].id);
        (format!("item-{one}"), format!("value-{one}"), format!("item-{two}"))
    }
}

pub(super) fn typed(items: &(String, String, String)) -> Vec<(&str, &str)> {
    vec![
        ("on-day", "14"),
        ("on-month", "11"),
        ("on-year", "2026"),
        ("began", "10:05"),
        ("ended", "10:12"),
        (&items.0, "met"),
        (&items.1, "42"),
        (&items.2, "not_met"),
        ("facts", "They answered <b>fast</b> & did not say who they were."),
        ("recognised", "no"),
        ("unsafe", "no"),
        ("truthful", "yes"),
        ("step", "check"),
    ]
}

#[tokio::test]
async fn a_shopper_files_a_return_with_a_photo_and_an_officer_moderates_it() {
    let mut world = world().await;
    let items = world.items();
    world.shopper.get("/shops").await.expect(200).holds("Ask about a repair").holds("To do");
    world.shopper.get(&world.path("")).await.expect(200).holds("My kitchen tap drips.").holds("Calls answered");
    world.shopper.get(&world.path("/return")).await.expect(200).holds("multipart/form-data").lacks("<script");
    let mut fields = typed(&items);
    fields.push(("photo-1-words", "The letter with the wrong number"));
    let jpeg = sample::jpeg_with_exif();
    let sent =
        world.shopper.post_files(&world.path("/return"), &fields, &[("photo-1", "IMG_1.jpg", &jpeg)]).await.expect(303);
    assert_eq!(sent.location(), world.path("/check"));
    let check = world.shopper.get(&world.path("/check")).await.expect(200);
    let check = check.holds("/return#facts\"").holds("Change what happened").holds("/return#photos\"");
    let check = check.holds("Met (42 seconds)").holds("Not met").holds("The letter with the wrong number");
    let key = check.holds("&lt;b&gt;fast").hidden("key");
    let receipt = world.shopper.post(&world.path("/check"), &[("key", &key)]).await.expect(303);
    assert_eq!(receipt.location(), world.path("/receipt"));
    world.shopper.post(&world.path("/check"), &[("key", &key)]).await.expect(303);
    world.shopper.get(&world.path("/receipt")).await.expect(200).holds("Your return is sent");
    world.shopper.get(&world.path("/return")).await.expect(303);
    world
        .shopper
        .get(&world.path(""))
        .await
        .expect(200)
        .holds("What you sent")
        .holds("Met (42 seconds)")
        .holds("Somebody recognised you")
        .holds("Something felt unsafe");
    world.shopper.get(&world.path("/receipt")).await.expect(200).lacks("999");

    let mut tx = world.app.db.read().await.unwrap();
    let all = returns::list(&mut tx).await.unwrap();
    assert_eq!(all.len(), 1, "sent twice, kept once");
    drop(tx);
    let here = format!("/staff/mystery-shopping/returns/{}", all[0].return_id);
    world
        .officer
        .get("/staff/mystery-shopping/returns")
        .await
        .expect(200)
        .holds(&all[0].reference)
        .holds("Waiting for a decision");
    let page = world.officer.get(&here).await.expect(200).holds(&world.account.name).holds("Met (42 seconds)");
    let photo =
        page.text.split("src=\"").find(|part| part.starts_with(&here)).unwrap().split('"').next().unwrap().to_owned();
    let bytes = world.officer.get(&photo).await.expect(200);
    assert_eq!(bytes.headers.get("content-type").unwrap(), "image/jpeg");
    assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&bytes.bytes)).is_err(), "no EXIF");
    assert!(bytes.bytes.starts_with(&[0xff, 0xd8]));

    world.officer.post(&here, &[("step", "query"), ("question", "Which line?")]).await.expect(303);
    world.shopper.get("/shops").await.expect(200).holds("We have a question for you").lacks("What you have done");
    world.shopper.get(&world.path("")).await.expect(200).holds("Which line?").lacks("We asked you");
    world
        .shopper
        .post(&world.path(""), &[("step", "answer"), ("answer", " ")])
        .await
        .expect(422)
        .holds("Write your answer");
    world.shopper.post(&world.path(""), &[("step", "answer"), ("answer", "The repairs line")]).await.expect(303);
    world.shopper.get("/shops").await.expect(200).holds("What you have done");
    let shop = world.shopper.get(&world.path("")).await.expect(200).holds("We asked you").holds("Which line?");
    shop.lacks("You can do this shop").holds("You answered").holds("The repairs line").lacks("Send your answer");
    world.officer.get(&here).await.expect(200).holds("The repairs line");
    let item = page_item(&world.officer.get(&here).await.text);
    world
        .officer
        .post(
            &here,
            &[("step", "amend"), ("item", &item), ("outcome", "not_met"), ("value", "75"), ("amend-reason", "")],
        )
        .await
        .expect(422)
        .holds("Say why the score is amended")
        .holds("value=\"75\"");
    world
        .officer
        .post(
            &here,
            &[
                ("step", "amend"),
                ("item", &item),
                ("outcome", "not_met"),
                ("value", "75"),
                ("amend-reason", "Phone record"),
            ],
        )
        .await
        .expect(303);
    world
        .officer
        .get(&here)
        .await
        .expect(200)
        .holds("Met (42 seconds)")
        .holds("Not met (75 seconds)")
        .holds("Phone record");
    let named = format!("Shopped by {}.", world.account.name);
    world
        .officer
        .post(&here, &[("step", "accept"), ("facts-for-managers", &named)])
        .await
        .expect(422)
        .holds("Take the name out")
        .holds(&named);
    world
        .officer
        .post(&here, &[("step", "accept"), ("facts-for-managers", "Answered fast, no name given.")])
        .await
        .expect(303);
    world.officer.get(&here).await.expect(200).holds("What managers read").lacks("Accept this return");
    run_jobs(&world.app).await;
    let (mut manager, _) = Browser::signed_in(&world.app, Role::Manager).await;
    manager
        .get(&format!("/staff/mystery-shopping/standards/{}", world.standards[0]))
        .await
        .expect(200)
        .holds("Too few to report (1 shop)")
        .lacks("Answered fast")
        .lacks(&world.account.name);
    manager.get("/staff/mystery-shopping").await.expect(200).holds("Too few to report").lacks(&world.account.name);
    manager.get(&here).await.expect(403);
    manager.get(&photo).await.expect(403);
    world.officer.post(&here, &[("step", "void"), ("void-reason", "Recognised")]).await.expect(303);
    world.shopper.get(&world.path("")).await.expect(200).holds("Not counted").holds("Recognised");
    let (mut admin, _) = Browser::signed_in(&world.app, Role::Administrator).await;
    admin.get("/staff/audit").await.expect(200).holds("made a return void").holds("sent a return");
}

/// The value of the first item in the list of items to amend.
fn page_item(html: &str) -> String {
    let list = html.split("id=\"item\"").nth(1).unwrap();
    let values = list.split("<option value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    values.into_iter().find(|value| !value.is_empty()).unwrap().to_owned()
}

#[tokio::test]
async fn v21_v24_a_shop_and_its_photos_are_the_shoppers_own() {
    let mut world = world().await;
    let jpeg = sample::jpeg_with_exif();
    let files: [(&str, &str, &[u8]); 1] = [("photo-1", "a.jpg", &jpeg)];
    world
        .shopper
        .post_files(&world.path("/return"), &[("step", "photos"), ("photo-1-words", "A door")], &files)
        .await
        .expect(303);
    let mut tx = world.app.db.read().await.unwrap();
    let file = photos::list(&mut tx, world.shop.assignment_id).await.unwrap()[0].file_id.clone();
    drop(tx);
    let photo = world.path(&format!("/photos/{file}"));
    let shown = world.shopper.get(&photo).await.expect(200);
    assert_eq!(shown.headers.get("x-content-type-options").unwrap(), "nosniff");
    world.shopper.get(&world.path("/photos/../../etc/passwd")).await.expect(404);
    world.shopper.get(&world.path("/photos/unknown")).await.expect(404);
    let (mut other, _) = Browser::signed_in(&world.app, Role::Shopper).await;
    for path in ["", "/return", "/check", "/receipt"].map(|rest| world.path(rest)).iter().chain([&photo]) {
        other.get(path).await.expect(404);
        let signed_out = Browser::new(&world.app).get(path).await.expect(303);
        assert!(signed_out.location().starts_with("/sign-in?"), "{path}");
    }
    other.post(&world.path(""), &[("step", "accept")]).await.expect(404);
    other.post(&world.path("/check"), &[]).await.expect(404);
    other.post_files(&world.path("/return"), &[("step", "photos")], &files).await.expect(404);
    other.get("/shops").await.expect(200).lacks("Ask about a repair");
    world.officer.get(&format!("/staff/mystery-shopping/returns/1/photos/{file}")).await.expect(404);
    let (mut manager, _) = Browser::signed_in(&world.app, Role::Manager).await;
    for path in ["/shoppers", "/assign", "/returns", "/scenarios"] {
        manager.get(&format!("/staff/mystery-shopping{path}")).await.expect(403);
    }
}

#[tokio::test]
async fn a_shop_is_offered_declined_and_given_to_somebody_else() {
    let mut world = world().await;
    let (mut new, account) = Browser::signed_in(&world.app, Role::Shopper).await;
    let (version, id) = (world.scenario.version.to_string(), account.id.to_string());
    let day = [
        ("from-day", "16"),
        ("from-month", "11"),
        ("from-year", "2026"),
        ("to-day", "30"),
        ("to-month", "11"),
        ("to-year", "2026"),
    ];
    let give: Vec<_> =
        [("scenario", version.as_str()), ("shopper", &id), ("note", "Before ten")].into_iter().chain(day).collect();
    let assign = "/staff/mystery-shopping/assign";
    world.officer.get(assign).await.expect(200).holds("(not trained)");
    world
        .officer
        .post(assign, &give)
        .await
        .expect(422)
        .holds("is not trained, so cannot be given a shop")
        .holds("Before ten");
    world.officer.post(assign, &[]).await.expect(422).holds("Choose a scenario").holds("Choose a shopper");
    let person = format!("/staff/mystery-shopping/shoppers/{id}");
    world.officer.post(&person, &[("step", "train")]).await.expect(422).holds("Say who held the training");
    let held = [
        ("step", "train"),
        ("trained-day", "2"),
        ("trained-month", "11"),
        ("trained-year", "2026"),
        ("by", "Terry Teach"),
    ];
    world.officer.post(&person, &held).await.expect(303);
    world.officer.post(assign, &give).await.expect(422).holds("has not signed the agreement");
    let agreed = [("step", "agree"), ("agreed-day", "2"), ("agreed-month", "11"), ("agreed-year", "2026")];
    world.officer.post(&person, &agreed).await.expect(303);
    world.officer.get(&person).await.expect(200).holds("2 May 2028").holds("Ready");
    world.officer.post(assign, &give).await.expect(303);
    world.officer.post(assign, &give).await.expect(422).holds("could be recognised");
    run_jobs(&world.app).await;
    let letter = std::fs::read_dir(world.app.mailer.folder().unwrap()).unwrap().next().unwrap().unwrap();
    assert!(std::fs::read_to_string(letter.path()).unwrap().contains("A mystery shop for you"));

    let list = new.get("/shops").await.expect(200).holds("Waiting for your answer");
    let shop = format!("/shops/{}", list.text.split("href=\"/shops/").nth(1).unwrap().split('"').next().unwrap());
    new.get(&shop).await.expect(200).holds("Before ten");
    new.get(&format!("{shop}/return")).await.expect(303);
    let long = "x".repeat(501);
    new.post(&shop, &[("step", "decline"), ("reason", &long)])
        .await
        .expect(422)
        .holds("must be 500 characters or fewer");
    new.post(&shop, &[("step", "decline"), ("reason", "My cousin works there")]).await.expect(303);
    new.get(&shop).await.expect(200).holds("You said no").lacks("You can do this shop");
    new.get("/shops").await.expect(200).holds("Shops you said no to").lacks("What you have done");
    world.officer.get(assign).await.expect(200).holds("My cousin works there");
    let open = world.shop.assignment_id.to_string();
    world.officer.post(assign, &[("cancel", &open)]).await.expect(303);
    world.shopper.get(&world.path("")).await.expect(200).holds("Cancelled").lacks("You can do this shop");
    world.shopper.get("/shops").await.expect(200).holds("Shops we took back").lacks("Shops you said no to");
    world
        .officer
        .post("/staff/mystery-shopping/shoppers", &[("name", ""), ("email", "x")])
        .await
        .expect(422)
        .holds("value=\"x\"");
    world
        .officer
        .post("/staff/mystery-shopping/shoppers", &[("name", "Nia New"), ("email", "nia@example.org")])
        .await
        .expect(303);
    world.officer.get("/staff/mystery-shopping/shoppers").await.expect(200).holds("Nia New").holds("Not trained");
}

#[tokio::test]
async fn a_scenario_is_written_changed_and_retired() {
    let mut world = world().await;
    let standard = world.standards[0].to_string();
    let new = "/staff/mystery-shopping/scenarios/new";
    world
        .officer
        .post(new, &[("title", "Only a title")])
        .await
        .expect(422)
        .holds("Choose how it is done")
        .holds("Only a title");
    let fields = [
        ("title", "Ask for a call back"),
        ("channel", "phone"),
        ("persona", "A tenant"),
        ("brief", "Ask to be phoned back."),
        ("stop-rule", "When asked for your address."),
        ("item-1", "They phoned back in time"),
        ("item-1-standard", standard.as_str()),
    ];
    let made = world.officer.post(new, &fields).await.expect(303);
    let here = made.location().to_owned();
    world
        .officer
        .get(&here)
        .await
        .expect(200)
        .holds("Version 1")
        .holds("What the shopper reads")
        .holds("Calls answered");
    let used = format!("/staff/mystery-shopping/scenarios/{}", world.scenario.id);
    world.officer.post(&used, &fields).await.expect(303);
    world.officer.get(&used).await.expect(200).holds("Version 2");
    world.shopper.get(&world.path("")).await.expect(200).holds("Ask about a repair");
    world.officer.post(&here, &[("step", "retire")]).await.expect(303);
    world
        .officer
        .get("/staff/mystery-shopping/scenarios")
        .await
        .expect(200)
        .holds("Retired")
        .holds("Ask for a call back");
    let (mut auditor, _) = Browser::signed_in(&world.app, Role::Auditor).await;
    auditor.get(&here).await.expect(200).lacks("<textarea").lacks("Save the scenario");
    let plan = "/staff/mystery-shopping";
    world.officer.post(plan, &[("standard", &standard), ("shops", "lots")]).await.expect(422).holds("value=\"lots\"");
    world.officer.post(plan, &[("standard", &standard), ("shops", "12")]).await.expect(303);
    world.officer.get(plan).await.expect(200).holds("12");
}
