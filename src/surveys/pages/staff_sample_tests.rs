//! A sample through the real router: drawn, asked, reminded, rung, and each home counted once.

use chrono::TimeDelta;

use super::tests::{AT, count, open, three_questions};
use crate::app::App;
use crate::config::Config;
use crate::db_test;
use crate::exchange::csv;
use crate::mail;
use crate::people::Role;
use crate::random::sha256;
use crate::residents::Way;
use crate::surveys::sample::code;
use crate::surveys::sample::store::{calls, homes as stored, keys};
use crate::surveys::sample::testing::{drawn, drawn_by, homes};
use crate::surveys::survey::{Access, Asked};
use crate::testing::{self, Browser, app_on};

/// The page of the sample.
fn at(asked: &Asked) -> String {
    format!("/staff/surveys/{}/sample", asked.survey.id)
}

/// What the form for a draw sends.
fn plan<'a>(wanted: &'a str, seed: &'a str) -> Vec<(&'a str, &'a str)> {
    let usual = [("step", "draw"), ("strata", "area"), ("months", "12"), ("reminders", "2"), ("calls", "6")];
    [usual.as_slice(), &[("wanted", wanted), ("seed", seed)]].concat()
}

/// The tokens of the links in the letters, the newest letter first.
async fn tokens(app: &App) -> Vec<String> {
    let letters = mail::store::list(&mut app.db.read().await.unwrap(), 999).await.unwrap();
    let token = |body: &str| body.split("/s/").nth(1).unwrap().split('\n').next().unwrap().to_owned();
    letters.iter().map(|letter| token(&letter.body)).collect()
}

/// Answers by a link up to the page of the answers, and gives the form that would send them.
async fn answered(browser: &mut Browser, token: &str) -> (String, String) {
    browser.post(&format!("/s/{token}"), &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "1")]).await.expect(303);
    browser.post(&format!("{AT}/q/3"), &[("q3", "")]).await.expect(303);
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    (check.hidden("key"), check.hidden("seen"))
}

