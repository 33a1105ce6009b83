//! Keeping answers once, on both engines.

use chrono::TimeDelta;

use super::*;
use crate::app::App;
use crate::db::Db;
use crate::db_test;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::store::rows;
use crate::statistics::disclosure::Policy;
use crate::surveys::draft::NotSaved;
use crate::surveys::measure;
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::{draft, results};
use crate::testing::app_on;
use crate::thread::id::StandardId;

fn answered(point: u8) -> Answers {
    let mut answers = Answers::default();
    answers.put(1, Answer::Option(0));
    answers.put(2, Answer::Option(point));
    answers.put(3, Answer::Open("A dripping tap".to_owned()));
    answers
}

/// An open survey whose second question measures a standard.
pub async fn measuring(app: &App, standard: StandardId) -> Asked {
    let mut questions = three_questions();
    let measured = questions.find(2).unwrap().clone().measuring(Some(standard.0));
    questions.replace(2, measured).unwrap();
    open(app, Access::Open, &questions).await
}

/// One more resident answers it.
pub async fn answer(app: &App, asked: &Asked) {
    send(&app.db, &app.random, asked, &app.random.token(), app.clock.now()).await;
}

/// One sending as a page does it: a repeat gets the reference that was kept.
async fn send(db: &Db, random: &Random, asked: &Asked, key: &str, now: DateTime<Utc>) -> String {
    let (answers, ticket) = (answered(1), Ticket::default());
    let submission = Submission { asked, answers: &answers, submission_key: key, opened_at: now, ticket: &ticket };
    let mut tx = db.write().await.unwrap();
    match submit(&mut tx, random, &submission, now).await {
        Ok(receipt) => {
            tx.commit().await.unwrap();
            receipt.reference
        }
        Err(Refused::SentBefore) => {
            drop(tx);
            let mut tx = db.read().await.unwrap();
            responses::find_receipt(&mut tx, asked.version.id, key).await.unwrap().unwrap().reference
        }
        Err(refused) => panic!("{refused:?}"),
    }
}

db_test!(r02_v25_two_hundred_parallel_sendings_of_one_form_are_one_answer_with_one_reference, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let key = app.random.token();
    let now = app.clock.now();
    let sendings = (0..200).map(|_| send(&app.db, &app.random, &asked, &key, now));
    let references = futures::future::join_all(sendings).await;
    assert!(references.iter().all(|reference| *reference == references[0]), "{references:?}");
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(responses::count_responses(&mut tx, asked.version.id).await.unwrap(), 1);
    let gathered = results::gather(&mut tx, &asked).await.unwrap();
    assert_eq!(gathered.people(), 1);
});

db_test!(parallel_answers_are_numbered_without_gaps, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let keys: Vec<String> = (0..20).map(|_| app.random.token()).collect();
    let now = app.clock.now();
    let sendings = keys.iter().map(|key| send(&app.db, &app.random, &asked, key, now));
    futures::future::join_all(sendings).await;
    let mut tx = app.db.read().await.unwrap();
    let stored = rows::list_after(&mut tx, asked.version.id, (0, 99), 99).await.unwrap();
    let numbers: Vec<i64> = stored.iter().map(|stored| stored.number).collect();
    assert_eq!(numbers, (1..=20).collect::<Vec<i64>>());
});

db_test!(a_draft_survives_and_two_windows_do_not_overwrite_each_other, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let id = asked.survey.id;
    let token = draft::begin(&mut tx, &app.random, &asked, Answers::default(), now).await.unwrap();
    let mut one = draft::find(&mut tx, &asked, Some(&token)).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let mut two = one.clone();
    one.answers.put(1, Answer::Option(1));
    two.answers.put(3, Answer::NoAnswer);
    draft::save(&app.db, &asked.version, &one, now).await.unwrap();
    let locked = store::find(&mut app.db.read().await.unwrap(), id).await.unwrap().unwrap().version;
    assert!(locked.is_locked(), "the first answer locks the questions");
    for version in [&asked.version, &locked] {
        assert!(matches!(draft::save(&app.db, version, &two, now).await, Err(NotSaved::Elsewhere)));
    }
    let mut tx = app.db.write().await.unwrap();
    let kept = draft::find(&mut tx, &asked, Some(&token)).await.unwrap().unwrap();
    assert_eq!(kept.answers.get(1), Some(&Answer::Option(1)));
    assert_eq!(draft::find(&mut tx, &asked, Some(&app.random.token())).await.unwrap(), None);
    assert_eq!(draft::find(&mut tx, &asked, None).await.unwrap(), None);
    let later = now + TimeDelta::hours(20);
    assert_eq!(store::count_drafts_before(&mut tx, later - draft::KEPT_FOR).await.unwrap(), 0);
    assert_eq!(store::count_drafts_before(&mut tx, later).await.unwrap(), 1);
    assert_eq!(store::delete_drafts_before(&mut tx, later).await.unwrap(), 1);
});

