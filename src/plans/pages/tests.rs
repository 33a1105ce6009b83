//! The pages of plans through the real router.

use crate::app::App;
use crate::people::Role;
use crate::plans::store;
use crate::plans::testing::{Small, small};
use crate::testing::{Browser, app};

async fn officer() -> (App, Small, Browser) {
    let app = app().await;
    let plan = small(&app).await;
    let (browser, _) = Browser::signed_in(&app, Role::Officer).await;
    (app, plan, browser)
}

async fn slug(app: &App, plan: Small) -> String {
    let mut tx = app.db.read().await.unwrap();
    store::list_actions(&mut tx, plan.plan).await.unwrap().into_iter().find(|a| a.id == plan.first).unwrap().slug
}

#[tokio::test]
async fn without_a_plan_the_public_pages_say_so() {
    let app = app().await;
    let mut visitor = Browser::new(&app);
    visitor.get("/plan").await.expect(200).holds("There is no improvement plan yet");
    assert!(visitor.get("/plan.json").await.expect(200).text.contains("\"actions\": []"));
    visitor.get("/plan.csv").await.expect(200).holds("theme,objective_ref");
    visitor.get("/plan/actions/none").await.expect(404);
}

#[tokio::test]
async fn a_visitor_reads_the_plan_filters_it_and_meets_no_name() {
    let (app, plan, _) = officer().await;
    let mut visitor = Browser::new(&app);
    visitor
        .get("/plan")
        .await
        .expect(200)
        .holds("0 of 2 actions are done, and 1 is late")
        .holds("Mend faster")
        .lacks("PQ")
        .lacks("HoS");
    visitor.get("/plan?status=late").await.expect(200).holds("Ask tenants how").lacks("Write it down");
    visitor.get("/plan?status=merged").await.expect(200).holds("No action of the plan is like that");
    visitor.get("/plan?as_of=2026-10-31").await.expect(200).holds("As it stood on 31 October 2026");
    visitor.get("/plan?as_of=soon").await.expect(400);
    visitor.get("/plan?plan=nothing").await.expect(404);
    let path = format!("/plan/actions/{}", slug(&app, plan).await);
    visitor
        .get(&path)
        .await
        .expect(200)
        .holds("should have been finished by the end of October 2026")
        .holds("How we will know")
        .lacks("PQ");
}

#[tokio::test]
async fn the_plan_as_data_is_the_public_view_of_any_day() {
    let (app, _, _) = officer().await;
    let mut visitor = Browser::new(&app);
    let answer = visitor.get("/plan.json?as_of=2026-10-15").await.expect(200);
    let plan: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let first = &plan["actions"][0];
    assert_eq!(
        (first["ref"].as_str(), first["late"].as_bool(), first["deadline_last"].as_str()),
        (Some("1.1"), Some(false), Some("2026-10"))
    );
    assert_eq!(plan["actions"][1]["text"], "Write it down, says a member of staff");
    assert!(first["deadline_revised"].is_null());
    let now = visitor.get("/plan.json").await.expect(200);
    let now: serde_json::Value = serde_json::from_str(&now.text).unwrap();
    assert_eq!(now["actions"][0]["late"], true);
    for wrong in ["soon", "2026-13-01", "2026-1-1", "%2B12026-01-01", "2026-02-30"] {
        for path in ["/plan.json", "/plan.csv"] {
            let refused = visitor.get(&format!("{path}?as_of={wrong}")).await.expect(400);
            assert!(refused.text.starts_with("as_of must be a day"), "{wrong}: {}", refused.text);
        }
    }
    let csv = visitor.get("/plan.csv").await.expect(200);
    assert_eq!(
        csv.text.lines().next(),
        Some(
            "theme,objective_ref,objective,ref,text,measure,deadline_first,deadline_last,deadline_revised,status,late,updated"
        )
    );
    assert_eq!(csv.text.lines().count(), 3);
}

#[tokio::test]
async fn v16_a_formula_in_an_action_is_harmless_in_the_table() {
    let (_, plan, mut browser) = officer().await;
    let path = format!("/staff/plan/actions/{}/edit", plan.first);
    let objective = plan.objective.to_string();
    browser
        .post(
            &path,
            &[
                ("objective", &objective),
                ("reference", "1.1"),
                ("title", "=HYPERLINK(\"x\")"),
                ("measure", "@a"),
                ("leads", "PQ"),
            ],
        )
        .await
        .expect(303);
    browser.get("/plan.csv").await.expect(200).holds("\"'=HYPERLINK(").holds(",'@a,");
}

