//! The pages through the real router: residents answering, staff building, results shown.

use chrono::TimeDelta;

use crate::app::App;
use crate::people::Role;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::store as responses;
use crate::surveys::describe;
use crate::surveys::kind::SurveyKind;
use crate::surveys::publish;
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::described;
use crate::testing::{self, Browser};

pub fn of(tag: &str) -> Kind {
    Kind::usual(tag).unwrap()
}

pub fn three_questions() -> Questionnaire {
    let mut questions = Questionnaire::default();
    questions.add(Question::new("Had a repair?", of("one_choice")).required().dividing()).unwrap();
    questions.add(Question::new("How was it?", of("scale")).required().shown_if(1, &[0])).unwrap();
    questions.add(Question::new("Anything else?", of("long_text"))).unwrap();
    questions
}

/// A published survey that is open for a day yet.
pub async fn open(app: &App, access: Access, questions: &Questionnaire) -> Asked {
    let now = app.clock.now();
    let description = described(access, now, TimeDelta::days(1));
    let mut tx = app.db.write().await.unwrap();
    let id =
        describe::create(&mut tx, &app.random, SurveyKind::Consultation, &description, questions, now).await.unwrap();
    let asked = store::find(&mut tx, id).await.unwrap().unwrap();
    publish::publish(&mut tx, &asked, now).await.unwrap();
    let asked = store::find(&mut tx, id).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    asked
}

pub async fn count(app: &App, asked: &Asked) -> i64 {
    let mut tx = app.db.read().await.unwrap();
    responses::count_responses(&mut tx, asked.version.id).await.unwrap()
}

/// Publishes results as two people do: one prepares them, another approves.
pub async fn publish_results(app: &App, asked: &Asked) {
    let at = format!("/staff/surveys/{}/publishing", asked.survey.id);
    let (mut officer, _) = Browser::signed_in(app, Role::Officer).await;
    officer.post(&at, &[]).await.expect(303);
    let (mut manager, _) = Browser::signed_in(app, Role::Manager).await;
    manager.post(&format!("{at}/approve"), &[("step", "approve")]).await.expect(303);
}

pub const AT: &str = "/surveys/repairs-and-you";

#[tokio::test]
async fn a_resident_answers_page_by_page_and_gets_a_receipt() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    browser.get("/surveys").await.expect(200).holds("Repairs and you").holds("About 5 minutes");
    let start = browser.get(AT).await.expect(200).holds("Start now").holds("17 November 2026");
    start.holds("Up to 3").holds("href=\"/have-your-say\" class=\"govuk-back-link\"");
    assert_eq!(browser.post(AT, &[]).await.expect(303).location(), format!("{AT}/q/1"));
    browser.get(&format!("{AT}/q/3")).await.expect(303);
    let page = browser.get(&format!("{AT}/q/1")).await.expect(200);
    let page = page.holds("Question 1 of 3").holds("<h1 class=\"govuk-fieldset__heading\">Had a repair?</h1>");
    page.holds("<p class=\"ds-heading__caption\">Repairs and you</p>")
        .holds("href=\"/have-your-say\" aria-current=\"true\"");
    browser.post(&format!("{AT}/q/1"), &[]).await.expect(422).holds("Choose one answer").holds("Error: ");
    let next = browser.post(&format!("{AT}/q/1"), &[("q1", "0")]).await.expect(303);
    assert_eq!(next.location(), format!("{AT}/q/2"));
    browser.get(&format!("{AT}/q/2")).await.expect(200).holds("Question 2 of 3").holds(&format!("{AT}/q/1"));
    browser.post(&format!("{AT}/q/2"), &[("q2", "1")]).await.expect(303);
    let next = browser.post(&format!("{AT}/q/3"), &[("q3", "Very kind\r\n<b>people</b>")]).await.expect(303);
    assert_eq!(next.location(), format!("{AT}/check"));
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    let check = check.holds("Fairly satisfied").holds("&lt;b&gt;people").lacks("<b>people");
    let (key, seen) = (check.hidden("key"), check.hidden("seen"));
    let form = [("key", key.as_str()), ("seen", seen.as_str())];
    let sent = browser.post(&format!("{AT}/check"), &form).await.expect(303);
    let thanks = sent.location().to_owned();
    assert!(thanks.starts_with(&format!("{AT}/thanks?reference=")), "{thanks}");
    browser.get(&thanks).await.expect(200).holds("Thank you").holds("We read every answer.");
    assert_eq!(count(&app, &asked).await, 1);
    // R02: the browser's back button, then the same form again.
    let again = browser.post(&format!("{AT}/check"), &form).await.expect(303);
    assert_eq!(again.location(), thanks);
    let other = "0".repeat(64);
    browser.post(&format!("{AT}/check"), &[("key", &key), ("seen", &other)]).await.expect(409);
    assert_eq!(count(&app, &asked).await, 1);
}

