//! The site's pages through the real router.

use crate::people::Role;
use crate::settings::{self, Landlord};
use crate::testing::{Browser, app};

const EVIL: &str = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))";

#[tokio::test]
async fn every_shipped_page_names_the_landlord_and_how_to_reach_it() {
    let app = app().await;
    let mut tx = app.db.write().await.unwrap();
    let landlord = Landlord {
        name: "Mill Lane Homes".into(),
        phone: "01632 960 555".into(),
        email: "ask@mill.example".into(),
        ..Landlord::default()
    };
    settings::store::save(&mut tx, &landlord, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let mut visitor = Browser::new(&app);
    for slug in ["contact", "privacy", "accessibility", "cookies"] {
        let page =
            visitor.get(&format!("/pages/{slug}")).await.expect(200).holds("Mill Lane Homes").holds("01632 960 555");
        assert_eq!(page.text.matches("<h1").count(), 1, "{slug}");
        assert!(!page.text.contains("{landlord}") && !page.text.contains("{phone}"), "{slug}");
    }
    visitor.get("/pages/nothing").await.expect(404);
    visitor.get("/").await.expect(200).holds("href=\"/pages/privacy\"");
}

#[tokio::test]
async fn an_officer_changes_a_page_and_a_manager_may_only_read_it() {
    let app = app().await;
    let (mut officer, _) = Browser::signed_in(&app, Role::Officer).await;
    officer.get("/staff/pages").await.expect(200).holds("As shipped");
    officer.get("/staff/pages/privacy").await.expect(200).holds("Save and show to everybody");
    let body = format!("## Ours\n\n{EVIL}\n\nKept words.");
    let good = [
        ("step", "save"),
        ("title", "Our <b>privacy</b>"),
        ("body", body.as_str()),
        ("owner-role", "officer"),
        ("review-day", "1"),
        ("review-month", "6"),
        ("review-year", "2027"),
    ];
    let mut bad = good;
    bad[4].1 = "45";
    officer
        .post("/staff/pages/privacy", &bad)
        .await
        .expect(422)
        .holds("<title>Error:")
        .holds("must be a real date")
        .holds("Kept words.")
        .holds("value=\"45\"")
        .lacks("<script>alert");
    bad[4].1 = "1";
    bad[6].1 = "2020";
    officer.post("/staff/pages/privacy", &bad).await.expect(422).holds("must be after today");
    officer.post("/staff/pages/privacy", &good).await.expect(303);
    let mut visitor = Browser::new(&app);
    visitor
        .get("/pages/privacy")
        .await
        .expect(200)
        .holds("Kept words.")
        .lacks("<script>alert")
        .lacks("<img src=x")
        .lacks("href=\"javascript")
        .lacks("<b>privacy");
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    manager.get("/staff/pages/privacy").await.expect(200).lacks("Save and show");
    manager.post("/staff/pages/privacy", &good).await.expect(403);
    officer.post("/staff/pages/privacy", &[("step", "restore")]).await.expect(303);
    visitor.get("/pages/privacy").await.expect(200).lacks("Kept words.");
}
