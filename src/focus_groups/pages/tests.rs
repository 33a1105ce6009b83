//! Journeys through the real router: signing up, withdrawing, the waiting list, and the work of staff.

use crate::app::App;
use crate::focus_groups::testing::{self, opened};
use crate::people::Role;
use crate::testing::{Browser, app, run_jobs};

async fn sign_up(app: &App, slug: &str, name: &str, email: &str) -> String {
    let mut browser = Browser::new(app);
    let form = browser.get(&format!("/focus-groups/{slug}/sign-up")).await.expect(200);
    let key = form.hidden("key");
    let answer = browser
        .post(&format!("/focus-groups/{slug}/sign-up"), &[("key", &key), ("name", name), ("email", email)])
        .await
        .expect(303);
    answer.location().to_owned()
}

#[tokio::test]
async fn a_resident_signs_up_without_an_account_and_withdraws_and_the_next_is_offered_the_place() {
    let app = app().await;
    opened(&app, 1).await;
    let mut visitor = Browser::new(&app);
    visitor.get("/have-your-say").await.expect(200).holds("Talk about repairs").holds("1 place left of 1");
    visitor.get("/focus-groups/talk").await.expect(200).holds("Sign up for a place").holds("Lantern Hall");
    let ann = sign_up(&app, "talk", "Ann Marsh", "ann@example.org").await;
    visitor.get("/have-your-say").await.expect(200).holds("Every place is taken").lacks("Ann Marsh");
    let bob = sign_up(&app, "talk", "Bob Reed", "bob@example.org").await;
    visitor.get(&ann).await.expect(200).holds("You have a place").holds("I cannot come").lacks("value=\"withdraw\"");
    let leave = format!("{ann}?withdraw=yes");
    visitor
        .get(&leave)
        .await
        .expect(200)
        .holds("Give up your place?")
        .holds("The place goes to the next person at once.")
        .holds("value=\"withdraw\"")
        .holds("No, keep my place");
    visitor.get(&format!("{bob}?withdraw=yes")).await.expect(200).holds("Leave the waiting list?");
    visitor.get(&ann).await.expect(200).holds("You have a place");
    visitor.get(&bob).await.expect(200).holds("You are number 1").lacks("Ann");
    visitor.get(&format!("{ann}/calendar.ics")).await.expect(200).holds("BEGIN:VEVENT");
    visitor.get(&format!("{bob}/calendar.ics")).await.expect(404);
    visitor.post(&bob, &[("step", "accept")]).await.expect(422).holds("No place is offered to you just now");
    visitor.get(&ann).await.expect(200);
    visitor.post(&ann, &[("step", "withdraw")]).await.expect(303);
    visitor.post(&ann, &[("step", "withdraw")]).await.expect(422).holds("You are not on the list any more");
    visitor
        .get(&ann)
        .await
        .expect(200)
        .holds("You have withdrawn")
        .holds("sign up again")
        .lacks("You are off the list");
    visitor.get(&leave).await.expect(200).holds("You have withdrawn").lacks("value=\"withdraw\"");
    visitor.get(&bob).await.expect(200).holds("A place is free for you").holds("18 November 2026, midday");
    visitor.post(&bob, &[("step", "accept")]).await.expect(303);
    visitor.get(&bob).await.expect(200).holds("You have a place");
    visitor.get("/places/0000000000000000000000000000000000000000000000000000000000000000").await.expect(404);
    visitor.get("/places/1").await.expect(404);
}

#[tokio::test]
async fn somebody_who_waits_is_promised_support_for_the_case_that_they_get_a_place() {
    let app = app().await;
    opened(&app, 1).await;
    sign_up(&app, "talk", "Ann", "ann@example.org").await;
    let mut visitor = Browser::new(&app);
    let key = visitor.get("/focus-groups/talk/sign-up").await.expect(200).hidden("key");
    let fields = [("key", &*key), ("name", "Bob"), ("phone", "01632 960 001"), ("needs", "childcare")];
    let bob = visitor.post("/focus-groups/talk/sign-up", &fields).await.expect(303);
    let page = visitor.get(bob.location()).await.expect(200);
    page.holds("care for somebody you look after")
        .holds("we will arrange this if you get a place")
        .lacks("we are arranging");
}