#[tokio::test]
async fn a_half_finished_survey_waits_for_its_person_and_a_changed_answer_reopens_what_it_should() {
    let app = testing::app().await;
    open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    browser.post(AT, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "1")]).await.expect(303);
    browser.post(&format!("{AT}/q/3"), &[("q3", "")]).await.expect(303);
    app.clock.advance(TimeDelta::hours(21));
    testing::run_jobs(&app).await;
    let start = browser.get(AT).await.expect(200).holds("Go on where you stopped");
    start.holds("Your answers so far are kept.");
    Browser::new(&app).get(AT).await.expect(200).lacks("Your answers so far are kept.");
    assert_eq!(browser.post(AT, &[]).await.location(), format!("{AT}/check"));
    browser.get(&format!("{AT}/check")).await.expect(200).holds("Not answered").lacks("How was it?");
    let changed = browser.post(&format!("{AT}/q/1?from=check"), &[("q1", "0")]).await.expect(303);
    assert_eq!(changed.location(), format!("{AT}/q/2"));
    assert_eq!(browser.get(&format!("{AT}/check")).await.expect(303).location(), format!("{AT}/q/2"));
}

#[tokio::test]
async fn an_answer_from_a_browser_that_forgot_its_draft_is_kept() {
    let app = testing::app().await;
    open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    let next = browser.post(&format!("{AT}/q/1"), &[("q1", "0")]).await.expect(303);
    assert_eq!(next.location(), format!("{AT}/q/2"));
    browser.get(&format!("{AT}/q/1")).await.expect(200).holds(" checked");
}

#[tokio::test]
async fn r09_a_form_opened_in_time_says_until_when_it_may_be_sent_and_a_late_one_keeps_its_text() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    let page = browser.get(&format!("{AT}/all")).await.expect(200);
    let (key, seal) = (page.hidden("key"), page.hidden("seal"));
    browser.post(AT, &[]).await.expect(303);
    app.clock.advance(asked.survey.closes_at - app.clock.now() + TimeDelta::minutes(29));
    // The draft was begun before closing: it goes on and says so.
    browser.get(&format!("{AT}/q/1")).await.expect(200).holds("you can still send your answers until 12:30pm");
    browser.post(&format!("{AT}/q/1"), &[("q1", "1")]).await.expect(303);
    // Whoever comes now is told that it is over.
    Browser::new(&app).get(AT).await.expect(200).holds("This survey closed").lacks("Start now");
    Browser::new(&app).get(&format!("{AT}/all")).await.expect(303);
    let filled = [("key", key.as_str()), ("seal", seal.as_str()), ("q1", "1"), ("q3", "Kept words")];
    app.clock.advance(TimeDelta::seconds(59));
    let mut other = Browser::new(&app);
    let forged = [("key", key.as_str()), ("seal", "1.f"), ("q1", "1"), ("q3", "Kept words")];
    other.post(&format!("{AT}/all"), &forged).await.expect(422);
    other.post(&format!("{AT}/all"), &filled).await.expect(303);
    app.clock.advance(TimeDelta::seconds(1));
    let fresh = app.random.token();
    let late = [("key", fresh.as_str()), ("seal", seal.as_str()), ("q1", "1"), ("q3", "Kept words")];
    let refused = other.post(&format!("{AT}/all"), &late).await.expect(422);
    refused.holds("closed at midday on 17 November 2026").holds("Kept words</textarea>");
    browser.post(&format!("{AT}/q/3"), &[("q3", "My words")]).await.expect(422).holds("My words</textarea>");
    // A repeat of what was kept still gets its receipt.
    other.post(&format!("{AT}/all"), &filled).await.expect(303);
    assert_eq!(count(&app, &asked).await, 1);
}