db_test!(an_officer_draws_a_sample_sees_who_is_left_out_and_asks_it_once, db => {
    let app = app_on(db);
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let asked = open(&app, Access::Personal, &three_questions()).await;
    let (at, show) = (at(&asked), format!("/staff/surveys/{}", asked.survey.id));
    staff.get(&show).await.expect(200).holds(&at);
    staff.get(&at).await.expect(200).holds("There are no homes to draw from yet");
    homes(&app, 40, Some(Way::Email)).await;
    let mut tx = app.db.write().await.unwrap();
    let first = crate::residents::store::households::list(&mut tx).await.unwrap().remove(0);
    crate::residents::store::households::set_no_contact(&mut tx, first.id, "Asked in May").await.unwrap();
    tx.commit().await.unwrap();
    let page = staff.get(&at).await.expect(200).holds("40 homes are on the list").holds("Draw the sample");
    page.holds("value=\"12\"");
    let wrong = staff.post(&at, &plan("none", "as typed")).await.expect(422);
    wrong.holds("Enter how many homes to draw").holds("value=\"as typed\"");
    staff.post(&at, &plan("12", "spring")).await.expect(303);
    let page = staff.get(&at).await.expect(200).holds("12 homes are drawn. Nobody has been asked yet");
    // 14 homes in Millbeck, one of which may not be asked, and 26 in Northfold: 4 and 8 places.
    let page = page.holds("<strong>spring</strong>").holds("Draw it anew").holds("Send the invitation to 12 homes");
    page.holds("<th scope=\"row\">Millbeck</th><td class=\"ds-table__number\">14</td><td class=\"ds-table__number\">1</td>");
    let file = staff.get(&format!("{at}.csv")).await.expect(200);
    let sheet = csv::read(&file.bytes).unwrap();
    let drawn = |sheet: &csv::Sheet| sheet.rows.iter().filter(|row| row.cell("result") == "Drawn").map(|row| row.cell("reference").to_owned()).collect::<Vec<_>>();
    assert_eq!((sheet.rows.len(), drawn(&sheet).len()), (40, 12));
    assert_eq!(sheet.rows[0].cell("result"), "Left out: do not contact");
    assert_eq!(sheet.rows[1].cell("SHA-256 of seed:reference"), sha256(&format!("spring:{}", sheet.rows[1].cell("reference"))));
    // Another seed draws others, the same seed the same.
    staff.post(&at, &plan("12", "autumn")).await.expect(303);
    let other = csv::read(&staff.get(&format!("{at}.csv")).await.bytes).unwrap();
    assert_ne!(drawn(&other), drawn(&sheet));
    staff.post(&at, &[("step", "discard")]).await.expect(303);
    staff.post(&at, &plan("12", "spring")).await.expect(303);
    assert_eq!(drawn(&csv::read(&staff.get(&format!("{at}.csv")).await.bytes).unwrap()), drawn(&sheet));
    // Asked, it stays as it is; pressing twice writes once.
    staff.post(&at, &[("step", "mail"), ("before", "0")]).await.expect(303);
    staff.post(&at, &[("step", "mail"), ("before", "0")]).await.expect(422).holds("somebody else sent them meanwhile");
    testing::run_jobs(&app).await;
    assert_eq!(tokens(&app).await.len(), 12);
    staff.post(&at, &plan("12", "autumn")).await.expect(422).holds("so it stays as it is");
    staff.post(&at, &[("step", "discard")]).await.expect(422).holds("so it stays as it is");
    staff.get(&at).await.expect(200).holds("It stays as it is").holds("E-mails were sent today").lacks("Draw it anew");
    let mut details = crate::surveys::describe::fill(&asked.survey);
    details.set("access", "open");
    let details: Vec<(&str, &str)> = details.fields().iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    staff.post(&format!("{show}/details"), &details).await.expect(422).holds("The survey has a sample");
    // Of those drawn none is drawn for another survey within the year; the others are.
    let another = staff.post(&format!("{show}/copy"), &[]).await.expect(303).location().to_owned();
    staff.post(&format!("{another}/sample"), &plan("", "spring")).await.expect(303);
    staff.get(&format!("{another}/sample")).await.expect(200).holds("27 homes are drawn");
    // Pasted addresses could be of the same homes.
    let pasted = [("addresses", "pat@home.example")];
    staff.post(&format!("{show}/invite"), &pasted).await.expect(422).holds("This survey has a sample");
});

#[tokio::test]
async fn a_survey_that_anybody_can_answer_has_no_sample_and_few_see_one() {
    let app = testing::app().await;
    homes(&app, 4, None).await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff
        .get(&at(&asked))
        .await
        .expect(200)
        .holds("A sample is for a survey by personal link")
        .lacks("Draw the sample");
    staff.post(&at(&asked), &plan("", "")).await.expect(422).holds("Anybody can answer this survey");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get(&at(&asked)).await.expect(200);
    auditor.post(&format!("{}/texts", at(&asked)), &[]).await.expect(403);
    auditor.get(&format!("{}/homes", at(&asked))).await.expect(403);
    let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
    analyst.get(&at(&asked)).await.expect(403);
}

