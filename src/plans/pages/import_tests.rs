//! Importing a plan, and naming the leads it brings, through the real router.

use crate::people::Role;
use crate::plans::testing::small;
use crate::testing::{Browser, app};

const PLAN: &[u8] = include_bytes!("../../../tests/fixtures/plan.csv");
const LEADS: &[u8] = include_bytes!("../../../tests/fixtures/leads.csv");

#[tokio::test]
async fn an_import_is_previewed_row_by_row_and_then_applied_once() {
    let app = app().await;
    let (mut browser, _) = Browser::signed_in(&app, Role::Officer).await;
    browser.get("/staff/plan/import").await.expect(200);
    browser.post_files("/staff/plan/import", &[], &[]).await.expect(422).holds("Choose the file of the plan");
    browser
        .post_files("/staff/plan/import", &[], &[("file", "x.csv", b"a,b\n1,2\n")])
        .await
        .expect(422)
        .holds("No header row was found");
    browser
        .post_files("/staff/plan/import", &[], &[("file", "x.csv", b"Ref,Action,Status\n1,A,\n1.1,B,\n1.1,C,\n")])
        .await
        .expect(422)
        .holds("Row 4: reference 1.1 stands in row 3");
    browser
        .post_files("/staff/plan/import", &[], &[("file", "plan.csv", PLAN), ("leads", "l.csv", b"rubbish")])
        .await
        .expect(422)
        .holds("initials and name");
    let sent = browser
        .post_files("/staff/plan/import", &[], &[("file", "plan.csv", PLAN), ("leads", "leads.csv", LEADS)])
        .await
        .expect(303);
    let preview = sent.location().to_owned();
    let page = browser.get(&preview).await.expect(200);
    for words in [
        "4 themes, 6 objectives, 23 actions and 7 sub-rows",
        "Initials without a name: ZZ",
        "gives no amount; kept as written",
        "The words do not say how this stands",
        "moved to February 2025",
    ] {
        assert!(page.text.contains(words), "{words}");
    }
    for words in ["shows it on the public plan at once", "shown as late, because its deadline has passed", " late, "] {
        assert!(page.text.contains(words), "{words}");
    }
    Browser::new(&app).get("/plan").await.expect(200).holds("There is no improvement plan yet");
    browser.post(&preview, &[("step", "apply")]).await.expect(303);
    browser.get("/plan").await.expect(200).holds("Agree repair times with tenants").lacks("Petra");
    browser.get("/staff/plan?status=check").await.expect(200).holds("to check");
    assert_eq!(browser.post(&preview, &[("step", "apply")]).await.expect(303).location(), "/staff/plan/import");
    let again = browser.post_files("/staff/plan/import", &[], &[("file", "plan.csv", PLAN)]).await.expect(303);
    browser.get(again.location()).await.expect(200).holds("Update \u{201c}").lacks("another plan: the numbers");
    browser.post(again.location(), &[("step", "apply")]).await.expect(422).holds("Choose where the rows go");
    browser.post(again.location(), &[("step", "discard")]).await.expect(303);
    browser.get("/staff/plan/import").await.expect(200).holds("40 new rows").lacks("Waiting for");
    browser.get("/staff/plan/import/77").await.expect(404);
}

#[tokio::test]
async fn a_new_plan_in_place_of_the_public_one_needs_a_tick_and_shows_what_was_foreseen() {
    let app = app().await;
    small(&app).await;
    let (mut browser, _) = Browser::signed_in(&app, Role::Officer).await;
    let file = b"Ref,Action,Deadline,Status\nCARE,,,\n1,Answer,,\n1.1,Answer letters,Jan 2026,In progress.\n1.2,Greet people,Dec 2027,Complete.\n";
    let sent = browser.post_files("/staff/plan/import", &[], &[("file", "p.csv", file.as_slice())]).await.expect(303);
    let preview = sent.location().to_owned();
    browser
        .get(&preview)
        .await
        .expect(200)
        .holds("Residents will see this plan instead of \u{201c}Our plan\u{201d}")
        .holds("As a new plan: 1 done, 0 on track, 1 late.")
        .holds("On track in the document; shown as late, because its deadline has passed")
        .holds("with no date given for them");
    Browser::new(&app).get("/plan").await.expect(200).holds("Ask tenants how").lacks("Greet people");
    let new = [("step", "apply"), ("into", "new")];
    browser.post(&preview, &new).await.expect(422).holds("Tick the box if residents are to see this plan instead");
    browser.post(&preview, &[new[0], new[1], ("replaces", "yes")]).await.expect(303);
    let page = Browser::new(&app).get("/plan").await.expect(200);
    page.holds("1 of 2 actions are done, and 1 is late").lacks("Updated ");
    let action = Browser::new(&app).get("/plan/actions/1-1-answer-letters").await.expect(200);
    action.holds("In a plan that gives no date").lacks("Last update");
    Browser::new(&app).get("/").await.expect(200).lacks("Answer letters");
    browser.get("/staff/plan").await.expect(200).holds("No date given");
}

