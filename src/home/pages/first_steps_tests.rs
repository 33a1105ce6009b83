use crate::content;
use crate::people::Role;
use crate::settings::{self, Landlord};
use crate::testing::{Browser, app};

#[tokio::test]
async fn the_first_administrator_is_led_through_setting_up_until_all_is_done() {
    let app = app().await;
    let (mut admin, account) = Browser::signed_in(&app, Role::Administrator).await;
    let page = admin.get("/staff").await.expect(200).holds("Set up your portal").lacks(">Done<");
    let list = page.text.split("Set up your portal").nth(1).unwrap_or_default();
    let steps =
        ["/staff/settings", "/staff/standards/new", "/staff/plan/import", "/staff/people", "/staff/pages/privacy"];
    let places = steps.map(|href| list.find(&format!("href=\"{href}\"")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {list}");
    let mut tx = app.db.write().await.unwrap();
    let landlord = Landlord { name: "Mill Lane Homes".into(), phone: "01632 960 001".into(), ..Landlord::default() };
    settings::store::save(&mut tx, &landlord, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let page = admin.get("/staff").await.expect(200);
    assert_eq!(page.text.matches(">Done<").count(), 1, "{}", page.text);
    let (mut manager, _) = Browser::signed_in(&app, Role::Manager).await;
    manager.get("/staff").await.expect(200).lacks("Set up your portal");
    let mut tx = app.db.write().await.unwrap();
    let privacy = content::find(&mut tx, "privacy").await.unwrap().unwrap();
    content::store::save(&mut tx, &privacy, Some(account.id), app.clock.now()).await.unwrap();
    crate::performance::store::testing::standard(&app, &mut tx, "Calls answered").await;
    tx.commit().await.unwrap();
    admin.get("/staff").await.expect(200).lacks("Set up your portal");
}