#[tokio::test]
async fn looking_at_a_personal_link_never_spends_it_and_sending_does() {
    let app = testing::app().await;
    let asked = open(&app, Access::Personal, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}/invite", asked.survey.id);
    staff.post(&at, &[("addresses", "ann@home.example not-an-address")]).await.expect(422).holds("not-an-address");
    let list = [("addresses", "ann@home.example, bo@home.example, ANN@home.example")];
    staff.post(&at, &list).await.expect(303);
    staff.get(&at).await.expect(200).holds("2 links sent so far, 0 used.");
    let mut tx = app.db.read().await.unwrap();
    let letters: Vec<String> = crate::on!(tx, c => sqlx::query_scalar("SELECT body FROM letters ORDER BY letter_id").fetch_all(c).await.unwrap());
    drop(tx);
    assert_eq!(letters.len(), 2);
    let token = letters[0].split("/s/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let link = format!("/s/{token}");
    let mut browser = Browser::new(&app);
    browser.get("/surveys").await.expect(200).lacks("Repairs and you");
    browser.get(AT).await.expect(200).holds("personal link").lacks("Start now");
    browser.post(AT, &[]).await.expect(303);
    for _ in 0..3 {
        browser.get(&link).await.expect(200).holds("Start now");
    }
    // All questions on one page, with the link in hand, before and after the first answer.
    let mut other = Browser::new(&app);
    for _ in 0..2 {
        let led = other.post(&link, &[(crate::ui::STEP, "all")]).await.expect(303);
        assert_eq!(led.location(), format!("{AT}/all"));
        other.get(&format!("{AT}/all")).await.expect(200).holds("Send my answers");
        other.post(&link, &[]).await.expect(303);
    }
    browser.post(&link, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "1")]).await.expect(303);
    browser.post(&format!("{AT}/q/3"), &[("q3", "")]).await.expect(303);
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    let (key, seen) = (check.hidden("key"), check.hidden("seen"));
    browser.post(&format!("{AT}/check"), &[("key", &key), ("seen", &seen)]).await.expect(303);
    browser.get(&link).await.expect(410).holds("has been used");
    assert_eq!(count(&app, &asked).await, 1);
    // V26: an altered, truncated or empty token opens nothing.
    for wrong in [token.replace(&token[..1], "x"), token[1..].to_owned(), "0".repeat(64)] {
        browser.get(&format!("/s/{wrong}")).await.expect(404);
    }
}

#[tokio::test]
async fn the_same_personal_link_in_two_browsers_counts_once() {
    let app = testing::app().await;
    let asked = open(&app, Access::Personal, &three_questions()).await;
    let token = app.random.token();
    let mut tx = app.db.write().await.unwrap();
    let hash = crate::random::sha256(&token);
    store::insert_invitation(&mut tx, asked.survey.id, "a@b.example", &hash, app.clock.today()).await.unwrap();
    tx.commit().await.unwrap();
    let (mut one, mut two) = (Browser::new(&app), Browser::new(&app));
    let mut forms = Vec::new();
    for browser in [&mut one, &mut two] {
        browser.post(&format!("/s/{token}"), &[]).await.expect(303);
        browser.post(&format!("{AT}/q/1"), &[("q1", "1")]).await.expect(303);
        browser.post(&format!("{AT}/q/3"), &[("q3", "words")]).await.expect(303);
        let check = browser.get(&format!("{AT}/check")).await.expect(200);
        forms.push((check.hidden("key"), check.hidden("seen")));
    }
    one.post(&format!("{AT}/check"), &[("key", &forms[0].0), ("seen", &forms[0].1)]).await.expect(303);
    let refused = two.post(&format!("{AT}/check"), &[("key", &forms[1].0), ("seen", &forms[1].1)]).await.expect(422);
    refused.holds("Each link counts once").holds("words");
    assert_eq!(count(&app, &asked).await, 1);
}

