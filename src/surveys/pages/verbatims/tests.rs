//! What residents wrote, through the real router: themes, coding, the check, reading, publishing.

use chrono::TimeDelta;

use crate::app::App;
use crate::people::Role;
use crate::questionnaires::answer::Answer;
use crate::surveys::pages::tests::{AT, open, publish_results, three_questions};
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::{keep_online, said};
use crate::testing::browser::Answer as Page;
use crate::testing::{self, Browser};

/// A survey to whose last question so many people wrote something, and the address of the question.
async fn written_to(people: usize) -> (App, Asked, String) {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let words = |at: usize| match at {
        0 => "Mr Plume of 12 High Street was kind".to_owned(),
        1 => "Zebra <b>crossing</b>".to_owned(),
        at => format!("I waited {at} weeks"),
    };
    let all = (0..people).map(|at| said([(1, Answer::Option(1)), (3, Answer::Open(words(at)))]));
    keep_online(&app, &asked, all).await;
    let at = format!("/staff/surveys/{}/words/3", asked.survey.id);
    (app, asked, at)
}

/// Sends the form of the page that a person is on, with what they tick.
async fn send(browser: &mut Browser, path: &str, page: &Page, fields: &[(&str, &str)]) -> Page {
    let (word, revision) = (page.hidden("word"), page.hidden("revision"));
    let mut all = vec![("word", word.as_str()), ("revision", revision.as_str())];
    all.extend_from_slice(fields);
    browser.post(path, &all).await
}

/// Adds themes and gives their keys as forms send them.
async fn themes(browser: &mut Browser, at: &str, names: &[&str]) -> Vec<String> {
    for name in names {
        browser.post(&format!("{at}/themes"), &[("name", name)]).await.expect(303);
    }
    let page = browser.get(&format!("{at}/themes")).await.expect(200);
    let start = format!("{at}/themes/");
    let found = page.text.split(&start).skip(1);
    found.map(|rest| rest.chars().take_while(char::is_ascii_digit).collect()).collect()
}

#[tokio::test]
async fn two_people_code_a_third_look_settles_and_residents_read_the_themes() {
    let (app, asked, at) = written_to(40).await;
    let survey = format!("/staff/surveys/{}", asked.survey.id);
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
    officer.get(&survey).await.expect(200).holds(&format!("{survey}/words"));
    officer.get(&format!("{survey}/results")).await.expect(200).holds("Work on what people wrote");
    officer.get(&format!("{survey}/words")).await.expect(200).holds(&at).holds("40 answers: 0 under themes, 0 read.");
    officer.get(&format!("{at}/code")).await.expect(200).holds("Make the themes first");
    officer
        .post(&format!("{at}/themes"), &[("name", ""), ("description", "Kept")])
        .await
        .expect(422)
        .holds("value=\"Kept\"");
    let themes = themes(&mut officer, &at, &["Waiting", "Staff"]).await;
    officer
        .post(&format!("{at}/themes"), &[("name", "waiting")])
        .await
        .expect(422)
        .holds("There is a theme of this name");
    // The first person.
    let page = officer.get(&format!("{at}/code")).await.expect(200).holds("0 of 40 answers are under themes");
    let path = format!("{at}/code");
    let nothing = send(&mut officer, &path, &page, &[("note", "Ask Ada")]).await.expect(422);
    nothing.holds("Tick at least one theme").holds("value=\"Ask Ada\"");
    send(&mut officer, &path, &page, &[("theme", "none"), ("theme", &themes[0])]).await.expect(422).holds("not both");
    let mut page = page;
    for done in 1..=40 {
        send(&mut officer, &path, &page, &[("theme", &themes[0])]).await.expect(303);
        page = officer.get(&path).await.expect(200);
        if done < 40 {
            page = page.holds(&format!("{done} of 40 answers are under themes"));
        }
    }
    page.holds("No answer waits to be put under themes");
    officer
        .get(&format!("{survey}/results"))
        .await
        .expect(200)
        .holds("What people wrote about: Anything else?")
        .holds("100%");
    // The second person, who is another.
    let check = format!("{at}/check");
    officer.post(&check, &[("share", "5")]).await.expect(422).holds("from 10 to 100");
    officer.post(&check, &[("share", "20")]).await.expect(303);
    officer.get(&format!("{at}/second")).await.expect(200).holds("Somebody else must check them");
    analyst.get(&at).await.expect(200).holds("shown when a second person has coded it too");
    for at_ in 0..30 {
        let page = analyst.get(&format!("{at}/second")).await.expect(200).lacks(" checked>");
        let ticks: &[(&str, &str)] = if at_ < 2 { &[("theme", &themes[1])] } else { &[("theme", &themes[0])] };
        send(&mut analyst, &format!("{at}/second"), &page, ticks).await.expect(303);
    }
    let page = analyst.get(&check).await.expect(200).holds("30 of 30").holds("93%").holds("Seen differently");
    page.holds("Weak").lacks("100%");
    for _ in 0..2 {
        let page = analyst.get(&format!("{at}/settle")).await.expect(200).holds("The first person");
        send(&mut analyst, &format!("{at}/settle"), &page, &[("theme", &themes[0]), ("theme", &themes[1])])
            .await
            .expect(303);
    }
    analyst.get(&check).await.expect(200).holds("2 differences were settled").lacks("Seen differently");
    // An auditor reads all of it and changes nothing.
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get(&check).await.expect(200).holds("93%").lacks("Draw the answers");
    auditor.get(&at).await.expect(200).holds("Themes: Waiting").lacks("Change its themes");
    auditor.get(&path).await.expect(403);
    auditor.post(&path, &[]).await.expect(403);
    auditor
        .get("/staff/audit")
        .await
        .expect(200)
        .holds("settled an answer")
        .holds("checked an answer")
        .lacks("Waiting weeks");
    // Residents read how many wrote about what.
    app.clock.advance(TimeDelta::days(2));
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let (mut analyst, _) = Browser::signed_in(&app, Role::Analyst).await;
    officer.get(&format!("{at}/publish")).await.expect(200).holds("Publish the results of the survey first");
    publish_results(&app, &asked).await;
    let results = format!("{AT}/results");
    Browser::new(&app).get(&results).await.expect(200).lacks("What people wrote about");
    analyst.get(&format!("{at}/publish")).await.expect(403);
    officer.post(&format!("{at}/publish"), &[("most", "some")]).await.expect(422).holds("value=\"some\"");
    officer.post(&format!("{at}/publish"), &[("most", "5")]).await.expect(303);
    let page = Browser::new(&app).get(&results).await.expect(200).holds("What people wrote about: Anything else?");
    // The two under both themes are too few to be told.
    page.holds("Of about 40 people").holds("Hidden").lacks("In people’s own words").lacks("I waited");
    officer.post(&format!("{at}/themes"), &[("name", "Late")]).await.expect(422).holds("The themes are published");
}

