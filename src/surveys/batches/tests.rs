//! A batch from its making to its closing, on both engines.

use super::*;
use crate::app::App;
use crate::db_test;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::store::rows;
use crate::surveys::batches::{key, make, settle};
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::publish;
use crate::surveys::results;
use crate::surveys::survey::Access;
use crate::surveys::testing::person;
use crate::testing::app_on;
use crate::thread::id::AccountId;

fn answered(option: u8) -> Answers {
    let mut answers = Answers::default();
    answers.put(1, Answer::Option(option));
    answers.put(3, Answer::Open("A tap".to_owned()));
    answers
}

/// One step in a transaction of its own, as a page takes it.
async fn keyed(app: &App, asked: &Asked, at: (i64, i64, i64), option: u8, by: AccountId) -> Result<(), key::Refused> {
    put(app, asked, at, &answered(option), by).await
}

async fn put(
    app: &App,
    asked: &Asked,
    at: (i64, i64, i64),
    answers: &Answers,
    by: AccountId,
) -> Result<(), key::Refused> {
    let mut tx = app.db.write().await.unwrap();
    let kept = key::key(&mut tx, &app.random, asked, at, answers, by).await.unwrap();
    if kept.is_ok() {
        tx.commit().await.unwrap();
    }
    kept
}

db_test!(a_batch_counts_once_and_only_when_it_was_checked_by_somebody_else, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (kim, lee) = (person(&app, "kim").await, person(&app, "lee").await);
    let (now, today) = (app.clock.now(), app.clock.today());
    let mut tx = app.db.write().await.unwrap();
    let id = make::make(&mut tx, &app.random, &asked, ("Monday", 12, today), now).await.unwrap();
    let again = make::make(&mut tx, &app.random, &asked, ("Monday", 5, today), now).await;
    assert!(matches!(again, Err(make::Refused::NameTaken)));
    tx.commit().await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    let locked = crate::surveys::store::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
    assert!(locked.version.is_locked(), "the questions of keyed answers no longer change");
    for few_or_many in [4, 501] {
        let wrong = make::make(&mut tx, &app.random, &asked, ("Tuesday", few_or_many, today), now).await;
        assert!(matches!(wrong, Err(make::Refused::Size)), "{few_or_many}");
        assert!(matches!(make::recount(&mut tx, &asked, id, few_or_many).await, Err(make::Refused::Size)));
    }
    // One form fewer than was thought.
    make::recount(&mut tx, &asked, id, 11).await.unwrap();
    tx.commit().await.unwrap();
    for number in 1..=11 {
        keyed(&app, &asked, (id, number, 1), 0, kim).await.unwrap();
    }
    // A second press of the button is the same form.
    keyed(&app, &asked, (id, 4, 1), 0, kim).await.unwrap();
    assert_eq!(keyed(&app, &asked, (id, 12, 1), 0, kim).await, Err(key::Refused::NoSuchForm));
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(make::recount(&mut tx, &asked, id, 20).await, Err(make::Refused::Fixed)));
    assert!(matches!(close(&mut tx, &app.random, &asked, id, now).await, Err(Refused::NotReady)));
    let standing = store::find(&mut tx, &asked, id).await.unwrap().unwrap();
    drop(tx);
    let number = standing.batch.to_check()[0];
    let other = if number == 1 { 2 } else { 1 };
    assert_eq!(keyed(&app, &asked, (id, number, 2), 1, kim).await, Err(key::Refused::SamePerson));
    assert_eq!(keyed(&app, &asked, (id, other, 2), 1, lee).await, Err(key::Refused::Keyed));
    let first = keyed(&app, &asked, (id, number, 1), 1, lee).await;
    assert_eq!(first, Err(key::Refused::Keyed), "a first keying is no second one");
    keyed(&app, &asked, (id, number, 2), 1, lee).await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(close(&mut tx, &app.random, &asked, id, now).await, Err(Refused::NotReady)));
    assert!(!settle::settle(&mut tx, &asked, (id, other), 1).await.unwrap(), "keyed once only");
    assert!(settle::settle(&mut tx, &asked, (id, number), 1).await.unwrap());
    assert!(settle::settle(&mut tx, &asked, (id, number), 2).await.unwrap(), "who chose wrongly chooses again");
    tx.commit().await.unwrap();
    let over = asked.survey.last_sending();
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(publish::check_results(&mut tx, &asked, over).await, Err(publish::Refused::BatchOpen)));
    drop(tx);
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(close(&mut tx, &app.random, &asked, id, over).await.unwrap(), 11);
    tx.commit().await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(close(&mut tx, &app.random, &asked, id, over).await, Err(Refused::NotReady)));
    drop(tx);
    assert_eq!(keyed(&app, &asked, (id, 5, 2), 1, lee).await, Err(key::Refused::Closed));
    let mut tx = app.db.write().await.unwrap();
    let gathered = results::gather(&mut tx, &asked).await.unwrap();
    assert_eq!(gathered.people(), 11);
    let stored = rows::list_after(&mut tx, asked.version.id, (0, 99), 99).await.unwrap();
    assert!(stored.iter().all(|one| one.channel == "post" && one.received_on == today));
    // The second keying was chosen, so that one form says no; codes count from eight.
    assert_eq!(stored.iter().filter(|one| one.codes[0] == 9).count(), 1);
    let closed = store::find(&mut tx, &asked, id).await.unwrap().unwrap();
    assert!(closed.forms.is_empty(), "what was keyed by whom is forgotten");
    assert_eq!((closed.batch.compared, closed.batch.differed), (2, 1));
    assert_eq!(closed.stage(&asked.version.questionnaire), Stage::Closed);
    publish::check_results(&mut tx, &asked, over).await.unwrap();
    assert!(crate::surveys::store::publish_results(&mut tx, asked.survey.id, over).await.unwrap());
    let late = make::make(&mut tx, &app.random, &asked, ("Tuesday", 5, today), over).await;
    assert!(matches!(late, Err(make::Refused::NotTaken(_))));
});

