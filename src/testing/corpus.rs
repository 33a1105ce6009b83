//! An attacker's words in every box of every form: nothing may fail, and no page may write them as markup.

use std::collections::{BTreeSet, VecDeque};

use super::browser::Answer;
use super::forms::{FoundForm, forms, links};
use super::{Browser, app, run_jobs};
use crate::people::Role;

/// An attacker's words: markup short enough for a small box; an attribute's end, a formula and a template at once; an address that is a script.
const WORDS: [&str; 3] = [
    "\"><script>alert(1)</script>",
    "=1+1\"><script>alert(1)</script>'{{smtp_password}}<img src=x onerror=alert(1)>",
    "javascript:alert(1)//[x](javascript:alert(1))",
];

/// True when a page writes any of the words as more than words.
fn is_broken_by_words(page: &str) -> bool {
    ["<script>alert", "<img src=x", "href=\"javascript:", "{{smtp_password}}\" "].iter().any(|sign| page.contains(sign))
}

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
            assert!(!is_broken_by_words(&answer.text), "{path} writes people's words as markup");
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
    let (mut sent, mut taken) = (0, 0);
    for (browser, from) in &mut visitors {
        for (path, html) in crawl(browser, from).await {
            for form in forms(&html, &path).into_iter().filter(|form| form.is_post && !ends_the_walk(&form.action)) {
                for words in WORDS {
                    let answer = fill_and_send(browser, &form, words).await;
                    assert!(answer.status.as_u16() < 500, "{path} → {}: {}", form.action, answer.text);
                    assert!(!is_broken_by_words(&answer.text), "{path} → {}", form.action);
                    sent += 1;
                    taken += usize::from(answer.status == 303);
                }
            }
        }
    }
    run_jobs(&app).await;
    let mut shown = 0;
    for (browser, from) in &mut visitors {
        let pages = crawl(browser, from).await;
        shown += pages.iter().filter(|(_, page)| page.contains("&lt;script&gt;alert(1)")).count();
    }
    assert!(sent > 150 && taken > 60 && shown > 30, "{sent} forms sent, {taken} taken, {shown} pages show the words");
}

async fn fill_and_send(browser: &mut Browser, form: &FoundForm, words: &str) -> Answer {
    let filled = form.fill(words);
    let fields: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if form.is_multipart {
        browser.post_files(&form.action, &fields, &[]).await
    } else {
        browser.post(&form.action, &fields).await
    }
}

#[tokio::test]
async fn no_link_of_the_example_landlord_is_dead() {
    let app = app().await;
    crate::example::load(&app).await.unwrap();
    for (mut browser, from) in
        [(Browser::new(&app), "/"), (Browser::signed_in(&app, Role::Administrator).await.0, "/staff")]
    {
        let mut opened = BTreeSet::new();
        for (path, html) in crawl(&mut browser, &[from]).await {
            for link in links(&html).into_iter().filter(|link| opened.insert(link.clone())) {
                let answer = browser.get(&link).await;
                assert!(answer.status.as_u16() < 400, "{path} leads to {link}: {}", answer.status);
            }
        }
    }
}
