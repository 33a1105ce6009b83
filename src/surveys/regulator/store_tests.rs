use super::*;
use crate::db_test;
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::regulator::approach::Sampling;
use crate::surveys::regulator::approach::tests::whole;
use crate::surveys::survey::Access;
use crate::surveys::{discard, publish};
use crate::testing::app_on;

db_test!(what_staff_say_of_a_survey_is_kept_changed_and_gone_with_a_draft, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let id = publish::copy(&mut tx, &app.random, &asked, now).await.unwrap();
    assert_eq!(find_stock(&mut tx, id).await.unwrap(), None);
    assert_eq!(find_approach(&mut tx, id).await.unwrap(), None);
    let stock = Stock { lcra_homes: 8_797, lcho_homes: 0, combined: false };
    for stock in [stock, Stock { lcho_homes: 84, combined: true, ..stock }] {
        save_stock(&mut tx, id, &stock).await.unwrap();
        assert_eq!(find_stock(&mut tx, id).await.unwrap(), Some(stock));
    }
    for sampling in Sampling::ALL {
        let approach = Approach { sampling, ..whole() };
        save_approach(&mut tx, id, &approach, now).await.unwrap();
        assert_eq!(find_approach(&mut tx, id).await.unwrap(), Some(approach));
    }
    let copy = crate::surveys::store::find(&mut tx, id).await.unwrap().unwrap();
    discard::discard(&mut tx, &copy.survey).await.unwrap();
    assert_eq!(find_stock(&mut tx, id).await.unwrap(), None);
    assert_eq!(find_approach(&mut tx, id).await.unwrap(), None);
    tx.commit().await.unwrap();
});