#[tokio::test]
async fn a_plan_is_started_and_filled_with_no_file() {
    let app = app().await;
    let (mut browser, _) = Browser::signed_in(&app, Role::Manager).await;
    browser.get("/staff/plan").await.expect(200).holds("There is no plan yet");
    browser.get("/staff/plan/themes/new").await.expect(404);
    browser.get("/staff/plan/new").await.expect(200);
    browser
        .post("/staff/plan/new", &[("title", ""), ("introduction", "kept words")])
        .await
        .expect(422)
        .holds("Enter a title")
        .holds("kept words");
    browser.post("/staff/plan/new", &[("title", "Plan of 2026")]).await.expect(303);
    browser.get("/staff/plan/actions/new").await.expect(200).holds("Add an objective first");
    browser.get("/staff/plan/themes/new").await.expect(200);
    browser
        .post("/staff/plan/themes/new", &[("title", "Homes"), ("position", "x")])
        .await
        .expect(422)
        .holds("value=\"Homes\"")
        .holds("Enter a place");
    browser.post("/staff/plan/themes/new", &[("title", "Homes"), ("position", "10")]).await.expect(303);
    browser.get("/staff/plan/themes/1").await.expect(200).holds("value=\"Homes\"");
    browser.post("/staff/plan/themes/1", &[("title", "Safe homes"), ("position", "10")]).await.expect(303);
    browser.get("/staff/plan/objectives/new").await.expect(200).holds("Safe homes");
    let wrong = [
        ("theme", "1"),
        ("reference", "one"),
        ("title", "Warm homes"),
        ("target-month", "13"),
        ("target-year", "2027"),
    ];
    browser
        .post("/staff/plan/objectives/new", &wrong)
        .await
        .expect(422)
        .holds("whole number, like 12")
        .holds("must be a month and a year")
        .holds("Warm homes");
    browser
        .post(
            "/staff/plan/objectives/new",
            &[
                ("theme", "1"),
                ("reference", "1"),
                ("title", "Warm homes"),
                ("target-month", "5"),
                ("target-year", "2027"),
            ],
        )
        .await
        .expect(303);
    browser
        .post("/staff/plan/objectives/new", &[("theme", "1"), ("reference", "1"), ("title", "Dry homes")])
        .await
        .expect(422)
        .holds("Another objective has this number")
        .holds("Dry homes");
    browser.get("/staff/plan/objectives/1").await.expect(200).holds("Warm homes").holds("value=\"2027\"");
    browser
        .post("/staff/plan/objectives/1", &[("theme", "1"), ("reference", "1"), ("title", "Warm, dry homes")])
        .await
        .expect(303);
    let wrong = [
        ("objective", "1"),
        ("reference", "eleven"),
        ("title", ""),
        ("leads", "PQ"),
        ("first-month", "6"),
        ("first-year", "2027"),
        ("last-month", "5"),
        ("last-year", "2027"),
    ];
    browser
        .post("/staff/plan/actions/new", &wrong)
        .await
        .expect(422)
        .holds("must be like 3.5")
        .holds("Say what we will do")
        .holds("must not be before the first")
        .holds("eleven");
    let right = [
        ("objective", "1"),
        ("reference", "1.1"),
        ("title", "Insulate lofts"),
        ("leads", "PQ"),
        ("resources", "£5k"),
        ("last-month", "5"),
        ("last-year", "2027"),
    ];
    let made = browser.post("/staff/plan/actions/new", &right).await.expect(303);
    assert_eq!(made.location(), "/staff/plan/actions/1");
    browser
        .post("/staff/plan/actions/new", &right)
        .await
        .expect(422)
        .holds("Another action has this number")
        .holds("Insulate lofts");
    browser.get("/staff/plan/actions/new?parent=1").await.expect(200).holds("Part of 1.1 Insulate lofts");
    browser.post("/staff/plan/actions/new", &[("parent", "1"), ("title", "Terraces")]).await.expect(303);
    browser.get("/plan").await.expect(200).holds("Insulate lofts").holds("0 of 1 parts done");
    browser.get("/staff/plan").await.expect(200).holds("£5,000 in estimates").holds("Terraces");
    browser.get("/staff/plan/details").await.expect(200).holds("Plan of 2026");
    browser.post("/staff/plan/details", &[("title", " ")]).await.expect(422).holds("Enter a title");
    browser.post("/staff/plan/details", &[("title", "Plan to 2027"), ("introduction", "For all")]).await.expect(303);
    browser
        .post("/staff/plan/details", &[("close", "yes")])
        .await
        .expect(422)
        .holds("Tick the box")
        .holds("value=\"Plan to 2027\"");
    browser.post("/staff/plan/details", &[("close", "yes"), ("understood", "yes")]).await.expect(303);
    browser.get("/staff/plan").await.expect(200).holds("No plan is open").holds("Earlier plans").holds("Plan to 2027");
    browser.get("/plan?plan=plan-of-2026").await.expect(200).holds("This is an earlier plan");
    browser.get("/plan/actions/1-1-insulate-lofts").await.expect(200);
}