#[tokio::test]
async fn an_answer_is_shown_without_what_would_give_somebody_away() {
    let (app, asked, at) = written_to(12).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Analyst).await;
    let found = staff.get(&format!("{at}?q=plume")).await.expect(200).holds("1 answer found");
    let key = found.text.split("review?word=").nth(1).unwrap().chars().take(32).collect::<String>();
    let (path, one) = (format!("{at}/review"), format!("{at}/review?word={key}"));
    let page = staff.get(&one).await.expect(200).holds("“Mr Plume” – name").holds("“12 High Street” – address");
    let parts: Vec<String> = page
        .text
        .split("name=\"part\" type=\"checkbox\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(parts, ["0:8:name", "12:14:address"]);
    let ticked: Vec<(&str, &str)> = parts.iter().map(|part| ("part", part.as_str())).collect();
    let wrong = [ticked.clone(), vec![("words", "plum"), ("kind", "name"), ("~step", "show")]].concat();
    let refused =
        send(&mut staff, &path, &page, &wrong).await.expect(422).holds("These words do not stand in the answer");
    refused.holds("value=\"plum\"").holds(" checked");
    let look = [vec![ticked[1]], vec![("words", "MR plume"), ("kind", "staff"), ("~step", "look")]].concat();
    let looked = send(&mut staff, &path, &page, &look).await.expect(303);
    assert_eq!(looked.location(), one);
    let page = staff.get(&one).await.expect(200).holds("[removed: member of staff] of [removed: address] was kind");
    send(&mut staff, &path, &page, &[("part", "0:8:staff"), ("part", &parts[1]), ("~step", "show")]).await.expect(303);
    // Whoever has the page from before does not undo it.
    send(&mut staff, &path, &page, &[("~step", "show")])
        .await
        .expect(422)
        .holds("Somebody else has looked at this answer");
    staff
        .get(&format!("{at}?state=show"))
        .await
        .expect(200)
        .holds("1 answer found")
        .holds("As it would be shown: [removed");
    let next = staff.get(&path).await.expect(200).lacks("Mr Plume");
    send(&mut staff, &path, &next, &[("~step", "withhold")]).await.expect(303);
    staff.get(&at).await.expect(200).holds("2 read.");
    // Published, the page holds neither the name nor what was not let through.
    app.clock.advance(TimeDelta::days(2));
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    publish_results(&app, &asked).await;
    officer.post(&format!("{at}/publish"), &[("most", "10")]).await.expect(303);
    let results = format!("{AT}/results");
    let page = Browser::new(&app).get(&results).await.expect(200).holds("In people’s own words");
    page.holds("[removed: member of staff] of [removed: address] was kind")
        .lacks("Plume")
        .lacks("I waited")
        .lacks("Zebra");
    // A name that was missed goes at once.
    let (mut staff, _) = Browser::signed_in(&app, Role::Analyst).await;
    let page = staff.get(&one).await.expect(200);
    send(&mut staff, &path, &page, &[("~step", "withhold")]).await.expect(303);
    Browser::new(&app).get(&results).await.expect(200).lacks("was kind");
}

