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

#[tokio::test]
async fn v18_every_role_gets_from_every_route_what_the_table_says() {
    let app = app().await;
    let mut visitors = vec![(None, Browser::new(&app))];
    for role in Role::ALL {
        visitors.push((Some(role), Browser::signed_in(&app, role).await.0));
    }
    for row in crate::router::rows().unwrap() {
        let path = crate::testing::fill_path(row.route.path);
        for (role, browser) in &mut visitors {
            for (method, who) in [("GET", row.who_reads), ("POST", row.who_posts)] {
                if who == crate::permissions::Who::Nobody || row.route.path == "/sign-out" {
                    continue;
                }
                let answer = if method == "GET" { browser.get(&path).await } else { browser.post(&path, &[]).await };
                let status = answer.status.as_u16();
                match who.check(*role) {
                    Ok(()) => assert!(
                        status != 403 && !(status == 303 && answer.location().starts_with("/sign-in?")),
                        "{role:?} {method} {path}: {status}"
                    ),
                    Err(crate::web::PageError::SignIn) => assert!(
                        status == 303 && answer.location().starts_with("/sign-in?"),
                        "{role:?} {method} {path}: {status}"
                    ),
                    Err(_) => assert_eq!(status, 403, "{role:?} {method} {path}"),
                }
                assert!(status < 500, "{role:?} {method} {path}: {}", answer.text);
                assert_eq!(answer.headers.get("x-content-type-options").unwrap(), "nosniff");
                assert!(answer.headers.contains_key("content-security-policy"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn v17_no_route_takes_a_form_from_another_site() {
    let app = app().await;
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    for row in crate::router::rows().unwrap().into_iter().filter(|row| row.route.post.is_some()) {
        let path = crate::testing::fill_path(row.route.path);
        for headers in [[("sec-fetch-site", "cross-site")], [("origin", "https://evil.example")], [("origin", "null")]]
        {
            let answer = admin.send("POST", &path, &headers, axum::body::Body::empty()).await;
            assert_eq!(answer.status, 403, "{path} {headers:?}");
        }
    }
}

#[tokio::test]
async fn a_forged_host_is_refused_and_an_unknown_page_says_so() {
    let app = app().await;
    let mut visitor = Browser::new(&app);
    visitor.get("/nowhere").await.expect(404).holds("Page not found");
    let request = axum::http::Request::get("/").header("host", "evil.example").body(axum::body::Body::empty()).unwrap();
    let answer = visitor.raw(request).await;
    assert_eq!(answer.status, 421);
}
