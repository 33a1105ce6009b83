//! Drawing a sample through the real router, where a tenure is small.

use super::tests::{open, three_questions};
use crate::db_test;
use crate::people::Role;
use crate::residents::Way;
use crate::surveys::sample::testing::homes;
use crate::surveys::survey::Access;
use crate::testing::{Browser, app_on};

db_test!(of_a_small_tenure_every_home_is_drawn_beside_a_share_of_the_others, db => {
    let app = app_on(db);
    let (mut staff, _) = Browser::signed_in(&app, Role::Officer).await;
    let asked = open(&app, Access::Personal, &three_questions()).await;
    homes(&app, 40, Some(Way::Email)).await;
    let mut tx = app.db.write().await.unwrap();
    for mut home in crate::residents::list_current(&mut tx).await.unwrap().into_iter().take(5) {
        home.tenure = "Shared ownership".to_owned();
        crate::residents::store::households::update(&mut tx, &home).await.unwrap();
    }
    tx.commit().await.unwrap();
    let at = format!("/staff/surveys/{}/sample", asked.survey.id);
    staff.get(&at).await.expect(200).holds("Shared ownership: 5 homes").holds("Rented: 35 homes");
    let plan = |wanted, whole| {
        [("step", "draw"), ("strata", "area"), ("months", "12"), ("reminders", "2"), ("calls", "6"), ("wanted", wanted), ("seed", "spring"), ("whole", whole)]
    };
    let wrong = staff.post(&at, &plan("many", "Shared ownership")).await.expect(422);
    wrong.holds("value=\"Shared ownership\" checked");
    staff.post(&at, &plan("7", "Leasehold")).await.expect(422).holds("Choose among its tenures again");
    staff.post(&at, &plan("7", "Shared ownership")).await.expect(303);
    let page = staff.get(&at).await.expect(200).holds("12 homes are drawn");
    page.holds("Of Shared ownership every home that may be asked is drawn").holds("Millbeck, Shared ownership");
});