#[tokio::test]
async fn an_officer_builds_publishes_and_can_no_longer_change_what_was_answered() {
    let app = testing::app().await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.get("/staff/surveys").await.expect(200).holds("No surveys yet");
    staff
        .post("/staff/surveys/new", &[("title", "Windows")])
        .await
        .expect(422)
        .holds("Say what the survey is for")
        .holds("value=\"Windows\"");
    let details = [
        ("kind", "consultation"),
        ("title", "Windows"),
        ("introduction", "About windows."),
        ("next_steps", "We read it."),
        ("minutes", "2"),
        ("access", "open"),
        ("opens-day", "16"),
        ("opens-month", "11"),
        ("opens-year", "2026"),
        ("opens_time", "09:00"),
        ("closes-day", "28"),
        ("closes-month", "3"),
        ("closes-year", "2027"),
        ("closes_time", "01:30"),
    ];
    staff.post("/staff/surveys/new", &details).await.expect(422).holds("01:30 on 28 March 2027 does not exist");
    let mut details = details.to_vec();
    details.retain(|(name, _)| *name != "closes_time");
    details.push(("closes_time", "23:59"));
    let made = staff.post("/staff/surveys/new", &details).await.expect(303).location().to_owned();
    let refused = staff.post(&format!("{made}/publish"), &[]).await.expect(422);
    refused.holds("Add at least one question before you publish").holds("No questions yet").holds("<title>Error: ");
    Browser::new(&app).get("/surveys/windows").await.expect(404);
    for (kind, text) in [("scale", "How clean are they?"), ("one_choice", "Do they open?")] {
        staff.get(&format!("{made}/questions/new?kind={kind}")).await.expect(200).holds("What residents see");
        let bad = [("kind", kind), ("text", ""), ("s-options", "One")];
        staff.post(&format!("{made}/questions/new"), &bad).await.expect(422).holds("Enter the question");
        let good = [("kind", kind), ("text", text), ("s-options", "Yes\nNo"), ("s-wording", "satisfaction")];
        staff.post(&format!("{made}/questions/new"), &good).await.expect(303);
    }
    staff.post(&format!("{made}/questions/2/move"), &[("direction", "up")]).await.expect(303);
    staff.get(&made).await.expect(200).holds("1. Do they open?").holds("2. How clean are they?");
    staff
        .post(
            &format!("{made}/questions/2"),
            &[("kind", "one_choice"), ("text", "Do they shut?"), ("s-options", "Yes\nNo")],
        )
        .await
        .expect(303);
    staff.post(&format!("{made}/publish"), &[]).await.expect(303);
    staff.get(&made).await.expect(200).holds("The survey is published").holds("Do they shut?");
    let mut resident = Browser::new(&app);
    resident.post("/surveys/windows", &[]).await.expect(303);
    resident.post("/surveys/windows/q/1", &[("q2", "0")]).await.expect(303);
    staff.get(&made).await.expect(200).holds("these questions no longer change").lacks("Move up");
    let change = [("kind", "scale"), ("text", "Other"), ("s-wording", "agreement")];
    staff
        .post(&format!("{made}/questions/1"), &change)
        .await
        .expect(422)
        .holds("Make a copy of the survey")
        .holds("value=\"Other\"");
    staff.post(&format!("{made}/questions/1/remove"), &[]).await.expect(422).holds("the questions are locked");
    let copy = staff.post(&format!("{made}/copy"), &[]).await.expect(303).location().to_owned();
    staff.get(&copy).await.expect(200).holds("/surveys/windows-2").holds("Move up");
    staff.post(&format!("{made}/close"), &[]).await.expect(303);
    staff.post(&format!("{made}/publishing"), &[]).await.expect(422).holds("Answers can still arrive");
    let mut tx = app.db.read().await.unwrap();
    let entries: i64 =
        crate::on!(tx, c => sqlx::query_scalar("SELECT COUNT(*) FROM audit_entries").fetch_one(c).await.unwrap());
    assert_eq!(entries, 8);
}

