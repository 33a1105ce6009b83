//! Standards and comments through the real router.

use crate::app::App;
use crate::people::Role;
use crate::standards::store::comments;
use crate::standards::store::tests::published;
use crate::testing::{Browser, app, run_jobs};
use crate::thread::id::StandardId;

/// A standard in force at `/standards/phone-calls-answered`.
pub(super) async fn one_standard(app: &App) -> StandardId {
    let mut tx = app.db.write().await.unwrap();
    let id = published(app, &mut tx, "Phone calls answered").await;
    tx.commit().await.unwrap();
    id
}

fn wording<'a>(title: &'a str, promise: &'a str, area: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("step", "save"),
        ("area", area),
        ("owner-role", "manager"),
        ("title", title),
        ("promise", promise),
        ("numerator", "replies sent in 3 working days"),
        ("denominator", "all letters and e-mails"),
        ("clock", "from the day it reaches us until we send our reply"),
        ("unit", "per_cent"),
        ("direction", "higher"),
        ("target", "90"),
        ("sources", "figure"),
        ("sources", "shop"),
        ("if-missed", "Tell us and we look into it the same day."),
    ]
}

#[tokio::test]
async fn the_public_pages_show_what_is_in_force() {
    let app = app().await;
    let mut visitor = Browser::new(&app);
    visitor
        .get("/standards")
        .await
        .expect(200)
        .holds("Response repairs")
        .holds("They appear here when they are approved");
    visitor.get("/standards/print").await.expect(200).holds("not published any promises yet");
    visitor.get("/standards/phone-calls-answered").await.expect(404);
    one_standard(&app).await;
    let index = visitor.get("/standards").await.expect(200).holds("Phone calls answered").holds("One promise to you");
    index
        .holds("Our promise: We answer your phone call within 60 seconds.")
        .holds("No figure yet")
        .holds("#area-rehousing");
    visitor.get("/standards/areas/response-repairs").await.expect(200).holds("Phone calls answered");
    visitor.get("/standards/areas/rehousing").await.expect(200).holds("No promises yet");
    visitor.get("/standards/areas/nothing").await.expect(404);
    visitor
        .get("/standards/phone-calls-answered")
        .await
        .expect(200)
        .holds("within 60 seconds")
        .holds("at least 80 in 100")
        .holds("The same since 16 November 2026.")
        .holds("To report an emergency or a repair")
        .holds("The clock runs from the first ring")
        .holds("There is no figure for this promise yet")
        .holds("/standards/phone-calls-answered/comment")
        .lacks("<script");
    visitor.get("/standards/print").await.expect(200).holds("within 60 seconds");
    let json = visitor.get("/standards.json").await.expect(200);
    let read: serde_json::Value = serde_json::from_str(&json.text).unwrap();
    let one = &read["standards"][0];
    assert_eq!((one["slug"].as_str(), one["target"].as_f64()), (Some("phone-calls-answered"), Some(80.0)));
    assert_eq!((one["unit"].as_str(), one["area"]["slug"].as_str()), (Some("per_cent"), Some("response-repairs")));
    assert_eq!(one["versions"].as_array().unwrap().len(), 1);
    assert_eq!(one["effective_from"].as_str(), Some("2026-11-16"));
}