db_test!(a_home_counts_once_whichever_way_it_answers, db => {
    let app = app_on(db);
    let asked = drawn_by(&app, 3, Some(Way::Email)).await;
    let (mut staff, officer) = Browser::signed_in(&app, Role::Officer).await;
    staff.post(&at(&asked), &[("step", "mail"), ("before", "0")]).await.expect(303);
    testing::run_jobs(&app).await;
    let tokens = tokens(&app).await;
    // Two people of the home open the link; the first to send is counted.
    let (mut one, mut other) = (Browser::new(&app), Browser::new(&app));
    one.get(&format!("/s/{}", tokens[0])).await.expect(200).holds("Start now");
    let (key, seen) = answered(&mut one, &tokens[0]).await;
    let (later_key, later_seen) = answered(&mut other, &tokens[0]).await;
    one.post(&format!("{AT}/check"), &[("key", &key), ("seen", &seen)]).await.expect(303);
    let refused = other.post(&format!("{AT}/check"), &[("key", &later_key), ("seen", &later_seen)]).await;
    refused.expect(422).holds("Each link counts once");
    Browser::new(&app).get(&format!("/s/{}", tokens[0])).await.expect(410);
    assert_eq!(count(&app, &asked).await, 1);
    // Staff cannot enter the same home's answers a second time, and what they typed is still there.
    let mut tx = app.db.read().await.unwrap();
    let both = calls_of(&mut tx, &asked).await;
    drop(tx);
    let enter = format!("/staff/surveys/{}/enter", asked.survey.id);
    assert_eq!(staff.get(&enter).await.expect(303).location(), format!("{}/homes", at(&asked)));
    staff.get(&format!("{}/homes?q=person", at(&asked))).await.expect(200).holds("H-0002").lacks("Answered");
    let key = app.random.token();
    let form = |home: &str, key: &str| {
        let all = [("key", key), ("by", "post"), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026"), ("q1", "1"), ("q3", "Mind the step"), ("home", home)];
        all.map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let sent = form(&both.0.to_string(), &key);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    staff.get(&format!("{enter}?by=post&home={}", both.0)).await.expect(200).holds("Enter answers").holds("The answers of H-");
    let refused = staff.post(&enter, &sent).await.expect(422).holds("Somebody of this home has answered already");
    refused.holds("Mind the step</textarea>");
    // Another home's are taken once, and its link is spent by it.
    let sent = form(&both.1.to_string(), &key);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let kept = staff.post(&enter, &sent).await.expect(303);
    // The next home of the same post needs no more than to be found.
    assert_eq!(kept.location(), format!("{}/homes?by=post&on=2026-11-16", at(&asked)));
    let next = staff.get(&format!("{}&q=person", kept.location())).await.expect(200);
    next.holds("&amp;by=post&amp;on=2026-11-16\"").holds("name=\"~by\" value=\"post\"");
    staff.post(&enter, &sent).await.expect(303);
    assert_eq!(count(&app, &asked).await, 2);
    let without = [("key", key.as_str()), ("by", "post"), ("q1", "1"), ("q3", "As typed")];
    staff.post(&enter, &without).await.expect(422).holds("Find the home first").holds("As typed</textarea>");
    let show = format!("/staff/surveys/{}", asked.survey.id);
    staff.get(&show).await.expect(200).holds("3 homes, 3 of them asked").lacks("Personal links");
    for page in ["batches", "import"] {
        let page = staff.get(&format!("{show}/{page}")).await.expect(200);
        page.holds(&format!("{}/homes\"", at(&asked))).holds("answers are entered home by home").lacks("Make the batch").lacks("Read the file");
    }
    staff.post(&format!("/staff/surveys/{}/batches", asked.survey.id), &[("name", "One"), ("received", "9"), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026")])
        .await.expect(422).holds("Enter its paper forms home by home");
    // Nothing in the log says of which home the answers are.
    let mut tx = app.db.read().await.unwrap();
    let sought = crate::audit::store::Sought { account: Some(officer.id), ..Default::default() };
    let entries = crate::audit::store::list(&mut tx, &sought, 9).await.unwrap();
    let said: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), entry.detail.as_str())).collect();
    assert_eq!(said, [("entered answers", ""), ("sent invitations to the sample", "by e-mail")]);
});

/// A home that has answered and one that has not.
async fn calls_of(tx: &mut crate::db::Tx, asked: &Asked) -> (i64, i64) {
    let mut found = (0, 0);
    for household in crate::residents::list_current(tx).await.unwrap() {
        let home = stored::find_by_household(tx, asked.survey.id, household.id).await.unwrap().unwrap();
        if home.is_spent {
            found.0 = home.id;
        } else {
            found.1 = home.id;
        }
    }
    found
}

db_test!(v25_of_many_sendings_at_once_with_the_links_of_one_home_one_is_kept, db => {
    let app = app_on(db);
    let asked = drawn_by(&app, 1, Some(Way::Email)).await;
    let mut tx = app.db.write().await.unwrap();
    let (_, home) = calls_of(&mut tx, &asked).await;
    let links: Vec<String> = (0..20).map(|_| app.random.token()).collect();
    for link in &links {
        keys::insert(&mut tx, home, &sha256(link)).await.unwrap();
    }
    tx.commit().await.unwrap();
    // Twenty links of the one home, each opened in a browser of its own.
    let mut filled = Vec::new();
    for link in &links {
        let mut browser = Browser::new(&app);
        let form = answered(&mut browser, link).await;
        filled.push((browser.cookies(), form));
    }
    // Ten identical sendings of each: two hundred at once.
    let sendings = (0..200).map(|at| {
        let (cookies, (key, seen)) = filled[at % filled.len()].clone();
        let app = app.clone();
        async move {
            let mut browser = Browser::new(&app);
            browser.set_cookies(cookies);
            browser.post(&format!("{AT}/check"), &[("key", &key), ("seen", &seen)]).await.status.as_u16()
        }
    });
    let statuses = futures::future::join_all(sendings).await;
    // The ten identical ones of the browser that came first all get its receipt.
    let (kept, refused): (Vec<u16>, Vec<u16>) = statuses.into_iter().partition(|status| *status == 303);
    assert!((1..=10).contains(&kept.len()) && refused.iter().all(|status| *status == 422), "{kept:?} {refused:?}");
    assert_eq!(count(&app, &asked).await, 1);
});

#[tokio::test]
async fn a_code_typed_from_a_letter_leads_to_the_survey_and_cannot_be_tried_at_will() {
    let plain = testing::app().await;
    let config = Config { posts_per_minute: 6, ..plain.config.clone() };
    let app = App::new(config, plain.db.clone(), plain.clock.clone(), plain.random.clone(), plain.mailer.clone());
    let asked = drawn_by(&app, 2, Some(Way::Post)).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let page = staff
        .post(&format!("{}/print", at(&asked)), &[])
        .await
        .expect(200)
        .holds("2 letters, each on a sheet")
        .holds("<svg");
    let shown = page.text.split("ds-letter__code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    // A paper form that came back names its home by the code; staff find it by that.
    let homes = format!("{}/homes?q={}", at(&asked), shown.to_lowercase());
    let found = staff.get(&homes).await.expect(200);
    assert_eq!(found.text.matches("Enter its answers").count(), 1, "one home has that code");
    let paper = format!("/staff/surveys/{}/paper", asked.survey.id);
    staff.get(&paper).await.expect(200).holds("Copy the code of your letter here:");
    let mut resident = Browser::new(&app);
    resident.get("/have-your-say").await.expect(200).holds("href=\"/s\"");
    resident.get("/s").await.expect(200).holds("Enter your code");
    resident.post("/s", &[("code", " ")]).await.expect(422).holds("Enter the code of your letter");
    let unknown = code::printed(&code::new(&app.random));
    for wrong in ["ABCDE-FGHJK", unknown.as_str()] {
        resident
            .post("/s", &[("code", wrong)])
            .await
            .expect(422)
            .holds("not the code of a letter of ours")
            .holds(wrong);
    }
    let led = resident.post("/s", &[("code", &shown.to_lowercase().replace('-', " "))]).await.expect(303);
    let led = led.location().to_owned();
    assert_eq!(led, format!("/s/{}", code::token(&code::read(&shown).unwrap())));
    resident.get(&led).await.expect(200).holds("Repairs and you").holds("Start now");
    resident.post("/s", &[("code", "x")]).await.expect(422);
    resident.post("/s", &[("code", "x")]).await.expect(422);
    resident.post("/s", &[("code", "x")]).await.expect(429);
}

#[tokio::test]
async fn texts_and_letters_leave_as_files_and_whoever_asks_for_no_more_gets_none() {
    let app = testing::app().await;
    let asked = drawn(&app, 8).await;
    let (mut staff, officer) = Browser::signed_in(&app, Role::Officer).await;
    let at = at(&asked);
    staff.get(&at).await.expect(200).holds("Download 2 texts (CSV)").holds("Download 2 letters (CSV)");
    let sheet = csv::read(&staff.post(&format!("{at}/texts"), &[]).await.expect(200).bytes).unwrap();
    let mut mobiles: Vec<&str> = sheet.rows.iter().map(|row| row.cell("mobile")).collect();
    mobiles.sort_unstable();
    assert_eq!(mobiles, ["07700900001", "07700900005"]);
    let link = sheet.rows[0].cell("link").rsplit('/').next().unwrap().to_owned();
    assert!(sheet.rows[0].cell("text").ends_with(&link));
    let letters = csv::read(&staff.post(&format!("{at}/letters"), &[]).await.expect(200).bytes).unwrap();
    assert!(letters.rows[0].cell("address").ends_with(" Lantern Row\nMillbeck"));
    assert!(letters.rows[0].cell("link").ends_with(&code::token(&code::read(letters.rows[0].cell("code")).unwrap())));
    let mut resident = Browser::new(&app);
    let stop = format!("/s/{link}/stop");
    resident.get(&stop).await.expect(200).holds("You can still answer with the link you have");
    resident.post(&stop, &[]).await.expect(303);
    resident.get(&format!("/s/{}/stop", "a1".repeat(32))).await.expect(404);
    resident.get(&format!("/s/{link}")).await.expect(200).holds("Start now");
    assert_eq!(csv::read(&staff.post(&format!("{at}/texts"), &[]).await.expect(200).bytes).unwrap().rows.len(), 1);
    // Erasing a home forgets its links and the letters to it.
    staff.post(&at, &[("step", "mail"), ("before", "0")]).await.expect(303);
    testing::run_jobs(&app).await;
    assert_eq!(tokens(&app).await.len(), 2);
    let mut tx = app.db.read().await.unwrap();
    let by_email = crate::residents::list_current(&mut tx)
        .await
        .unwrap()
        .into_iter()
        .find(|home| home.way() == Some(Way::Email))
        .unwrap();
    drop(tx);
    let home = format!("/staff/homes/{}", by_email.id);
    staff.get(&home).await.expect(200).holds("Repairs and you");
    staff.post(&home, &[("step", "erase")]).await.expect(303);
    let left = tokens(&app).await;
    assert_eq!(left.len(), 1);
    app.clock.advance(TimeDelta::days(2));
    let (mut later, _) = Browser::signed_in(&app, Role::Officer).await;
    later.post(&format!("{at}/letters"), &[]).await.expect(422).holds("A closed survey asks nobody");
    let mut tx = app.db.read().await.unwrap();
    let sought = crate::audit::store::Sought { account: Some(officer.id), ..Default::default() };
    let entries = crate::audit::store::list(&mut tx, &sought, 9).await.unwrap();
    let done: Vec<_> = entries.iter().rev().map(|entry| entry.action.as_str()).collect();
    let right = [
        "exported texts to the sample",
        "exported letters to the sample",
        "exported texts to the sample",
        "sent invitations to the sample",
        "erased the details of a home",
    ];
    assert_eq!(done, right);
}

db_test!(an_officer_rings_the_next_home_notes_what_came_of_it_and_enters_answers, db => {
    let app = app_on(db);
    let asked = drawn_by(&app, 3, Some(Way::Telephone)).await;
    let (mut staff, officer) = Browser::signed_in(&app, Role::Officer).await;
    let (mut other, _) = Browser::signed_in(&app, Role::Officer).await;
    let queue = format!("/staff/surveys/{}/calls", asked.survey.id);
    staff.get(&queue).await.expect(200).holds("3 homes can be rung now, 0 later");
    let first = staff.post(&queue, &[]).await.expect(303).location().to_owned();
    assert_eq!(staff.post(&queue, &[]).await.expect(303).location(), first, "they hold it");
    let page = staff.get(&first).await.expect(200).holds("This home is yours until 12:30pm").holds("tel:01632960");
    page.holds("Enter their answers");
    assert_eq!(other.get(&first).await.expect(303).location(), queue);
    let second = other.post(&queue, &[]).await.expect(303).location().to_owned();
    assert_ne!(second, first);
    staff.post(&first, &[("step", "note")]).await.expect(422).holds("Choose what came of the call");
    let call_back = |time: &'static str, day: &'static str| {
        [("step", "note"), ("outcome", "call_back"), ("again-day", day), ("again-month", "11"), ("again-year", "2026"), ("time", time)]
    };
    staff.post(&first, &call_back("soon", "16")).await.expect(422).holds("like 10am or 14:30").holds("value=\"soon\"");
    staff.post(&first, &call_back("11am", "16")).await.expect(422).holds("must lie ahead");
    staff.post(&first, &call_back("11am", "20")).await.expect(422).holds("The survey has closed by then");
    staff.post(&first, &call_back("2pm", "16")).await.expect(303);
    staff.get(&queue).await.expect(200).holds("1 home can be rung now, 2 later").holds("Ring again at a time they named");
    // The third home answers at once.
    let third = staff.post(&queue, &[]).await.expect(303).location().to_owned();
    let home = third.rsplit('/').next().unwrap().to_owned();
    let enter = format!("/staff/surveys/{}/enter", asked.survey.id);
    let page = staff.get(&format!("{enter}?by=telephone&home={home}")).await.expect(200);
    let key = page.hidden("key");
    assert_eq!(page.hidden("home"), home);
    let told = [("key", key.as_str()), ("home", &home), ("by", "telephone"), ("on-day", "16"), ("on-month", "11"), ("on-year", "2026"), ("q1", "1")];
    assert_eq!(staff.post(&enter, &told).await.expect(303).location(), queue);
    assert_eq!(count(&app, &asked).await, 1);
    assert_eq!(staff.get(&third).await.expect(303).location(), queue, "it is done");
    // A refusal ends it; somebody who does not ring gives the home back.
    other.post(&second, &[("step", "release")]).await.expect(303);
    let again = other.post(&queue, &[]).await.expect(303).location().to_owned();
    assert_eq!(again, second);
    other.post(&second, &[("step", "note"), ("outcome", "refused")]).await.expect(303);
    staff.post(&queue, &[]).await.expect(422).holds("Nobody is to be rung just now");
    staff.get(&queue).await.expect(200).holds("They would rather not take part").holds("Response rate 33.3%");
    // Neither the log of calls nor that of changes says which home answered.
    let mut tx = app.db.read().await.unwrap();
    assert!(calls::list(&mut tx, home.parse().unwrap()).await.unwrap().is_empty());
    let sought = crate::audit::store::Sought { account: Some(officer.id), ..Default::default() };
    let entries = crate::audit::store::list(&mut tx, &sought, 9).await.unwrap();
    let said: Vec<_> = entries.iter().map(|entry| (entry.action.as_str(), entry.object.clone(), entry.detail.as_str())).collect();
    let object = format!("survey/{}", asked.survey.id);
    assert_eq!(said, [("entered answers", object.clone(), ""), ("rang homes", object, "")]);
    drop(tx);
    app.clock.advance(TimeDelta::hours(2));
    let (mut later, _) = Browser::signed_in(&app, Role::Officer).await;
    assert_eq!(later.post(&queue, &[]).await.expect(303).location(), first);
    later.get(&first).await.expect(200).holds("Ring again at a time they named");
});