db_test!(r09_a_closed_survey_refuses_answers_and_keeps_nothing, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (answers, ticket) = (answered(0), Ticket::default());
    let closed = asked.survey.closes_at;
    let mut submission = Submission {
        asked: &asked, answers: &answers, submission_key: "k", opened_at: closed - TimeDelta::seconds(1), ticket: &ticket,
    };
    let late = closed + TimeDelta::minutes(30);
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(submit(&mut tx, &app.random, &submission, late).await, Err(Refused::Closed)));
    submission.opened_at = closed;
    assert!(matches!(submit(&mut tx, &app.random, &submission, closed).await, Err(Refused::Closed)));
    submission.opened_at = closed - TimeDelta::seconds(1);
    submit(&mut tx, &app.random, &submission, late - TimeDelta::seconds(1)).await.unwrap();
});

db_test!(the_first_answer_locks_the_questions_and_a_stale_one_is_refused, db => {
    let app = app_on(db);
    let stale = open(&app, Access::Open, &three_questions()).await;
    let mut tx = app.db.write().await.unwrap();
    let mut fewer = three_questions();
    fewer.remove(3).unwrap();
    assert!(responses::replace_questions(&mut tx, &stale.version, &fewer).await.unwrap());
    assert!(!responses::replace_questions(&mut tx, &stale.version, &fewer).await.unwrap());
    let (answers, ticket) = (answered(0), Ticket::default());
    let now = app.clock.now();
    let submission = Submission { asked: &stale, answers: &answers, submission_key: "k", opened_at: now, ticket: &ticket };
    assert!(matches!(submit(&mut tx, &app.random, &submission, now).await, Err(Refused::Changed)));
    let asked = store::find(&mut tx, stale.survey.id).await.unwrap().unwrap();
    submit(&mut tx, &app.random, &Submission { asked: &asked, ..submission }, now).await.unwrap();
    let locked = store::find_by_slug(&mut tx, &asked.survey.slug).await.unwrap().unwrap();
    assert!(locked.version.is_locked());
    assert!(!responses::replace_questions(&mut tx, &locked.version, &fewer).await.unwrap());
});

db_test!(answers_reach_the_standard_they_measure_and_tell_who_listens, db => {
    let app = app_on(db);
    let mut questions = three_questions();
    let measured = questions.find(2).unwrap().clone().measuring(Some(17));
    questions.replace(2, measured).unwrap();
    let words = questions.find(3).unwrap().clone().measuring(Some(17));
    questions.replace(3, words).unwrap();
    let asked = open(&app, Access::Open, &questions).await;
    for _ in 0..12 {
        send(&app.db, &app.random, &asked, &app.random.token(), app.clock.now()).await;
    }
    let mut tx = app.db.read().await.unwrap();
    let today = app.clock.today();
    let policy = Policy::staff();
    let found = measure::satisfaction_for_standard(&mut tx, StandardId(17), today, today, &policy).await.unwrap().unwrap();
    assert_eq!(found.table.share.map(|share| (share.percent, share.base)), Some((100, 12)));
    assert_eq!(found.last_on, today);
    let words = measure::verbatims_for_standard(&mut tx, StandardId(17), today, today, 5, &policy).await.unwrap();
    assert_eq!(words.len(), 5);
    let strict = policy.at_least(13);
    let words = measure::verbatims_for_standard(&mut tx, StandardId(17), today, today, 5, &strict).await.unwrap();
    assert!(words.is_empty(), "twelve people are fewer than thirteen");
    let tomorrow = today + TimeDelta::days(1);
    let none = measure::satisfaction_for_standard(&mut tx, StandardId(17), tomorrow, tomorrow, &policy).await.unwrap();
    assert!(none.is_none());
    let jobs: Vec<String> = crate::on!(tx, c => sqlx::query_scalar("SELECT kind FROM jobs").fetch_all(c).await.unwrap());
    assert_eq!(jobs, [jobs::COUNTS_CHANGED]);
    drop(tx);
    jobs::announce(app.clone(), asked.version.id.to_string()).await.unwrap();
    let mut tx = app.db.read().await.unwrap();
    let payload: String = crate::on!(tx, c => sqlx::query_scalar("SELECT payload FROM jobs WHERE kind = 'results_changed'").fetch_one(c).await.unwrap());
    assert_eq!(payload, "17");
});

db_test!(what_needs_a_person_is_named, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let mut tx = app.db.write().await.unwrap();
    let needs = crate::surveys::needs_attention(&mut tx, app.clock.now()).await.unwrap();
    assert!(needs[0].sentence.contains("has 0 answers so far"), "{needs:?}");
    assert_eq!(crate::surveys::open_now(&mut tx, app.clock.now()).await.unwrap().len(), 1);
    let over = asked.survey.last_sending();
    let needs = crate::surveys::needs_attention(&mut tx, over).await.unwrap();
    assert!(needs[0].sentence.contains("prepare its results"), "{needs:?}");
    assert!(crate::surveys::open_now(&mut tx, over).await.unwrap().is_empty());
    assert!(store::publish_results(&mut tx, asked.survey.id, over).await.unwrap());
    assert!(crate::surveys::needs_attention(&mut tx, over).await.unwrap().is_empty());
});