#[tokio::test]
async fn answers_are_looked_for_by_what_is_offered_and_by_nothing_else() {
    let (app, _, at) = written_to(50).await;
    let (mut board, _) = Browser::signed_in(&app, Role::Board).await;
    board.get(&at).await.expect(200).holds("50 answers found").holds("Next page").lacks("Decide whether");
    board.get(&format!("{at}?page=2&q=")).await.expect(200).holds("Page before").lacks("Next page");
    let page = board.get(&format!("{at}?q=ZEBRA")).await.expect(200).holds("1 answer found");
    page.holds("Zebra &lt;b&gt;crossing").lacks("<b>crossing").holds("value=\"ZEBRA\"");
    board.get(&format!("{at}?q=none-of-these&state=uncoded")).await.expect(200).holds("No answers like that");
    for unknown in ["channel=post", "area=1", "state=secret", "theme=99", "page=x"] {
        board.get(&format!("{at}?{unknown}")).await.expect(400);
    }
    for path in ["code", "review", "themes/1", "settle", "publish"] {
        board.get(&format!("{at}/{path}")).await.expect(403);
    }
    // A question without words has no such page.
    board.get(&at.replace("words/3", "words/2")).await.expect(404);
}

#[tokio::test]
async fn too_few_people_have_no_words_to_work_on() {
    let (app, asked, at) = written_to(3).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    staff.get(&at).await.expect(200).holds("Too few people answered").lacks("I waited").lacks("Plume");
    staff.get(&format!("/staff/surveys/{}/words", asked.survey.id)).await.expect(200).holds("Too few people");
    for path in ["code", "review", "check", "second"] {
        staff.get(&format!("{at}/{path}")).await.expect(200).lacks("I waited").lacks("Plume");
    }
    staff.post(&format!("{at}/review"), &[("word", "x"), ("~step", "show")]).await.expect(404);
}

#[tokio::test]
async fn a_theme_is_worded_moved_merged_and_joined_to_what_is_done() {
    let (app, asked, at) = written_to(12).await;
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let keys = themes(&mut staff, &at, &["Waiting", "Late", "Kind"]).await;
    let one = format!("{at}/themes/{}", keys[2]);
    staff.get(&one).await.expect(200).holds("value=\"Kind\"").holds("Merge it into");
    staff
        .post(&one, &[("~step", "words"), ("name", "late"), ("description", "Kept")])
        .await
        .expect(422)
        .holds("value=\"Kept\"");
    staff.post(&one, &[("~step", "words"), ("name", "Kindness"), ("description", "")]).await.expect(303);
    staff.post(&one, &[("~step", "up")]).await.expect(303);
    let page = staff.get(&format!("{at}/themes")).await.expect(200);
    let place = |name: &str| page.text.find(&format!("<strong>{name}<")).unwrap();
    assert!(place("Kindness") < place("Late") && place("Waiting") < place("Kindness"));
    let late = format!("{at}/themes/{}", keys[1]);
    staff.post(&late, &[("~step", "merge"), ("into", "")]).await.expect(422).holds("Choose the theme to merge it into");
    staff.post(&late, &[("~step", "merge"), ("into", &keys[0])]).await.expect(303);
    staff.get(&late).await.expect(404);
    staff.get(&format!("{at}/themes")).await.expect(200).holds("“Late” was merged into “Waiting”");
    staff
        .post(&one, &[("~step", "join"), ("action", "99"), ("finding", "")])
        .await
        .expect(422)
        .holds("Choose one from the list");
    staff.post(&one, &[("~step", "join"), ("action", ""), ("finding", "")]).await.expect(303);
    // Another survey may begin with them.
    let other = open(&app, Access::Open, &three_questions()).await;
    let there = format!("/staff/surveys/{}/words/3/themes", other.survey.id);
    staff.post(&there, &[("name", "Early")]).await.expect(422).holds("as soon as the first answer has come");
    keep_online(&app, &other, [said([(1, Answer::Option(0))])]).await;
    let from = format!("{}-3", asked.version.id);
    staff.get(&there).await.expect(200).holds(&format!("value=\"{from}\""));
    staff.post(&there, &[("~step", "copy"), ("from", "")]).await.expect(422).holds("Choose whose themes to copy");
    staff.post(&there, &[("~step", "copy"), ("from", &from)]).await.expect(303);
    staff.get(&there).await.expect(200).holds("<strong>Waiting<").holds("<strong>Kindness<").lacks("<strong>Late<");
}