#[tokio::test]
async fn a_refused_form_keeps_every_value_and_a_form_sent_twice_gives_the_same_answer() {
    let app = app().await;
    opened(&app, 5).await;
    let mut visitor = Browser::new(&app);
    let key = visitor.get("/focus-groups/talk/sign-up").await.expect(200).hidden("key");
    visitor
        .post(
            "/focus-groups/talk/sign-up",
            &[("key", &key), ("name", "Pat <b>"), ("needs", "transport"), ("wishes", "A lift")],
        )
        .await
        .expect(422)
        .holds("<title>Error: Sign up")
        .holds("Enter an e-mail address or a phone number")
        .holds("value=\"Pat &lt;b&gt;\"")
        .holds("A lift")
        .holds(&key);
    let fields = [
        ("key", &*key),
        ("name", "Pat Lane"),
        ("phone", "01632 960 001"),
        ("needs", "transport"),
        ("wishes", "A lift from <the> bus"),
    ];
    let first = visitor.post("/focus-groups/talk/sign-up", &fields).await.expect(303);
    let second = visitor.post("/focus-groups/talk/sign-up", &fields).await.expect(303);
    assert_eq!(first.location(), second.location());
    visitor
        .get(first.location())
        .await
        .expect(200)
        .holds("Transport there and back")
        .holds("we are arranging this")
        .holds("A lift from &lt;the&gt; bus");
    let leave = visitor.get(&format!("{}?withdraw=yes", first.location())).await.expect(200);
    leave.holds("Somebody else can then have the place.").lacks("next person");
    let other = visitor.get("/focus-groups/talk/sign-up").await.hidden("key");
    let again = [("key", &*other), ("name", "pat lane"), ("phone", "01632960001")];
    let answer = visitor.post("/focus-groups/talk/sign-up", &again).await.expect(422).lacks("private link");
    answer.holds("Nothing was changed").holds("To change what you told us, contact us").holds("value=\"pat lane\"");
    let program = [("name", "Bot"), ("email", "bot@example.org"), ("website", "x")];
    visitor.post("/focus-groups/talk/sign-up", &program).await.expect(303);
    visitor.get("/have-your-say").await.holds("4 places left of 5");
}

#[tokio::test]
async fn a_signed_in_resident_finds_their_name_and_address_filled_in() {
    let app = app().await;
    opened(&app, 5).await;
    let at = "/focus-groups/talk/sign-up";
    let (mut resident, account) = Browser::signed_in(&app, Role::Resident).await;
    let page = resident.get(at).await.expect(200).holds(&format!("value=\"{}\"", account.email));
    page.holds(&format!("value=\"{}\"", account.name)).holds("We erase them 12 months after the group");
    let (mut officer, account) = Browser::signed_in(&app, Role::Officer).await;
    officer.get(at).await.expect(200).lacks(&format!("value=\"{}\"", account.email));
    Browser::new(&app).get(at).await.expect(200).holds("href=\"/pages/privacy\"");
}

#[tokio::test]
async fn an_offer_that_nobody_answers_goes_on_by_itself() {
    let app = app().await;
    opened(&app, 1).await;
    let ann = sign_up(&app, "talk", "Ann", "ann@example.org").await;
    let bob = sign_up(&app, "talk", "Bob", "bob@example.org").await;
    let cai = sign_up(&app, "talk", "Cai", "cai@example.org").await;
    let mut visitor = Browser::new(&app);
    visitor.post(&ann, &[("step", "withdraw")]).await.expect(303);
    app.clock.advance(chrono::TimeDelta::hours(48));
    visitor.get(&bob).await.expect(200).holds("Your offer has run out");
    visitor.post(&bob, &[("step", "accept")]).await.expect(422).holds("has run out");
    run_jobs(&app).await;
    visitor.get(&cai).await.expect(200).holds("A place is free for you");
    app.clock.advance(chrono::TimeDelta::days(30));
    visitor.get(&cai).await.expect(200);
    visitor.get("/focus-groups/talk").await.expect(200).holds("has taken place").lacks("sign up or withdraw by phone");
    visitor.get("/focus-groups/talk/sign-up").await.expect(410);
    visitor.get("/have-your-say").await.expect(200).holds("No focus group is planned just now");
}

