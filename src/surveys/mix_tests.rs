//! Mixing changes the order of answers and nothing else, on both engines.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};

use super::*;
use crate::db_test;
use crate::on;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::store as responses;
use crate::random::sha256;
use crate::surveys::draft::{self, Ticket};
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::store;
use crate::surveys::submit::{Refused, Submission, submit};
use crate::surveys::survey::{Access, Asked};
use crate::testing::app_on;

/// What is kept of one answer beside its place: codes, channel, day, submission key, digest, open answers.
type Kept = (Vec<u8>, String, NaiveDate, String, String, Vec<(i64, String)>);

/// One answer, each of its own words, under a key made of its number.
async fn answer(app: &App, asked: &Asked, number: u8) -> Result<String, Refused> {
    let mut answers = Answers::default();
    answers.put(1, Answer::Option(number % 2));
    answers.put(2, Answer::Option(number % 5));
    answers.put(3, Answer::Open(format!("Tap number {number}")));
    let key = sha256(&number.to_string());
    let ticket = Ticket::default();
    let now = app.clock.now();
    let submission = Submission { asked, answers: &answers, submission_key: &key, opened_at: now, ticket: &ticket };
    let mut tx = app.db.write().await.unwrap();
    let receipt = submit(&mut tx, &app.random, &submission, now).await?;
    tx.commit().await.unwrap();
    Ok(receipt.reference)
}

/// Everything that is kept of each answer, by its reference; and the references in the order of their numbers.
async fn kept(db: &Db, version: i64) -> (BTreeMap<String, Kept>, Vec<String>) {
    const RESPONSES: &str = "SELECT reference, response_id, number, codes, channel, received_on, submission_key, digest \
        FROM responses WHERE version_id = $1 ORDER BY number";
    const OPEN: &str = "SELECT question_key, value FROM answers WHERE response_id = $1 ORDER BY question_key";
    type Row = (String, i64, i64, Vec<u8>, String, NaiveDate, String, String);
    let mut tx = db.read().await.unwrap();
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(RESPONSES).bind(version).fetch_all(c).await.unwrap());
    let numbers: Vec<i64> = rows.iter().map(|row| row.2).collect();
    assert_eq!(numbers, (1..).take(rows.len()).collect::<Vec<i64>>(), "numbers have no gaps");
    let (mut all, mut order) = (BTreeMap::new(), Vec::new());
    for (reference, id, _, codes, channel, day, key, digest) in rows {
        let open: Vec<(i64, String)> = on!(tx, c => sqlx::query_as(OPEN).bind(id).fetch_all(c).await.unwrap());
        order.push(reference.clone());
        all.insert(reference, (codes, channel, day, key, digest, open));
    }
    (all, order)
}

async fn waiting(app: &App) -> Vec<Unmixed> {
    ledger::list_unmixed(&mut app.db.read().await.unwrap()).await.unwrap()
}

db_test!(mixing_changes_the_order_and_nothing_else_and_a_form_sent_again_gets_its_receipt, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut sent = Vec::new();
    for number in 0..40 {
        sent.push(answer(&app, &asked, number).await.unwrap());
    }
    let (before, order) = kept(&app.db, asked.version.id).await;
    assert_eq!(order, sent, "they lie in the order in which they came");
    assert_eq!(mix_those(&app.db, &app.random, app.clock.now(), |_| true).await.unwrap().len(), 1);
    let (after, mixed) = kept(&app.db, asked.version.id).await;
    assert_eq!(after, before);
    assert_ne!(mixed, order);
    assert!(waiting(&app).await.is_empty());
    // Once more is nothing more.
    assert!(mix_those(&app.db, &app.random, app.clock.now(), |_| true).await.unwrap().is_empty());
    assert!(matches!(answer(&app, &asked, 7).await, Err(Refused::SentBefore)));
    let mut tx = app.db.read().await.unwrap();
    let receipt = responses::find_receipt(&mut tx, asked.version.id, &sha256("7")).await.unwrap().unwrap();
    assert_eq!(receipt.reference, sent[7]);
    let found = responses::find_by_reference(&mut tx, asked.version.id, &sent[7]).await.unwrap().unwrap();
    assert_eq!(found, receipt);
    drop(tx);
    // The next answer takes the next number.
    answer(&app, &asked, 41).await.unwrap();
    let (_, order) = kept(&app.db, asked.version.id).await;
    assert_eq!(order.len(), 41);
});

