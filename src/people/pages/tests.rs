//! Journeys of people through the real router.

use crate::focus_groups::testing::{opened, sign_up};
use crate::mail;
use crate::people::{Role, invite, set_up, store};
use crate::permissions::Who;
use crate::router::rows;
use crate::testing::{Browser, app, fill_path};

#[tokio::test]
async fn a_person_is_invited_chooses_a_password_signs_in_and_is_signed_out_when_closed() {
    let app = app().await;
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    let nobody = [("name", "Kim Lane"), ("email", "kim@example.org"), ("role", "")];
    admin.post("/staff/people", &nobody).await.expect(422).holds("Choose a role");
    admin
        .post("/staff/people", &[("name", "Kim Lane"), ("email", "kim@example.org"), ("role", "manager")])
        .await
        .expect(303);
    crate::testing::run_jobs(&app).await;
    let letter = std::fs::read_dir(app.mailer.folder().unwrap()).unwrap().next().unwrap().unwrap();
    let text = std::fs::read_to_string(letter.path()).unwrap().replace("=\r\n", "");
    let link =
        text.lines().find(|line| line.contains("/link/")).unwrap().trim().rsplit_once("/link/").unwrap().1.to_owned();
    let mut kim = Browser::new(&app);
    kim.get(&format!("/link/{link}")).await.expect(200).holds("kim@example.org");
    kim.post(&format!("/link/{link}"), &[("new-password", "tiny")])
        .await
        .expect(422)
        .holds("<title>Error: Choose your password");
    kim.post(&format!("/link/{link}"), &[("new-password", "maple lantern otters")]).await.expect(303);
    kim.get(&format!("/link/{link}")).await.expect(410).holds("I have forgotten my password").lacks("administrator");
    kim.post("/sign-in", &[("email", "kim@example.org"), ("password", "wrong")])
        .await
        .expect(422)
        .holds("is not right")
        .holds("kim@example.org")
        .lacks("wrong");
    let answer = kim
        .post(
            "/sign-in",
            &[("email", "kim@example.org"), ("password", "maple lantern otters"), ("next", "//evil.example")],
        )
        .await
        .expect(303);
    assert_eq!(answer.location(), "/staff");
    let set = answer.headers.get("set-cookie").unwrap().to_str().unwrap();
    for part in ["sid=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(part), "{set}");
    }
    kim.get("/staff").await.expect(200).holds("What needs me");
    kim.get("/account").await.expect(200).holds("Service manager");
    kim.get("/staff/people").await.expect(403);
    let people = admin.get("/staff/people").await.expect(200).holds("Kim Lane");
    let links = people
        .text
        .split("/staff/people/")
        .filter(|rest| rest.split("</a>").next().is_some_and(|link| link.contains(">Kim Lane")));
    let id: String = links.last().unwrap().chars().take_while(char::is_ascii_digit).collect();
    let here = format!("/staff/people/{id}");
    admin.post(&here, &[("step", "close")]).await.expect(422).holds("Tick the box").holds("value=\"Kim Lane\"");
    kim.get("/staff").await.expect(200);
    admin.post(&here, &[("step", "close"), ("sure", "yes")]).await.expect(303);
    admin.get(&here).await.expect(200).holds("Kim Lane is signed out everywhere and can no longer sign in");
    kim.get("/staff").await.expect(303);
    admin.get("/staff/audit").await.expect(200).holds("closed an account");
}

#[tokio::test]
async fn an_invitation_that_was_not_used_is_sent_again_and_one_that_was_is_not() {
    let app = app().await;
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    let person = [("name", "Kim Lane"), ("email", "kim@example.org"), ("role", "manager")];
    admin.post("/staff/people", &person).await.expect(303);
    let mut tx = app.db.read().await.unwrap();
    let kim = store::find_by_email(&mut tx, "kim@example.org").await.unwrap().unwrap().0.id;
    drop(tx);
    let here = format!("/staff/people/{kim}");
    admin.get("/staff/people").await.expect(200).holds("Invited").holds("Send the invitation again");
    app.clock.advance(invite::INVITATION_LASTS);
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    admin.get("/staff/people").await.expect(200).holds("Invitation has run out");
    admin.get(&here).await.expect(200).holds("the invitation has run out");
    admin.post(&here, &[("step", "invite")]).await.expect(303);
    admin.get(&here).await.expect(200).holds("on its way to kim@example.org").holds("Not chosen yet");
    admin.get("/staff/audit").await.expect(200).holds("sent an invitation again");
    crate::testing::run_jobs(&app).await;
    let letters = admin.get("/staff/letters").await.expect(200);
    assert_eq!(letters.text.matches("Your invitation").count(), 2);
    letters.holds("Written to a file").lacks(">Sent<");
    let mut tx = app.db.write().await.unwrap();
    store::set_password(&mut tx, kim, "a hash").await.unwrap();
    tx.commit().await.unwrap();
    admin.get(&here).await.expect(200).lacks("Send the invitation again");
    admin.post(&here, &[("step", "invite")]).await.expect(303);
    admin.get(&here).await.expect(200).holds("Nothing was sent");
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    auditor.get("/staff/people").await.expect(200).lacks("Send the invitation again");
}