const PLAN: &[(&str, &str)] = &[
    ("title", "Bins and recycling"),
    ("purpose", "To hear about bins."),
    ("can-change", "The days."),
    ("cannot-change", "The council collects."),
    ("format", "in_person"),
    ("place", "Hall"),
    ("on-day", "1"),
    ("on-month", "12"),
    ("on-year", "2026"),
    ("starts", "2pm"),
    ("ends", "15:30"),
    ("capacity", "2"),
    ("offers", "transport"),
];

fn but<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = PLAN.iter().copied().filter(|(field, _)| *field != name).collect();
    fields.push((name, value));
    fields
}

#[tokio::test]
async fn staff_plan_open_change_move_and_cancel_a_group() {
    let app = app().await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get("/staff/focus-groups").await.expect(200).holds("No focus group lies ahead");
    officer.get("/staff/focus-groups/new").await.expect(200);
    for (name, value, message) in [
        ("title", "", "Enter a title"),
        ("starts", "soon", "enter a time like 14:00"),
        ("ends", "1pm", "The end must be later than the start"),
        ("on-year", "2020", "The group must lie ahead"),
        ("capacity", "none", "Enter the number of places"),
        ("slug", "Not An Address", "Use small letters"),
        ("place", "", "Say where the group meets"),
    ] {
        let answer = officer.post("/staff/focus-groups/new", &but(name, value)).await.expect(422);
        answer.holds(message).holds("<title>Error: ").holds("To hear about bins.");
    }
    let here = officer.post("/staff/focus-groups/new", PLAN).await.expect(303).location().to_owned();
    officer.post("/staff/focus-groups/new", PLAN).await.expect(422).holds("Another focus group has this address");
    let mut visitor = Browser::new(&app);
    visitor.get("/focus-groups/bins-and-recycling").await.expect(404);
    officer.get(&here).await.expect(200).holds("Open it to residents");
    officer.post(&here, &[]).await.expect(422);
    officer.post(&here, &[("step", "open")]).await.expect(303);
    officer.post(&here, &[("step", "open")]).await.expect(422);
    visitor.get("/focus-groups/bins-and-recycling").await.expect(200).holds("2 places left of 2");
    officer.get(&format!("{here}/edit")).await.expect(200).lacks("Starts at");
    officer.post(&format!("{here}/edit"), &but("purpose", "")).await.expect(422).holds("Say what the group is for");
    officer.post(&format!("{here}/edit"), &but("purpose", "To hear of bins and paper.")).await.expect(303);
    visitor.get("/focus-groups/bins-and-recycling").await.expect(200).holds("To hear of bins and paper.");
    let ann = sign_up(&app, "bins-and-recycling", "Ann", "ann@example.org").await;
    officer.get(&format!("{here}/move")).await.expect(200).holds("value=\"14:00\"");
    officer.post(&format!("{here}/move"), PLAN).await.expect(422).holds("Nothing has changed");
    officer.post(&format!("{here}/move"), &but("place", "")).await.expect(422).holds("Say where the group meets");
    officer.post(&format!("{here}/move"), &but("place", "The other hall")).await.expect(303);
    visitor.get(&ann).await.expect(200).holds("The other hall");
    officer.get(&format!("{here}/cancel")).await.expect(200);
    officer.post(&format!("{here}/cancel"), &[]).await.expect(422).holds("Say why");
    officer.post(&format!("{here}/cancel"), &[("reason", "The hall is closed.")]).await.expect(303);
    officer.post(&format!("{here}/cancel"), &[("reason", "Again")]).await.expect(422).holds("cancelled already");
    visitor.get(&ann).await.expect(200).holds("This group will not take place").holds("The hall is closed.");
    visitor.get("/focus-groups/bins-and-recycling").await.expect(200).holds("This focus group will not take place");
    let subjects: Vec<String> = testing::letters(&app).await.into_iter().map(|letter| letter.subject).collect();
    assert_eq!(
        subjects,
        [
            "You have a place: Bins and recycling",
            "New time or place: Bins and recycling",
            "Cancelled: Bins and recycling"
        ]
    );
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&here).await.expect(200).lacks("Change the plan");
    board.get(&format!("{here}/people")).await.expect(403);
}