#[tokio::test]
async fn a_comment_goes_from_a_resident_to_the_public_page_without_their_name() {
    let app = app().await;
    one_standard(&app).await;
    let mut resident = Browser::new(&app);
    let page = resident.get("/standards/phone-calls-answered/comment").await.expect(200);
    let key = page.hidden("key");
    assert_eq!(key.len(), 64);
    resident
        .post(
            "/standards/phone-calls-answered/comment",
            &[("key", &key), ("words", ""), ("name", "Zebedee Marker"), ("email", "not an address")],
        )
        .await
        .expect(422)
        .holds("<title>Error:")
        .holds("Write how it went")
        .holds("Say whether we may show your words")
        .holds("value=\"Zebedee Marker\"")
        .holds("value=\"not an address\"");
    let long = "x".repeat(2001);
    resident
        .post("/standards/phone-calls-answered/comment", &[("key", &key), ("words", &long), ("may-publish", "yes")])
        .await
        .expect(422)
        .holds("must be 2,000 characters or fewer. You have 1 too many")
        .holds(&long);
    let fields = [
        ("key", key.as_str()),
        ("words", "I waited 9 minutes. Gladys next door too."),
        ("may-publish", "yes"),
        ("name", "Zebedee Marker"),
        ("email", "zebedee@marker.example"),
        ("phone", "01632 960 777"),
    ];
    let sent = resident.post("/standards/phone-calls-answered/comment", &fields).await.expect(303);
    assert_eq!(sent.location(), "/standards/phone-calls-answered/thanks");
    resident.post("/standards/phone-calls-answered/comment", &fields).await.expect(303);
    // Back, and sent again from the page opened anew.
    let key = resident.get("/standards/phone-calls-answered/comment").await.expect(200).hidden("key");
    let anew: Vec<_> =
        fields.into_iter().map(|(name, value)| (name, if name == "key" { &*key } else { value })).collect();
    let again = resident.post("/standards/phone-calls-answered/comment", &anew).await.expect(303);
    assert_eq!(again.location(), sent.location());
    resident.get(sent.location()).await.expect(200).holds("Thank you").lacks("Zebedee");
    resident.get("/standards/phone-calls-answered").await.expect(200).lacks("9 minutes");

    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get("/staff/comments").await.expect(200).holds("1 in all, 1 waiting").holds("Waiting to be read");
    let id = {
        let mut tx = app.db.read().await.unwrap();
        comments::list(&mut tx).await.unwrap()[0].id
    };
    let here = format!("/staff/comments/{id}");
    officer.get(&here).await.expect(200).holds("Zebedee Marker").holds("01632 960 777");
    officer.post(&here, &[("step", "read")]).await.expect(303);
    officer
        .post(&here, &[("step", "publish"), ("published-words", "")])
        .await
        .expect(422)
        .holds("Enter the words to show");
    officer.post(&here, &[("step", "publish"), ("published-words", "I waited 9 minutes.")]).await.expect(303);
    officer
        .post(
            &here,
            &[
                ("step", "answer"),
                ("answer", "We are sorry. We have two more people on the phones now."),
                ("send", "yes"),
            ],
        )
        .await
        .expect(303);
    officer
        .post(&here, &[("step", "pass"), ("to", "Complaints team"), ("reference", ""), ("consent", "")])
        .await
        .expect(422)
        .holds("Complaints team");
    officer
        .post(&here, &[("step", "pass"), ("to", "Complaints team"), ("reference", "C-19"), ("consent", "By phone")])
        .await
        .expect(303);
    officer.get(&here).await.expect(200).holds("Gladys").holds("C-19");
    run_jobs(&app).await;
    let letter = std::fs::read_dir(app.mailer.folder().unwrap()).unwrap().next().unwrap().unwrap();
    let letter = std::fs::read_to_string(letter.path()).unwrap();
    assert!(letter.contains("zebedee@marker.example") && letter.contains("two more people"), "{letter}");

    let mut visitor = Browser::new(&app);
    for path in [
        "/standards/phone-calls-answered",
        "/standards",
        "/standards.json",
        "/standards/print",
        "/standards/phone-calls-answered/comment",
    ] {
        let page = visitor.get(path).await.expect(200);
        for secret in ["Zebedee", "marker.example", "960 777", "Gladys", "C-19"] {
            assert!(!page.text.contains(secret), "{secret} on {path}");
        }
    }
    visitor
        .get("/standards/phone-calls-answered")
        .await
        .expect(200)
        .holds("I waited 9 minutes.")
        .holds("two more people on the phones");

    officer.post(&here, &[("step", "erase")]).await.expect(422).holds("Choose what should be erased");
    officer.post(&here, &[("step", "erase"), ("what", "all")]).await.expect(303);
    officer.get(&here).await.expect(200).holds("Erased").lacks("Zebedee").lacks("Gladys");
    visitor.get("/standards/phone-calls-answered").await.expect(200).lacks("9 minutes");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get("/staff/audit").await.expect(200).holds("erased a person").lacks("Zebedee").lacks("Gladys");
}