#[tokio::test]
async fn who_the_shoppers_are_is_kept_from_an_auditor() {
    let app = app().await;
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    let (_, sam) = Browser::signed_in(&app, Role::Shopper).await;
    let (mut auditor, own) = Browser::signed_in(&app, Role::Auditor).await;
    let here = format!("/staff/people/{}", sam.id);
    let letter = mail::Letter {
        to: sam.email.clone(),
        subject: "A mystery shop for you".into(),
        body: String::new(),
        attachment: None,
    };
    let mut tx = app.db.write().await.unwrap();
    mail::post(&mut tx, app.clock.now(), &letter).await.unwrap();
    tx.commit().await.unwrap();
    admin.get("/staff/letters").await.expect(200).holds(&sam.email).lacks("not shown");
    auditor
        .get("/staff/letters")
        .await
        .expect(200)
        .lacks(&sam.email)
        .lacks("A mystery shop")
        .holds("1 letter to a mystery shopper is not shown");
    admin.get("/staff/people").await.expect(200).holds(&sam.email).lacks("not shown");
    admin.get(&here).await.expect(200).holds(&sam.email);
    let people =
        auditor.get("/staff/people").await.expect(200).holds(&own.email).holds("1 mystery shopper is not shown");
    people.lacks(&sam.email).lacks(&here);
    auditor.get(&here).await.expect(404);
}

#[tokio::test]
async fn what_was_typed_before_the_session_ended_is_shown_to_be_copied() {
    let app = app().await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.set_cookies(Vec::new());
    let here = "/staff/focus-groups/new";
    let typed = [("title", "Talk <b>about</b> it"), ("~key", "a-token"), ("new-password", "maple"), ("~step", "save")];
    let answer = officer.post(here, &typed).await.expect(401);
    answer
        .holds("You were signed out")
        .holds("Talk &lt;b&gt;about&lt;/b&gt; it")
        .holds("/sign-in?next=%2Fstaff%2Ffocus-groups%2Fnew")
        .lacks("a-token")
        .lacks("maple");
    let files: [(&str, &str, &[u8]); 1] = [("file", "evidence.pdf", b"words")];
    let answer = officer.post_files("/staff/plan/actions/1/evidence", &[], &files).await.expect(401);
    answer.holds("evidence.pdf").holds("Files are not kept");
    let answer = officer.post("/staff/surveys/1/publish", &[]).await.expect(303);
    assert_eq!(answer.location(), "/sign-in?next=%2Fstaff%2Fsurveys%2F1");
}