#[tokio::test]
async fn results_say_the_share_hide_small_numbers_and_leave_as_a_file() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let at = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&format!("{at}/results")).await.expect(200).holds("Nobody has answered yet");
    let mut browser = Browser::new(&app);
    for person in 0..40 {
        if person == 4 {
            let few = staff.get(&format!("{at}/results")).await.expect(200);
            few.holds("once 5 people have answered").lacks("Download every answer");
            staff.post(&format!("{at}/answers"), &[]).await.expect(422).holds("once 5 people have answered");
        }
        let page = browser.get(&format!("{AT}/all")).await.expect(200);
        let (key, seal) = (page.hidden("key"), page.hidden("seal"));
        let how = if person % 4 == 0 { "3" } else { "0" };
        let (repair, words) = if person < 37 { ("0", "") } else { ("1", "=SUM(A1:A9)") };
        let form = [("key", key.as_str()), ("seal", seal.as_str()), ("q1", repair), ("q2", how), ("q3", words)];
        browser.post(&format!("{AT}/all"), &form).await.expect(303);
    }
    let page = staff.get(&format!("{at}/results")).await.expect(200);
    page.holds("73.0% of 37 people were very or fairly satisfied").holds("=SUM(A1:A9)").holds("Hidden");
    staff
        .get(&format!("{at}/results?area=1"))
        .await
        .expect(200)
        .holds("Too few people answered to show their words")
        .holds("40 people answered, on 16 November 2026.")
        .holds("How many they are is not shown")
        .lacks("=SUM");
    staff.get(&format!("{at}/figures.csv")).await.expect(200).holds("How was it?,Very satisfied,27,73,37");
    let file = staff.post(&format!("{at}/answers"), &[]).await.expect(200);
    // V16: what begins like a formula is text.
    file.holds("Came by,Had a repair?,How was it?,Anything else?").holds("'=SUM(A1:A9)");
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.post(&format!("{at}/answers"), &[]).await.expect(403);
    board.get(&format!("{at}/results")).await.expect(200).lacks("Download every answer");
    browser.get(&format!("{AT}/results")).await.expect(404);
    app.clock.advance(TimeDelta::days(2));
    publish_results(&app, &asked).await;
    let public = browser.get(&format!("{AT}/results")).await.expect(200);
    let public =
        public.holds("About 40 people answered on 16 November 2026.").holds("73% of about 35 people").lacks("=SUM");
    let public = public
        .lacks("37 people")
        .holds("rounded to the nearest 5")
        .holds("Asked of people who answered “Yes” to “Had a repair?”.");
    public.holds("What changed because of it").holds("href=\"/have-your-say\"");
    browser.get("/surveys").await.expect(200).holds("What you told us").holds("No survey is open today");
}

#[tokio::test]
async fn a_survey_page_keeps_its_byte_budget_and_has_no_script() {
    let app = testing::app().await;
    let mut questions = Questionnaire::default();
    for at in 1..=15 {
        questions.add(Question::new(format!("Question number {at}?"), of("scale"))).unwrap();
    }
    open(&app, Access::Open, &questions).await;
    let page = Browser::new(&app).get(&format!("{AT}/all")).await.expect(200).lacks("<script");
    assert!(page.bytes.len() < 60_000, "{}", page.bytes.len());
}