db_test!(a_form_on_which_nothing_is_written_does_not_hold_up_its_batch_and_adds_no_answer, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (kim, lee) = (person(&app, "kim").await, person(&app, "lee").await);
    let (now, today) = (app.clock.now(), app.clock.today());
    let mut tx = app.db.write().await.unwrap();
    let id = make::make(&mut tx, &app.random, &asked, ("Monday", 5, today), now).await.unwrap();
    tx.commit().await.unwrap();
    let answers = [answered(0), Answers::default(), answered(1), answered(0), answered(0)];
    for (number, answers) in (1..).zip(&answers) {
        put(&app, &asked, (id, number, 1), answers, kim).await.unwrap();
    }
    let mut tx = app.db.read().await.unwrap();
    let standing = store::find(&mut tx, &asked, id).await.unwrap().unwrap();
    assert_eq!((standing.that_count().len(), standing.blank()), (4, 1));
    let number = standing.batch.to_check()[0];
    drop(tx);
    let same = standing.keyings(number)[0].answers.clone();
    put(&app, &asked, (id, number, 2), &same, lee).await.unwrap();
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(close(&mut tx, &app.random, &asked, id, now).await.unwrap(), 4);
    let gathered = results::gather(&mut tx, &asked).await.unwrap();
    assert_eq!(gathered.people(), 4);
    let closed = store::find(&mut tx, &asked, id).await.unwrap().unwrap();
    assert_eq!(closed.blank(), 1, "known when the forms are gone");
});

db_test!(two_people_who_key_the_same_form_at_once_leave_one_keying, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (kim, lee) = (person(&app, "kim").await, person(&app, "lee").await);
    let mut tx = app.db.write().await.unwrap();
    let on = app.clock.today();
    let id = make::make(&mut tx, &app.random, &asked, ("Monday", 5, on), app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let keys = |answer, who| Box::pin(keyed(&app, &asked, (id, 1, 1), answer, who));
    let both = futures::future::join(keys(0, kim), keys(1, lee)).await;
    assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
    let mut tx = app.db.read().await.unwrap();
    let standing = store::find(&mut tx, &asked, id).await.unwrap().unwrap();
    assert_eq!(standing.forms.len(), 1);
});
