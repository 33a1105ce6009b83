//! An attacker's words in every box of every form: nothing may fail, and no page may write them as markup.

use std::collections::{BTreeSet, VecDeque};

use super::forms::{forms, links};
use super::{Browser, app, run_jobs};
use crate::people::Role;

/// Words that are markup, an attribute's end, a formula and a template at once.
const WORDS: &str = "=1+1\"><script>alert(1)</script>'{{smtp_password}}<img src=x onerror=alert(1)>";

/// Pages whose buttons would end the walk: signing out, closing the walker's own account.
fn ends_the_walk(path: &str) -> bool {
    ["/sign-out", "/account", "/staff/people/"].iter().any(|start| path.starts_with(start))
}

/// Opens every page that can be reached by links; each must answer, and none may hold the words as markup.
async fn crawl(browser: &mut Browser, from: &[&str]) -> Vec<(String, String)> {
    let mut waiting: VecDeque<String> = from.iter().map(|path| (*path).to_owned()).collect();
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop_front() {
        // Pages that differ by their filters alone are one page here.
        let shape = path.split('?').next().unwrap_or_default().to_owned();
        if !seen.insert(shape) || seen.len() > 600 {
            continue;
        }
        let answer = browser.get(&path).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.text);
        let html =
            answer.headers.get("content-type").is_some_and(|kind| kind.to_str().unwrap().starts_with("text/html"));
        if html {
            assert!(
                !answer.text.contains("<script>alert") && !answer.text.contains("<img src=x"),
                "{path} writes people's words as markup"
            );
            waiting.extend(links(&answer.text));
            pages.push((path, answer.text));
        }
    }
    pages
}

#[tokio::test]
async fn v01_words_that_are_markup_are_only_ever_words() {
    let app = app().await;
    crate::example::load(&app).await.unwrap();
    let mut visitors = [
        (Browser::signed_in(&app, Role::Administrator).await.0, vec!["/", "/staff"]),
        (Browser::new(&app), vec!["/", "/surveys"]),
    ];
    let mut sent = 0;
    for (browser, from) in &mut visitors {
        for (path, html) in crawl(browser, from).await {
            for form in forms(&html, &path).into_iter().filter(|form| form.is_post && !ends_the_walk(&form.action)) {
                let filled = form.fill(WORDS);
                let fields: Vec<(&str, &str)> =
                    filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                let answer = if form.is_multipart {
                    browser.post_files(&form.action, &fields, &[]).await
                } else {
                    browser.post(&form.action, &fields).await
                };
                assert!(answer.status.as_u16() < 500, "{path} → {}: {}", form.action, answer.text);
                assert!(
                    !answer.text.contains("<script>alert") && !answer.text.contains("<img src=x"),
                    "{path} → {}",
                    form.action
                );
                sent += 1;
            }
        }
    }
    run_jobs(&app).await;
    for (browser, from) in &mut visitors {
        crawl(browser, from).await;
    }
    assert!(sent > 20, "only {sent} forms were found");
}

#[tokio::test]
async fn no_link_of_the_example_landlord_is_dead() {
    let app = app().await;
    crate::example::load(&app).await.unwrap();
    for (mut browser, from) in
        [(Browser::new(&app), "/"), (Browser::signed_in(&app, Role::Administrator).await.0, "/staff")]
    {
        for (path, html) in crawl(&mut browser, &[from]).await {
            for link in links(&html) {
                let answer = browser.get(&link).await;
                assert!(answer.status.as_u16() < 400, "{path} leads to {link}: {}", answer.status);
            }
        }
    }
}