#[tokio::test]
async fn a_file_says_what_it_is_not_and_the_day_typed_for_it_is_the_one_applied() {
    let app = app().await;
    let (mut browser, _) = Browser::signed_in(&app, Role::Officer).await;
    let path = "/staff/plan/import";
    for (name, bytes, words) in [
        ("plan.xlsx", "not a workbook", "is not an Excel workbook"),
        ("photo.jpg", "not a photo", "is a picture"),
        ("plan.pdf", "%PDF-1.7", "is a PDF"),
    ] {
        browser.post_files(path, &[], &[("file", name, bytes.as_bytes())]).await.expect(422).holds(words);
    }
    let tomorrow = [("on-day", "17"), ("on-month", "11"), ("on-year", "2026")];
    let file = [("file", "plan.csv", PLAN)];
    browser
        .post_files(path, &tomorrow, &file)
        .await
        .expect(422)
        .holds("must be today or earlier")
        .holds("value=\"2026\"");
    browser.post_files(path, &[("on-day", "40")], &file).await.expect(422).holds("must be a real date");
    let day = [("on-day", "1"), ("on-month", "12"), ("on-year", "2024")];
    let preview = browser.post_files(path, &day, &file).await.expect(303).location().to_owned();
    browser.get(&preview).await.expect(200).holds("as the plan stood on 1 December 2024").holds("rows to check");
    browser.get(&format!("{preview}?show=check")).await.expect(200).holds("Show every row").lacks("HOMES AND REPAIRS");
    browser.post(&preview, &[("step", "apply")]).await.expect(303);
    let early = [("on-day", "30"), ("on-month", "11"), ("on-year", "2024")];
    browser.post_files(path, &early, &file).await.expect(422).holds("as the plan stood on 1 December 2024");
    browser.get("/plan.json?as_of=2024-12-01").await.expect(200).holds("\"updated\": \"2024-12-01\"");
}

#[tokio::test]
async fn leads_are_named_joined_to_accounts_and_hand_over() {
    let app = app().await;
    small(&app).await;
    let (mut browser, _) = Browser::signed_in(&app, Role::Officer).await;
    browser.get("/staff/plan/leads").await.expect(200).holds("RW").holds("Group or post");
    browser
        .post("/staff/plan/leads", &[("initials", "PQ"), ("name", "Petra")])
        .await
        .expect(422)
        .holds("in the list already")
        .holds("Petra");
    browser.post("/staff/plan/leads", &[("initials", "ZZ")]).await.expect(303);
    browser.get("/staff/plan/leads/1").await.expect(200).holds("PQ");
    browser
        .post("/staff/plan/leads/1", &[("initials", ""), ("name", "Petra Quill"), ("member", "")])
        .await
        .expect(422)
        .holds("Enter initials or a post")
        .holds("Petra Quill");
    browser
        .post("/staff/plan/leads/1", &[("initials", "PQ"), ("name", "Petra Quill"), ("account", "1")])
        .await
        .expect(303);
    browser
        .post("/staff/plan/leads/1", &[("hand", "over"), ("to", "")])
        .await
        .expect(422)
        .holds("Choose who takes the actions over");
    browser.post("/staff/plan/leads/1", &[("hand", "over"), ("to", "4")]).await.expect(303);
    browser.get("/staff/plan?lead=4").await.expect(200).holds("Ask tenants how").lacks("Write it down");
    browser.get("/staff/plan/leads/99").await.expect(404);
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    browser.post("/staff/plan/leads/4", &[("initials", "ZZ"), ("account", "1")]).await.expect(303);
    admin.get("/staff/people/1").await.expect(200).lacks("hand over to somebody else");
    let waits = "1 unfinished action waits for somebody to take over from";
    admin.get("/staff").await.expect(200).lacks(waits);
    admin.post("/staff/people/1", &[("step", "close"), ("sure", "yes")]).await.expect(303);
    admin.get("/staff").await.expect(200).holds(waits).holds("href=\"/staff/plan/leads/4\"");
    let closed = admin.get("/staff/people/1").await.expect(200);
    closed.holds("1 unfinished action is still theirs to lead").holds("href=\"/staff/plan/leads/4\"");
}