#[tokio::test]
async fn v28_nothing_can_be_done_after_signing_out() {
    let app = app().await;
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let cookies_before = manager.cookies();
    manager.post("/sign-out", &[]).await.expect(303);
    for row in rows().unwrap().into_iter().filter(|row| row.who_reads != Who::Anyone || row.who_posts != Who::Anyone) {
        let path = fill_path(row.route.path);
        for (method, who) in [("GET", row.who_reads), ("POST", row.who_posts)] {
            if who == Who::Anyone || who == Who::Nobody {
                continue;
            }
            manager.set_cookies(cookies_before.clone());
            let answer = if method == "GET" { manager.get(&path).await } else { manager.post(&path, &[]).await };
            let to_sign_in = answer.status == 303 && answer.location().starts_with("/sign-in?");
            assert!(to_sign_in, "{method} {path}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn v35_the_portal_is_set_up_once_with_the_printed_token_and_the_page_is_gone_afterwards() {
    let app = app().await;
    let mut newcomer = Browser::new(&app);
    newcomer.get("/set-up").await.expect(404);
    newcomer.get("/set-up?token=guess").await.expect(404);
    let link = set_up::first_link(&app).await.unwrap().unwrap();
    let token = link.rsplit('=').next().unwrap().to_owned();
    let here = format!("/set-up?token={token}");
    newcomer.get(&here).await.expect(200).holds("Set up your portal");
    let weak = [("token", token.as_str()), ("name", "Kim"), ("email", "kim@example.org"), ("new-password", "tiny")];
    newcomer.post("/set-up", &weak).await.expect(422).holds("kim@example.org").holds(&token);
    let guess = [("token", "guess"), weak[1], weak[2], ("new-password", "maple lantern otters")];
    newcomer.post("/set-up", &guess).await.expect(404);
    let right = [weak[0], weak[1], weak[2], ("new-password", "maple lantern otters")];
    newcomer.post("/set-up", &right).await.expect(303);
    newcomer.get(&here).await.expect(404);
    newcomer.post("/set-up", &right).await.expect(404);
    assert!(set_up::first_link(&app).await.unwrap().is_none());
    let sign_in = [("email", "kim@example.org"), ("password", "maple lantern otters")];
    newcomer.post("/sign-in", &sign_in).await.expect(303);
    newcomer.get("/staff/people").await.expect(200);
}

#[tokio::test]
async fn v37_no_answer_tells_whether_an_address_has_an_account() {
    let app = app().await;
    let (_, known) = Browser::signed_in(&app, Role::Manager).await;
    let mut answers = Vec::new();
    for email in [known.email.as_str(), "never-heard-of@example.org"] {
        let mut visitor = Browser::new(&app);
        let wrong = visitor.post("/sign-in", &[("email", email), ("password", "wrong")]).await.expect(422);
        let asked = visitor.post("/forgotten-password", &[("email", email)]).await.expect(303);
        let told = visitor.get(asked.location()).await.expect(200);
        let made = visitor.post("/register", &[("name", "Sam"), ("email", email)]).await.expect(303);
        let said = visitor.get(made.location()).await.expect(200);
        answers.push([wrong, told, said].map(|answer| answer.text.replace(email, "ADDRESS")));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn whoever_asks_for_a_link_is_told_to_check_their_e_mail() {
    let app = app().await;
    let mut visitor = Browser::new(&app);
    for (path, fields) in [
        ("/forgotten-password", vec![("email", "mo@example.org")]),
        ("/register", vec![("name", "Mo"), ("email", "mo@example.org")]),
    ] {
        let sent = visitor.post(path, &fields).await.expect(303);
        let told = visitor.get(sent.location()).await.expect(200);
        told.holds("<h1 class=\"govuk-heading-l\">Check your e-mail</h1>")
            .holds("on its way")
            .lacks("type=\"password\"");
        visitor.get(path).await.expect(200).lacks("Check your e-mail");
    }
}

#[tokio::test]
async fn a_resident_sees_their_places_changes_their_name_and_closes_their_account() {
    let app = app().await;
    let group = opened(&app, 2).await;
    let (mut resident, account) = Browser::signed_in(&app, Role::Resident).await;
    resident
        .get("/account")
        .await
        .expect(200)
        .holds("You have not signed up for a focus group")
        .holds("An unknown device");
    let other = sign_up(&app, group, "Somebody else").await;
    let key = resident.get("/focus-groups/talk/sign-up").await.expect(200).hidden("key");
    let fields = [("key", key.as_str()), ("name", "Rae"), ("email", account.email.as_str())];
    resident.post("/focus-groups/talk/sign-up", &fields).await.expect(303);
    let page = resident.get("/account").await.expect(200).holds("Talk about repairs").holds("You have a place.");
    let place = page.hidden("place");
    let opened = resident.post("/account", &[("step", "place"), ("place", &place)]).await.expect(303);
    resident.get(opened.location()).await.expect(200).holds("You have a place");
    let others = other.place_id.to_string();
    resident.post("/account", &[("step", "place"), ("place", &others)]).await.expect(404);

    resident.post("/account", &[("step", "name"), ("name", " ")]).await.expect(422).holds("Enter your name");
    resident.post("/account", &[("step", "name"), ("name", "Rae O’Hara")]).await.expect(303);
    resident.get("/account").await.expect(200).holds("value=\"Rae O’Hara\"");
    let empty = resident.post("/account", &[("password", ""), ("new-password", "")]).await.expect(422);
    empty.holds("Enter the password you have now").holds("Enter a new password").lacks("12 characters or more");
    resident.post("/account", &[("password", "wrong"), ("new-password", "tiny")]).await.expect(422).holds("Rae O’Hara");
    resident.post("/account", &[("step", "close")]).await.expect(422).holds("Tick the box");
    let cookies = resident.cookies();
    let closed = resident.post("/account", &[("step", "close"), ("sure", "yes")]).await.expect(303);
    assert_eq!(closed.location(), "/");
    resident.set_cookies(cookies);
    resident.get("/account").await.expect(303);
    let (mut auditor, _) = Browser::signed_in(&app, Role::Auditor).await;
    let log = auditor.get("/staff/audit").await.expect(200);
    log.holds("changed a name").holds("opened their place").holds("closed an account");
    let (mut shopper, _) = Browser::signed_in(&app, Role::Shopper).await;
    shopper.get("/account").await.expect(200).lacks("Close your account");
    let refused = shopper.post("/account", &[("step", "close"), ("sure", "yes")]).await.expect(403);
    refused.holds("contact us</a>").lacks("ask an administrator");
    auditor.post("/staff/settings", &[("name", "")]).await.expect(403).holds("ask an administrator");
}