#[tokio::test]
async fn progress_is_posted_with_what_its_status_needs() {
    let (app, plan, mut browser) = officer().await;
    let base = format!("/staff/plan/actions/{}", plan.first);
    let path = format!("{base}/progress");
    browser.get(&path).await.expect(200).holds("This action has no evidence yet");
    let day = [("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    let with = |more: &[(&'static str, &'static str)]| [day.as_slice(), more].concat();
    browser
        .post(&path, &with(&[("words", "kept words")]))
        .await
        .expect(422)
        .holds("Choose how it stands")
        .holds("kept words");
    browser
        .post(&path, &with(&[("status", "done"), ("words", "All asked")]))
        .await
        .expect(422)
        .holds("This action has no evidence yet. Attach some first")
        .holds("All asked");
    browser.post(&path, &with(&[("status", "stopped")])).await.expect(422).holds("Say why");
    browser
        .post(&path, &with(&[("status", "merged"), ("words", "x")]))
        .await
        .expect(422)
        .holds("Choose the action that carries this one on");
    browser
        .post(&path, &with(&[("status", "on_track"), ("per_cent", "140")]))
        .await
        .expect(422)
        .holds("from 0 to 100")
        .holds("value=\"140\"");
    browser
        .post(&path, &[("status", "on_track"), ("on-day", "17"), ("on-month", "11"), ("on-year", "2026")])
        .await
        .expect(422)
        .holds("today or earlier");
    browser
        .post(&path, &with(&[("status", "on_track"), ("per_cent", "40"), ("words", "Half of PQ's list")]))
        .await
        .expect(303);
    let public = format!("/plan/actions/{}", slug(&app, plan).await);
    Browser::new(&app).get(&public).await.expect(200).holds("40% done").holds("Half of a member of staff").lacks("PQ");
    browser.get(&base).await.expect(200).holds("PQ's list").holds("PQ (phase 1)");
    let second = plan.second.to_string();
    browser
        .post(&path, &with(&[("status", "merged"), ("words", "One list for both"), ("merged_into", &*second.leak())]))
        .await
        .expect(303);
    Browser::new(&app).get(&public).await.expect(200).holds("It goes on in").holds("Write it down");
    browser
        .get(&format!("/staff/plan/actions/{}", plan.second))
        .await
        .expect(200)
        .holds("Carries on")
        .holds("Ask tenants how");
    browser.get("/staff/plan/actions/999/progress").await.expect(404);
}

#[tokio::test]
async fn evidence_is_a_file_or_a_link_and_then_done_is_believed() {
    let (app, plan, mut browser) = officer().await;
    let base = format!("/staff/plan/actions/{}", plan.first);
    let path = format!("{base}/evidence");
    browser.get(&path).await.expect(200).holds("Everyone was asked");
    browser
        .post_files(&path, &[("title", "Minutes")], &[])
        .await
        .expect(422)
        .holds("Choose a file or enter a link")
        .holds("value=\"Minutes\"");
    browser
        .post_files(&path, &[("title", "Minutes"), ("address", "javascript:alert(1)")], &[])
        .await
        .expect(422)
        .holds("Enter a whole web address")
        .holds("javascript:alert(1)");
    browser
        .post_files(&path, &[("title", "Minutes")], &[("file", "run.exe", b"MZ")])
        .await
        .expect(422)
        .holds("Choose a photo");
    browser
        .post_files(&path, &[("title", "Minutes"), ("is_public", "yes")], &[("file", "minutes.pdf", b"%PDF-1.7 notes")])
        .await
        .expect(303);
    browser.post_files(&path, &[("title", "Inside"), ("address", "/plan")], &[]).await.expect(303);
    let got = browser.get("/staff/plan/evidence/1").await.expect(200);
    assert_eq!(got.bytes, b"%PDF-1.7 notes");
    browser.get("/staff/plan/evidence/2").await.expect(404);
    let done = [("status", "done"), ("words", "All asked"), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026")];
    browser.post(&format!("{base}/progress"), &done).await.expect(303);
    let public = format!("/plan/actions/{}", slug(&app, plan).await);
    let mut visitor = Browser::new(&app);
    visitor.get(&public).await.expect(200).holds("We have done this").holds("Minutes").lacks("Inside");
    visitor.get("/staff/plan/evidence/1").await.expect(303);
    browser.post("/staff/plan/evidence/1", &[("reason", "")]).await.expect(422).holds("Say why it no longer counts");
    browser.post("/staff/plan/evidence/1", &[("reason", "The wrong minutes")]).await.expect(303);
    visitor.get(&public).await.expect(200).lacks("Minutes");
}

#[tokio::test]
async fn a_deadline_moves_with_a_reason_and_the_first_one_stays_in_sight() {
    let (app, plan, mut browser) = officer().await;
    let path = format!("/staff/plan/actions/{}/deadline", plan.first);
    browser.get(&path).await.expect(200).holds("Now: October 2026");
    let day = [("on-day", "16"), ("on-month", "11"), ("on-year", "2026"), ("last-month", "2"), ("last-year", "2027")];
    browser.post(&path, &day).await.expect(422).holds("Say why the deadline moves").holds("value=\"2027\"");
    browser.post(&path, &[("reason", "Flood")]).await.expect(422).holds("Enter a month and a year").holds("Flood");
    browser.post(&path, &[day.as_slice(), &[("reason", "The hall was flooded")]].concat()).await.expect(303);
    let public = format!("/plan/actions/{}", slug(&app, plan).await);
    Browser::new(&app)
        .get(&public)
        .await
        .expect(200)
        .holds("February 2027, 4 months later than first promised")
        .holds("First promised for")
        .holds("The hall was flooded");
    browser.get("/staff/plan?status=slipped").await.expect(200).holds("Moved back 4 months").lacks("Write it down");
}

#[tokio::test]
async fn only_those_who_lead_may_change_the_plan() {
    let (app, plan, _) = officer().await;
    let path = format!("/staff/plan/actions/{}/progress", plan.first);
    for role in [Role::Auditor, Role::Board, Role::Analyst, Role::Equality] {
        let (mut browser, _) = Browser::signed_in(&app, role).await;
        browser.get("/staff/plan").await.expect(200);
        browser.get(&format!("/staff/plan/actions/{}", plan.first)).await.expect(200);
        browser.post(&path, &[("status", "on_track")]).await.expect(403);
    }
    for role in [Role::Resident, Role::Shopper] {
        let (mut browser, _) = Browser::signed_in(&app, role).await;
        browser.get("/staff/plan").await.expect(403);
    }
    Browser::new(&app).get("/staff/plan").await.expect(303);
}

#[tokio::test]
async fn an_action_joined_to_a_standard_is_shown_on_its_page() {
    let (app, plan, mut browser) = officer().await;
    let path = format!("/staff/plan/actions/{}/standard", plan.first);
    browser.get(&path).await.expect(200).holds("No standard is published yet");
    browser.post(&path, &[("standard", "7")]).await.expect(422).holds("Choose standards from the list");
    let mut tx = app.db.write().await.unwrap();
    let standard = crate::standards::store::tests::published(&app, &mut tx, "A kind answer").await;
    tx.commit().await.unwrap();
    browser.get(&path).await.expect(200).holds("A kind answer");
    browser.post(&path, &[("standard", &standard.to_string())]).await.expect(303);
    browser.get(&path).await.expect(200).holds("checked");
    let public = format!("/plan/actions/{}", slug(&app, plan).await);
    Browser::new(&app)
        .get(&public)
        .await
        .expect(200)
        .holds("The promises and decisions behind it")
        .holds("A kind answer");
    browser.post(&path, &[]).await.expect(303);
    Browser::new(&app).get(&public).await.expect(200).lacks("A kind answer");
}