db_test!(a_mixing_that_does_not_end_leaves_everything_as_it_was, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    for number in 0..12 {
        answer(&app, &asked, number).await.unwrap();
    }
    let before = kept(&app.db, asked.version.id).await;
    let of = waiting(&app).await.remove(0);
    let mut tx = app.db.write().await.unwrap();
    assert!(mix(&mut tx, &app.random, &of, app.clock.now()).await.unwrap());
    drop(tx);
    assert_eq!(kept(&app.db, asked.version.id).await, before);
    assert_eq!(waiting(&app).await, [of]);
    // And it can be done after all.
    assert_eq!(mix_those(&app.db, &app.random, app.clock.now(), |_| true).await.unwrap().len(), 1);
});

db_test!(answers_are_mixed_once_ten_are_new_and_always_when_nobody_can_answer_any_more, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    for number in 0..9 {
        answer(&app, &asked, number).await.unwrap();
    }
    mix_due(app.clone()).await.unwrap();
    assert_eq!(waiting(&app).await[0].fresh(), 9, "nine are too few");
    answer(&app, &asked, 9).await.unwrap();
    mix_due(app.clone()).await.unwrap();
    assert!(waiting(&app).await.is_empty());
    answer(&app, &asked, 10).await.unwrap();
    mix_due(app.clone()).await.unwrap();
    assert_eq!(waiting(&app).await[0].fresh(), 1);
    app.clock.advance(asked.survey.closes_at + GRACE - app.clock.now() - TimeDelta::seconds(1));
    mix_due(app.clone()).await.unwrap();
    assert_eq!(waiting(&app).await.len(), 1, "a form that was opened in time may still come");
    app.clock.advance(TimeDelta::seconds(1));
    mix_due(app.clone()).await.unwrap();
    assert!(waiting(&app).await.is_empty());
});

#[test]
fn a_large_survey_is_written_anew_when_one_answer_in_fifty_is_new() {
    let now = crate::testing::noon();
    let of = |responses, mixed| Unmixed {
        survey_id: crate::thread::id::SurveyId(1),
        version_id: 1,
        title: String::new(),
        closes_at: now + TimeDelta::days(1),
        responses,
        mixed,
    };
    assert!(of(510, 500).is_due(now) && !of(509, 500).is_due(now));
    assert!(of(5_100, 5_000).is_due(now) == (5_100 - 5_000 >= 102) && of(5_102, 5_000).is_due(now));
}

db_test!(a_mixing_takes_the_day_from_spent_links_and_forgets_the_draft_of_what_was_sent, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Personal, &three_questions()).await;
    let id = asked.survey.id;
    let mut tx = app.db.write().await.unwrap();
    let today = clock::london_day(app.clock.now());
    for who in ["ann", "bob", "cy"] {
        store::insert_invitation(&mut tx, id, &format!("{who}@home.example"), &sha256(who), today).await.unwrap();
    }
    for (who, days) in [("ann", 0), ("bob", 1)] {
        assert!(store::spend_invitation(&mut tx, id, &sha256(who), today + TimeDelta::days(days)).await.unwrap());
    }
    // The draft of what was sent from another window, and one that is on its way.
    let tokens = [
        draft::begin(&mut tx, &app.random, &asked, Answers::default(), app.clock.now()).await.unwrap(),
        draft::begin(&mut tx, &app.random, &asked, Answers::default(), app.clock.now()).await.unwrap(),
    ];
    let sent = draft::find(&mut tx, &asked, Some(&tokens[0])).await.unwrap().unwrap();
    let mut answers = Answers::default();
    answers.put(1, Answer::Option(1));
    let ticket = Ticket { invitation: Some("cy".into()), ..Ticket::default() };
    let now = app.clock.now();
    let submission =
        Submission { asked: &asked, answers: &answers, submission_key: &sent.submission_key, opened_at: now, ticket: &ticket };
    submit(&mut tx, &app.random, &submission, now).await.unwrap();
    tx.commit().await.unwrap();
    app.clock.advance(TimeDelta::days(9));
    mix_those(&app.db, &app.random, app.clock.now(), |_| true).await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(store::count_invitations(&mut tx, id).await.unwrap(), (3, 3));
    const DAYS: &str = "SELECT spent_on FROM survey_invitations";
    let days: Vec<Option<NaiveDate>> = on!(tx, c => sqlx::query_scalar(DAYS).fetch_all(c).await.unwrap());
    assert_eq!(days.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([Some(today + TimeDelta::days(9))]));
    assert_eq!(store::find_invitation(&mut tx, &sha256("ann")).await.unwrap(), Some((id, true)));
    assert!(draft::find(&mut tx, &asked, Some(&tokens[0])).await.unwrap().is_none());
    assert!(draft::find(&mut tx, &asked, Some(&tokens[1])).await.unwrap().is_some());
});
