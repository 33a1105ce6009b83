//! Tests that walk the whole URL table: permissions, other sites, headers, sizes, faults.

use axum::body::Body;
use axum::http::Request;

use super::{Browser, app, app_on, fill_path};
use crate::app::App;
use crate::config::Config;
use crate::db_test;
use crate::mail;
use crate::people::Role;
use crate::permissions::Who;
use crate::router::rows;
use crate::web::PageError;

#[tokio::test]
async fn v18_every_role_gets_from_every_route_what_the_table_says() {
    let app = app().await;
    let mut visitors = vec![(None, Browser::new(&app))];
    for role in Role::ALL {
        visitors.push((Some(role), Browser::signed_in(&app, role).await.0));
    }
    for row in rows().unwrap() {
        let path = fill_path(row.route.path);
        for (role, browser) in &mut visitors {
            for (method, who) in [("GET", row.who_reads), ("POST", row.who_posts)] {
                // Signing out would end the walk; it has a test of its own.
                if who == Who::Nobody || row.route.path == "/sign-out" {
                    continue;
                }
                let answer = if method == "GET" { browser.get(&path).await } else { browser.post(&path, &[]).await };
                let status = answer.status.as_u16();
                let to_sign_in = status == 303 && answer.location().starts_with("/sign-in?");
                match who.check(*role) {
                    Ok(()) => assert!(status != 403 && !to_sign_in, "{role:?} {method} {path}: {status}"),
                    Err(PageError::SignIn) => assert!(to_sign_in, "{role:?} {method} {path}: {status}"),
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
    for row in rows().unwrap().into_iter().filter(|row| row.route.post.is_some()) {
        let path = fill_path(row.route.path);
        for headers in [[("sec-fetch-site", "cross-site")], [("origin", "https://evil.example")], [("origin", "null")]]
        {
            let answer = admin.send("POST", &path, &headers, Body::empty()).await;
            assert_eq!(answer.status, 403, "{path} {headers:?}");
        }
    }
}

#[tokio::test]
async fn every_form_refuses_more_than_it_takes() {
    let app = app().await;
    let (mut admin, _) = Browser::signed_in(&app, Role::Administrator).await;
    for row in rows().unwrap().into_iter().filter(|row| row.who_posts.check(Some(Role::Administrator)).is_ok()) {
        if row.route.uploads || row.route.path == "/sign-out" {
            continue;
        }
        let path = fill_path(row.route.path);
        let answer = admin
            .send(
                "POST",
                &path,
                &[("content-type", "application/x-www-form-urlencoded")],
                Body::from(vec![b'a'; 1024 * 1024 + 1]),
            )
            .await;
        assert_eq!(answer.status, 413, "{path}");
    }
}

#[tokio::test]
async fn v29_a_forged_host_is_refused_and_an_unknown_page_says_so() {
    let app = app().await;
    let mut visitor = Browser::new(&app);
    visitor.get("/nowhere").await.expect(404).holds("Page not found");
    let request = Request::get("/").header("host", "evil.example").body(Body::empty()).unwrap();
    assert_eq!(visitor.raw(request).await.status, 421);
}

#[tokio::test]
async fn v32_a_forged_address_does_not_lift_the_limit_on_forms() {
    let plain = app().await;
    let config = Config { posts_per_minute: 3, ..plain.config.clone() };
    let app = App::new(config, plain.db.clone(), plain.clock.clone(), plain.random.clone(), plain.mailer.clone());
    let mut visitor = Browser::new(&app);
    let mut statuses = Vec::new();
    for number in 1..=5 {
        let told = format!("203.0.113.{number}");
        let headers = [("x-forwarded-for", told.as_str()), ("content-type", "application/x-www-form-urlencoded")];
        statuses
            .push(visitor.send("POST", "/forgotten-password", &headers, Body::from("email=")).await.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 429, 429]);
}

#[tokio::test]
async fn v29_a_forged_host_never_reaches_a_letter() {
    let app = app().await;
    let (_, kim) = Browser::signed_in(&app, Role::Manager).await;
    let asks = |header: &'static str| {
        let mut request =
            Request::post("/forgotten-password").header("content-type", "application/x-www-form-urlencoded");
        request = request.header(header, "evil.example");
        if header != "host" {
            request = request.header("host", app.config.host());
        }
        request.body(Body::from(format!("email={}", kim.email))).unwrap()
    };
    let mut visitor = Browser::new(&app);
    assert_eq!(visitor.raw(asks("host")).await.status, 421);
    super::run_jobs(&app).await;
    let letters = async || mail::store::list(&mut app.db.read().await.unwrap(), 9).await.unwrap();
    assert!(letters().await.is_empty());
    assert_eq!(visitor.raw(asks("x-forwarded-host")).await.status, 303);
    super::run_jobs(&app).await;
    let letters = letters().await;
    assert_eq!(letters.len(), 1);
    assert!(letters[0].body.contains(&format!("{}/link/", app.config.base_url)), "{}", letters[0].body);
    assert!(!letters[0].body.contains("evil"));
}

#[tokio::test]
async fn what_was_typed_comes_back_when_the_database_is_out_of_reach() {
    let app = app().await;
    let mut visitor = Browser::new(&app);
    visitor.get("/register").await.expect(200);
    app.db.close().await;
    let answer =
        visitor.post("/register", &[("name", "Pat <b>Lane</b>"), ("email", "pat@example.org")]).await.expect(503);
    assert!(answer.headers.contains_key("retry-after"));
    answer.holds("Not saved, please try again").holds("value=\"pat@example.org\"").lacks("<b>Lane").lacks("sqlx");
}

#[tokio::test]
async fn v38_on_https_cookies_carry_every_protection() {
    let plain = app().await;
    let config = Config { base_url: "https://homes.example".into(), ..plain.config.clone() };
    let app = App::new(config, plain.db.clone(), plain.clock.clone(), plain.random.clone(), plain.mailer.clone());
    let mut visitor = Browser::new(&app);
    let answer = visitor.post("/forgotten-password", &[("email", "pat@example.org")]).await.expect(303);
    let set = answer.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned();
    for part in ["__Host-notice=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
        assert!(set.contains(part), "{set}");
    }
    assert!(answer.headers.get("strict-transport-security").unwrap().to_str().unwrap().starts_with("max-age=31536000"));
}

db_test!(an_address_with_a_character_that_no_text_holds_leads_nowhere, db => {
    let app = app_on(db);
    let mut visitor = Browser::new(&app);
    for row in rows().unwrap().into_iter().filter(|row| row.who_reads != Who::Nobody) {
        let path = fill_path(row.route.path);
        let path = if path == row.route.path { format!("{path}?standard=%00") } else { path.replace("/1", "/%00") };
        assert_eq!(visitor.get(&path).await.status.as_u16(), 404, "{path}");
    }
});

#[tokio::test]
async fn a_page_without_an_island_has_no_script() {
    let app = app().await;
    let mut visitor = Browser::new(&app);
    for row in rows().unwrap().into_iter().filter(|row| row.who_reads == Who::Anyone) {
        let answer = visitor.get(&fill_path(row.route.path)).await;
        if !answer.text.contains("<leptos-island") {
            assert!(!answer.text.contains("<script"), "{}", row.route.path);
            let policy = answer.headers.get("content-security-policy").unwrap().to_str().unwrap();
            assert!(policy.contains("script-src 'none'"), "{}", row.route.path);
        }
        assert!(!answer.text.contains(" style=\""), "{}", row.route.path);
    }
}