#[tokio::test]
async fn a_program_and_a_flood_leave_nothing_and_no_leave_means_not_published() {
    let app = app().await;
    let id = one_standard(&app).await;
    let mut robot = Browser::new(&app);
    let path = "/standards/phone-calls-answered/comment";
    robot
        .post(path, &[("words", "Buy now"), ("may-publish", "yes"), ("website", "http://spam.example")])
        .await
        .expect(303);
    let waiting = |app: App| async move {
        crate::standards::count_comments_waiting(&mut app.db.read().await.unwrap()).await.unwrap()
    };
    assert_eq!(waiting(app.clone()).await, 0);
    for time in 0..crate::standards::send_comment::MOST_AN_HOUR {
        let words = format!("Again, {time}");
        robot.post(path, &[("words", &words), ("may-publish", "no")]).await.expect(303);
    }
    robot
        .post(path, &[("words", "One more"), ("may-publish", "no")])
        .await
        .expect(422)
        .holds("Your words are still here")
        .holds("One more");
    assert_eq!(waiting(app.clone()).await, crate::standards::send_comment::MOST_AN_HOUR);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get("/staff/comments/1").await.expect(200).lacks("Publish these words");
    officer
        .post("/staff/comments/1", &[("step", "publish"), ("published-words", "Again")])
        .await
        .expect(422)
        .holds("did not allow");
    officer
        .post("/staff/comments/1", &[("step", "withhold"), ("reason", "")])
        .await
        .expect(422)
        .holds("Enter the reason");
    officer.post("/staff/comments/1", &[("step", "withhold"), ("reason", "Asked us not to")]).await.expect(303);
    officer.get("/staff/comments?state=withheld").await.expect(200).holds("1 in all");
    let mut tx = app.db.read().await.unwrap();
    assert!(comments::list_voices(&mut tx, id, 9).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_officer_writes_and_publishes_a_standard_and_the_board_approves_it() {
    let app = app().await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    let vague = wording("Letters answered", "We answer your letters promptly.", "2");
    let mut check = vague.clone();
    check[0].1 = "check";
    officer
        .post("/staff/standards/new", &check)
        .await
        .expect(422)
        .holds("which nobody can measure")
        .holds("replies sent in 3 working days")
        .holds("from the day it reaches us");
    let mut wrong = vague.clone();
    wrong[10].1 = "ninety";
    officer
        .post("/staff/standards/new", &wrong)
        .await
        .expect(422)
        .holds("Enter the target as a number")
        .holds("value=\"ninety\"");
    let here = officer.post("/staff/standards/new", &vague).await.expect(303).location().to_owned();
    officer
        .get(&here)
        .await
        .expect(200)
        .holds("Draft of version 1")
        .holds("which nobody can measure")
        .holds("Not approved yet");
    officer.post(&format!("{here}/approve"), &[]).await.expect(403);
    let approval = [("body", "Board"), ("approved-day", "12"), ("approved-month", "11"), ("approved-year", "2026")];
    board
        .post(
            &format!("{here}/approve"),
            &[("body", "Board"), ("approved-day", "12"), ("approved-month", "13"), ("approved-year", "2026")],
        )
        .await
        .expect(422)
        .holds("must be a real date")
        .holds("value=\"Board\"");
    board.post(&format!("{here}/approve"), &approval).await.expect(303);
    let day = [("from-day", "16"), ("from-month", "11"), ("from-year", "2026")];
    officer.post(&format!("{here}/publish"), &day).await.expect(422).holds("cannot be published yet");
    let good = wording("Letters answered", "We answer your letters and e-mails within 3 working days.", "2");
    officer.post(&format!("{here}/edit"), &good).await.expect(303);
    officer.post(&format!("{here}/publish"), &day).await.expect(422).holds("It is not approved");
    board.post(&format!("{here}/approve"), &approval).await.expect(303);
    officer
        .get(&format!("{here}/publish"))
        .await
        .expect(200)
        .holds("What changes")
        .holds("Approved by Board on 12 November 2026");
    officer
        .post(&format!("{here}/publish"), &[("from-day", "1"), ("from-month", "11"), ("from-year", "2026")])
        .await
        .expect(422)
        .holds("must be today or later");
    officer.post(&format!("{here}/publish"), &day).await.expect(303);
    let mut visitor = Browser::new(&app);
    visitor
        .get("/standards/letters-answered")
        .await
        .expect(200)
        .holds("within 3 working days")
        .holds("at least 90 in 100");

    officer.post(&format!("{here}/new-version"), &[]).await.expect(303);
    let mut next = good.clone();
    next[10].1 = "95";
    officer.post(&format!("{here}/edit"), &next).await.expect(303);
    officer.post(&format!("{here}/waive"), &[("reason", "")]).await.expect(422).holds("Enter the reason");
    officer.post(&format!("{here}/waive"), &[("reason", "The board agreed by e-mail")]).await.expect(303);
    let later = [("from-day", "1"), ("from-month", "12"), ("from-year", "2026")];
    officer.post(&format!("{here}/publish"), &later).await.expect(422).holds("say what changed");
    next.push(("what-changed", "We have one more person answering."));
    officer.post(&format!("{here}/edit"), &next).await.expect(303);
    officer.post(&format!("{here}/waive"), &[("reason", "The board agreed by e-mail")]).await.expect(303);
    officer
        .get(&format!("{here}/publish"))
        .await
        .expect(200)
        .holds("<del class=\"ds-before\">at least 90%</del>")
        .holds("at least 95%");
    officer.post(&format!("{here}/publish"), &later).await.expect(303);
    visitor
        .get("/standards/letters-answered")
        .await
        .expect(200)
        .holds("From 1 December 2026 this promise changes")
        .holds("at least 90 in 100");
    app.clock.advance(chrono::TimeDelta::days(16));
    run_jobs(&app).await;
    visitor
        .get("/standards/letters-answered")
        .await
        .expect(200)
        .holds("one more person answering")
        .holds("16 November 2026 to 30 November 2026")
        .lacks("this promise changes");
    officer.get("/staff/standards?state=in-force").await.expect(303);
}

#[tokio::test]
async fn areas_are_added_and_changed_by_those_who_may() {
    let app = app().await;
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    manager.get("/staff/standards/areas").await.expect(200).holds("Window cleaning");
    manager
        .post("/staff/standards/areas", &[("name", "Rehousing"), ("description", "Again"), ("position", "3")])
        .await
        .expect(422)
        .holds("There is an area of that name already")
        .holds("value=\"Again\"");
    manager
        .post("/staff/standards/areas", &[("name", "Heating"), ("description", "Boilers"), ("position", "x")])
        .await
        .expect(422)
        .holds("value=\"Heating\"");
    manager
        .post("/staff/standards/areas", &[("name", "Heating"), ("description", "Boilers"), ("position", "3")])
        .await
        .expect(303);
    manager.get("/staff/standards/areas/11").await.expect(200).holds("value=\"Heating\"");
    manager
        .post(
            "/staff/standards/areas/11",
            &[("name", "Heating and gas"), ("description", "Boilers"), ("position", "4")],
        )
        .await
        .expect(303);
    let mut visitor = Browser::new(&app);
    visitor.get("/standards").await.expect(200).holds("Heating and gas");
    visitor.get("/standards/areas/heating").await.expect(200).holds("Boilers");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get("/staff/standards/areas").await.expect(200).lacks("Add an area");
    auditor.post("/staff/standards/areas", &[]).await.expect(403);
    let (mut shopper, _) = Browser::signed_in(&app, Role::Shopper).await;
    shopper.get("/staff/comments").await.expect(403);
}

#[tokio::test]
async fn a_draft_is_thrown_away_only_after_asking() {
    let app = app().await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let fields = wording("Letters answered", "We answer your letters within 3 working days.", "2");
    let here = officer.post("/staff/standards/new", &fields).await.expect(303).location().to_owned();
    officer.get(&format!("{here}/discard")).await.expect(200).holds("never published");
    officer.get(&here).await.expect(200).holds("Throw the draft away");
    officer.post(&format!("{here}/discard"), &[]).await.expect(303);
    officer.get(&here).await.expect(404);
    officer.post(&format!("{here}/discard"), &[]).await.expect(404);
}
