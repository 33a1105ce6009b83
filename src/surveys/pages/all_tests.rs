//! All questions on one page: filled from a draft, counted once, drawn once for everybody.

use super::tests::{AT, count, open, three_questions};
use crate::people::Role;
use crate::settings::{self, Landlord};
use crate::surveys::survey::Access;
use crate::testing::{self, Browser};

#[tokio::test]
async fn all_questions_on_one_page_hold_what_was_answered_page_by_page_and_count_once() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    let at = format!("{AT}/all");
    browser.get(&at).await.expect(200).lacks("your answers so far").lacks(" checked");
    browser.post(AT, &[]).await.expect(303);
    browser.post(&format!("{AT}/q/1"), &[("q1", "1")]).await.expect(303);
    browser.post(&format!("{AT}/q/3"), &[("q3", "Very kind")]).await.expect(303);
    let check = browser.get(&format!("{AT}/check")).await.expect(200);
    let (key, seen) = (check.hidden("key"), check.hidden("seen"));
    let page = browser.get(&at).await.expect(200).holds("your answers so far").holds("Very kind</textarea>");
    assert_eq!(page.text.matches(" checked").count(), 1);
    assert_eq!(page.hidden("key"), key);
    Browser::new(&app).get(&at).await.expect(200).lacks("Very kind").lacks("your answers so far");
    let seal = page.hidden("seal");
    let form = [("key", key.as_str()), ("seal", seal.as_str()), ("q1", "1"), ("q3", "Very kind")];
    let sent = browser.post(&at, &form).await.expect(303).location().to_owned();
    // The other window, still open on the check, sends the same.
    let again = browser.post(&format!("{AT}/check"), &[("key", &key), ("seen", &seen)]).await.expect(303);
    assert_eq!(again.location(), sent);
    assert_eq!(count(&app, &asked).await, 1);
    browser.get(&at).await.expect(200).lacks("Very kind").lacks("your answers so far");
}

#[tokio::test]
async fn r02_a_page_of_all_questions_sent_twice_is_one_answer() {
    let app = testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut browser = Browser::new(&app);
    let page = browser.get(&format!("{AT}/all")).await.expect(200).holds("you answered “Yes” to question 1");
    let (key, seal) = (page.hidden("key"), page.hidden("seal"));
    let form =
        |how: &'static str| vec![("key", key.clone()), ("seal", seal.clone()), ("q1", "0".into()), ("q2", how.into())];
    fn refs<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'a str, &'a str)> {
        form.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
    let wrong = browser.post(&format!("{AT}/all"), &refs(&form("9"))).await.expect(422);
    assert_eq!(wrong.hidden("key"), key);
    let first = browser.post(&format!("{AT}/all"), &refs(&form("0"))).await.expect(303).location().to_owned();
    let again = browser.post(&format!("{AT}/all"), &refs(&form("0"))).await.expect(303).location().to_owned();
    assert_eq!(first, again);
    browser.post(&format!("{AT}/all"), &refs(&form("4"))).await.expect(409).holds("sent before");
    assert_eq!(count(&app, &asked).await, 1);
}

#[tokio::test]
async fn a_page_that_is_drawn_once_carries_each_readers_own_key_and_follows_what_changes() {
    let app = testing::app().await;
    open(&app, Access::Open, &three_questions()).await;
    app.db.refresh_publication().await.unwrap();
    let (at, mut browser) = (format!("{AT}/all"), Browser::new(&app));
    let (first, second) = (browser.get(&at).await.expect(200), browser.get(&at).await.expect(200));
    let keys = [first.hidden("key"), second.hidden("key")];
    assert_ne!(keys[0], keys[1]);
    assert_ne!(first.hidden("seal"), second.hidden("seal"));
    let same = |page: &str, key: &str, seal: &str| page.replace(key, "").replace(seal, "");
    assert_eq!(
        same(&first.text, &keys[0], &first.hidden("seal")),
        same(&second.text, &keys[1], &second.hidden("seal"))
    );
    first.lacks("\u{e000}");
    let (signed_in, _) = Browser::signed_in(&app, Role::Resident).await;
    browser.set_cookies(signed_in.cookies());
    browser.get(&at).await.expect(200).holds("Sign out").lacks("\u{e000}");
    browser.set_cookies(Vec::new());
    let landlord = Landlord { name: "Mill Lane Homes".into(), ..Landlord::default() };
    let mut tx = app.db.write().await.unwrap();
    settings::store::save(&mut tx, &landlord, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    browser.get(&at).await.expect(200).holds("Mill Lane Homes").lacks("Sign out").lacks("\u{e000}");
}
