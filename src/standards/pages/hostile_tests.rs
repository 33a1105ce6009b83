//! What people try in boxes, shown back by every page of standards and comments.

use super::tests::one_standard;
use crate::people::Role;
use crate::testing::{Browser, app};

/// The corpus of V01: what people try in boxes.
const CORPUS: [&str; 7] = [
    "<script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "{{7*7}}</title><script>alert(1)</script>",
];

#[track_caller]
fn is_harmless(html: &str) {
    // Quotation marks in attributes are escaped, so that words in them can only be live as a tag or an address.
    for live in ["<script>alert", "<img src=x", "<svg/onload", "href=\"javascript:", "value=\"\"><"] {
        assert!(!html.contains(live), "{live} in {html}");
    }
}

#[tokio::test]
async fn v01_whatever_is_typed_into_a_standard_shows_as_text() {
    let app = app().await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let mut visitor = Browser::new(&app);
    for evil in CORPUS {
        let mut fields = vec![
            ("step", "save"),
            ("area", "1"),
            ("owner-role", "manager"),
            ("unit", "per_cent"),
            ("direction", "higher"),
            ("target", "90"),
            ("sources", "figure"),
            ("legal-floor", "80"),
        ];
        for name in [
            "title",
            "promise",
            "numerator",
            "denominator",
            "exclusions",
            "clock",
            "legal-source",
            "source-note",
            "if-missed",
        ] {
            fields.push((name, evil));
        }
        let mut refused = fields.clone();
        refused[5].1 = evil;
        is_harmless(&officer.post("/staff/standards/new", &refused).await.expect(422).text);
        let here = officer.post("/staff/standards/new", &fields).await.expect(303).location().to_owned();
        is_harmless(&officer.get(&here).await.expect(200).text);
        is_harmless(&officer.get(&format!("{here}/edit")).await.expect(200).text);
        is_harmless(&officer.post(&format!("{here}/waive"), &[("reason", "")]).await.expect(422).text);
        officer.post(&format!("{here}/waive"), &[("reason", evil)]).await.expect(303);
        is_harmless(&officer.get(&format!("{here}/publish")).await.expect(200).text);
        officer
            .post(&format!("{here}/publish"), &[("from-day", "16"), ("from-month", "11"), ("from-year", "2026")])
            .await
            .expect(303);
        is_harmless(&officer.get(&here).await.expect(200).text);
    }
    for path in ["/staff/standards", "/staff/comments"] {
        is_harmless(&officer.get(path).await.expect(200).text);
    }
    let json: serde_json::Value = serde_json::from_str(&visitor.get("/standards.json").await.expect(200).text).unwrap();
    for path in ["/standards", "/standards/print", "/standards/areas/response-repairs"] {
        is_harmless(&visitor.get(path).await.expect(200).text);
    }
    for one in json["standards"].as_array().unwrap() {
        let path = format!("/standards/{}", one["slug"].as_str().unwrap());
        for path in [path.clone(), format!("{path}/comment"), format!("{path}/thanks")] {
            is_harmless(&visitor.get(&path).await.expect(200).text);
        }
    }
}

#[tokio::test]
async fn v01_whatever_is_typed_into_a_comment_shows_as_text() {
    let app = app().await;
    one_standard(&app).await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    let mut visitor = Browser::new(&app);
    let path = "/standards/phone-calls-answered/comment";
    for (at, evil) in CORPUS.into_iter().enumerate() {
        let refused =
            [("key", evil), ("words", evil), ("name", evil), ("email", evil), ("phone", evil), ("may-publish", evil)];
        is_harmless(&visitor.post(path, &refused).await.expect(422).text);
        let phone = format!("01632960{evil}");
        visitor
            .post(path, &[("words", evil), ("name", evil), ("phone", &phone), ("may-publish", "yes")])
            .await
            .expect(303);
        let here = format!("/staff/comments/{}", at + 1);
        is_harmless(&officer.get(&here).await.expect(200).text);
        officer.post(&here, &[("step", "publish"), ("published-words", evil)]).await.expect(303);
        officer.post(&here, &[("step", "answer"), ("answer", evil)]).await.expect(303);
        officer
            .post(&here, &[("step", "pass"), ("to", evil), ("reference", evil), ("consent", evil)])
            .await
            .expect(303);
        is_harmless(&officer.get(&here).await.expect(200).text);
        is_harmless(&visitor.get("/standards/phone-calls-answered").await.expect(200).text);
        officer.post(&here, &[("step", "withhold"), ("reason", evil)]).await.expect(303);
        is_harmless(&officer.get(&here).await.expect(200).text);
    }
    is_harmless(&officer.get("/staff/comments").await.expect(200).text);
}