#[tokio::test]
async fn staff_enter_people_who_phoned_arrange_support_keep_the_record_and_erase() {
    let app = app().await;
    let id = opened(&app, 1).await;
    let base = format!("/staff/focus-groups/{id}");
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get(&format!("{base}/people")).await.expect(200).holds("Nobody has signed up yet");
    let key = officer.get(&format!("{base}/people/new")).await.expect(200).hidden("key");
    let entry = [
        ("key", &*key),
        ("came-by", "phone"),
        ("name", "Olu Bright"),
        ("phone", "01632 960 210"),
        ("needs", "transport"),
    ];
    officer.post(&format!("{base}/people/new"), &entry[..3]).await.expect(422).holds("value=\"Olu Bright\"");
    officer.post(&format!("{base}/people/new"), &entry).await.expect(303);
    let key = officer.get(&format!("{base}/people/new")).await.hidden("key");
    let twice = [("key", &*key), ("came-by", "phone"), ("name", "Olu Bright"), ("phone", "01632 960 210")];
    officer.post(&format!("{base}/people/new"), &twice).await.expect(422).holds("is on the list already");
    let bob = sign_up(&app, "talk", "Bob", "bob@example.org").await;
    let list = officer.get(&format!("{base}/people")).await.expect(200).holds("Transport (to arrange)");
    officer.get(&base).await.expect(200).holds("To arrange").lacks("Seen by those").lacks("Cancelled because");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&base).await.expect(200).holds("Seen by those who run the group").lacks("To arrange");
    let person = list.text.split("/people/").find_map(|rest| rest.split_once("\">Olu")).unwrap().0.to_owned();
    let person = format!("{base}/people/{person}");
    officer.get(&person).await.expect(200).holds("01632 960 210");
    officer
        .post(&person, &[("step", "answer"), ("state-transport", "not_possible")])
        .await
        .expect(422)
        .holds("Say why it is not possible");
    let arranged = [("step", "answer"), ("state-transport", "arranged"), ("answer-transport", "A taxi at one")];
    officer.post(&person, &arranged).await.expect(303);
    officer.post(&person, &[("step", "add"), ("add", "access")]).await.expect(303);
    officer.get(&person).await.expect(200).holds("A taxi at one");
    officer.post(&person, &[("step", "accept")]).await.expect(422).holds("No place is offered to them");
    officer.post(&person, &[("step", "erase")]).await.expect(422).holds("Tick the box");
    officer.post(&person, &[("step", "erase"), ("sure", "yes")]).await.expect(303);
    officer.get(&person).await.expect(200).holds("(details erased)").lacks("01632 960 210");
    let mut visitor = Browser::new(&app);
    visitor.get(&bob).await.expect(200).holds("A place is free for you");
    visitor.post(&bob, &[("step", "accept")]).await.expect(303);
    officer.get(&format!("{base}/record")).await.expect(200).holds("once the group has begun");
    app.clock.advance(chrono::TimeDelta::days(25));
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let record = officer.get(&format!("{base}/record")).await.expect(200).holds("Bob");
    let field = record.text.split("name=\"came-").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let field = format!("came-{field}");
    officer
        .post(&format!("{base}/record"), &[("publish", "yes"), ("notes", "Kept words"), (&field, "yes")])
        .await
        .expect(422)
        .holds("Write what we heard")
        .holds("Kept words");
    let kept = [("publish", "yes"), ("heard", "Taxis help."), (&*field, "yes"), ("notes", "Secret notes")];
    officer.post(&format!("{base}/record"), &kept).await.expect(303);
    officer.get(&base).await.expect(200).holds("Secret notes").holds("Taxis help.");
    visitor
        .get("/focus-groups/talk")
        .await
        .expect(200)
        .holds("Taxis help.")
        .holds("1 person took part")
        .lacks("Secret notes")
        .lacks("Bob");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let log = auditor.get("/staff/audit").await.expect(200);
    for action in ["entered a sign-up", "answered support needs", "kept the record of a focus group"] {
        assert!(log.text.contains(action), "{action}");
    }
    log.lacks("Olu");
}
