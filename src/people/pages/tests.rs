//! Journeys of people through the real router.

use crate::people::Role;
use crate::testing::{Browser, app};

#[tokio::test]
async fn a_person_is_invited_chooses_a_password_signs_in_and_is_signed_out_when_closed() {
    let app = app().await;
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
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
    kim.get(&format!("/link/{link}")).await.expect(410);
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
    admin.post(&format!("/staff/people/{id}"), &[("step", "close")]).await.expect(303);
    kim.get("/staff").await.expect(303);
    admin.get("/staff/audit").await.expect(200).holds("closed an account");
}

#[tokio::test]
async fn v28_nothing_can_be_done_after_signing_out() {
    let app = app().await;
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    let cookies_before = manager.cookies();
    manager.post("/sign-out", &[]).await.expect(303);
    manager.set_cookies(cookies_before);
    manager.get("/staff").await.expect(303);
    manager.get("/account").await.expect(303);
}
