//! What is kept of stored answers is what is stored, whoever adds to it, changes it or reads it at the same time.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::db::Db;
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::count::tests::Naive;
use crate::questionnaires::count::{Counted, Counting};
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::facet::Facet;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::{Channel, NewResponse};
use crate::questionnaires::store::{self, rows};
use crate::questionnaires::version::Version;
use crate::random::Random;
use crate::{db_test, on};

fn of_four() -> Questionnaire {
    let mut of = Questionnaire::default();
    of.add(Question::new("Area", Kind::usual("one_choice").unwrap()).dividing()).unwrap();
    for kind in ["scale", "several_choices", "number"] {
        of.add(Question::new(kind, Kind::usual(kind).unwrap())).unwrap();
    }
    of
}

async fn made(db: &Db) -> Version {
    let mut tx = db.write().await.unwrap();
    let id = store::insert_version(&mut tx, &of_four(), DateTime::<Utc>::default()).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = db.read().await.unwrap();
    store::find_version(&mut tx, id).await.unwrap().unwrap()
}

/// Keeps the answers of person number `at`, which follow from the number alone.
async fn put(tx: &mut crate::db::Tx, version: &Version, at: usize) {
    let byte = |of: usize| u8::try_from(at % of).unwrap();
    let mut answers = Answers::default();
    answers.put(1, Answer::Option(byte(2)));
    if !at.is_multiple_of(7) {
        answers.put(2, Answer::Option(byte(5)));
    }
    answers.put(3, if at.is_multiple_of(3) { Answer::NotApplicable } else { Answer::Several(vec![byte(2)]) });
    if !at.is_multiple_of(4) {
        answers.put(4, Answer::Open((at % 10).to_string()));
    }
    let coded = code_book::encode(&version.questionnaire, &answers);
    let key = format!("{at}");
    let received_on = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + TimeDelta::days(i64::from(byte(5)));
    let response = NewResponse {
        version_id: version.id,
        coded: &coded,
        channel: Channel::ALL[at % 7],
        received_on,
        reference: &format!("{} {at}", version.id),
        submission_key: &key,
        digest: &key,
    };
    assert!(
        store::insert_response(
            tx,
            &Random::seeded(u64::try_from(version.id).unwrap() * 1_000_000 + at as u64),
            &response
        )
        .await
        .unwrap()
    );
}

async fn add(db: &Db, version: &Version, people: std::ops::Range<usize>) {
    let mut tx = db.write().await.unwrap();
    for at in people {
        put(&mut tx, version, at).await;
    }
    tx.commit().await.unwrap();
}

async fn counted(tx: &mut crate::db::Tx, version: &Version) -> Counted {
    Counting::of(version).by_group().by_channel().everything().run(tx).await.unwrap()
}

/// Compares what was counted with the first so many rows of the table.
async fn check(tx: &mut crate::db::Tx, version: &Version, counted: &Counted) {
    let people = i64::try_from(counted.people()).unwrap();
    let stored = rows::list_after(tx, version.id, (0, people), i64::MAX).await.unwrap();
    let open = rows::list_open(tx, version.id, (0, people)).await.unwrap();
    assert_eq!(stored.len(), counted.people());
    let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let naive = Naive { of: &version.questionnaire, stored: &stored, open: &open, days: (day(1970), day(2100)) };
    for whom in [[None, None], [Some(1), None], [None, Some(3)], [Some(0), Some(2)]] {
        let among = naive.among(whom[0], whom[1]);
        for question in version.questionnaire.questions() {
            for facet in question.kind.facets() {
                let found = counted.counts(question, &facet, &whom).unwrap().bare();
                assert_eq!(found, naive.counts(question, &facet, &among), "{} of {whom:?}", question.text);
            }
        }
    }
    let number = version.questionnaire.find(4).unwrap();
    let points: BTreeSet<i32> = counted.points(number, &[None, None]).into_iter().map(|(point, _)| point).collect();
    assert_eq!(points, open.iter().map(|open| open.value.parse().unwrap()).collect::<BTreeSet<i32>>());
}

db_test!(what_is_counted_is_what_is_stored_while_answers_arrive, db => {
    let version = made(&db).await;
    let mut from = 0;
    for people in [0, 1, 62, 1, 1, 3, 200, 64, 0, 17] {
        add(&db, &version, from..from + people).await;
        from += people;
        let mut tx = db.read().await.unwrap();
        let found = counted(&mut tx, &version).await;
        assert_eq!(found.people(), from);
        check(&mut tx, &version, &found).await;
    }
});

db_test!(what_is_amended_is_read_anew, db => {
    let version = made(&db).await;
    add(&db, &version, 0..150).await;
    let how = version.questionnaire.find(2).unwrap();
    let very = |counted: &Counted| counted.counts(how, &Facet::whole(), &[None, None]).unwrap().bare().0[0];
    let before = very(&counted(&mut db.read().await.unwrap(), &version).await);
    let mut tx = db.write().await.unwrap();
    const ERASE: &str = "DELETE FROM answers WHERE response_id IN (SELECT response_id FROM responses WHERE number = 6)";
    const GONE: &str = "DELETE FROM responses WHERE number = 6";
    const MOVE: &str = "UPDATE tallies SET revision = revision + 1";
    for statement in [ERASE, GONE, MOVE] {
        on!(tx, c => sqlx::query(statement).execute(c).await.map(|_| ()).unwrap());
    }
    // The sixth of them said so; whoever changed it counts without it at once, all others after the commit.
    assert_eq!(very(&counted(&mut tx, &version).await), before - 1);
    assert_eq!(very(&counted(&mut db.read().await.unwrap(), &version).await), before);
    tx.commit().await.unwrap();
    let mut tx = db.read().await.unwrap();
    let after = counted(&mut tx, &version).await;
    assert_eq!((very(&after), after.people()), (before - 1, 149));
    drop(tx);
    // A gap in the numbers hides nobody who comes after.
    add(&db, &version, 150..153).await;
    assert_eq!(counted(&mut db.read().await.unwrap(), &version).await.people(), 152);
});

db_test!(answers_that_were_not_kept_after_all_are_counted_for_nobody, db => {
    let version = made(&db).await;
    add(&db, &version, 0..70).await;
    let mut tx = db.write().await.unwrap();
    for at in 70..80 {
        put(&mut tx, &version, at).await;
    }
    assert_eq!(counted(&mut tx, &version).await.people(), 80);
    drop(tx);
    add(&db, &version, 90..97).await;
    let mut tx = db.read().await.unwrap();
    let found = counted(&mut tx, &version).await;
    assert_eq!(found.people(), 77);
    check(&mut tx, &version, &found).await;
});

db_test!(readers_beside_each_other_and_beside_a_writer_count_what_was_stored, db => {
    let version = made(&db).await;
    let writing = async {
        for from in (0..400).step_by(23) {
            add(&db, &version, from..from + 23).await;
        }
    };
    let reading = (0..6).map(|_| async {
        let mut found = Vec::new();
        while found.last().is_none_or(|last: &Counted| last.people() < 23 * 18) {
            found.push(counted(&mut db.read().await.unwrap(), &version).await);
        }
        found
    });
    let (found, ()) = futures::join!(futures::future::join_all(reading), writing);
    let mut tx = db.read().await.unwrap();
    for found in found {
        assert!(found.windows(2).all(|pair| pair[0].people() <= pair[1].people()), "nobody is forgotten");
        for counted in found.iter().rev().step_by(5) {
            assert_eq!(counted.people() % 23, 0, "a commit is seen whole or not at all");
            check(&mut tx, &version, counted).await;
        }
    }
});

db_test!(what_is_too_large_to_be_kept_is_counted_block_by_block, db => {
    let version = made(&db).await;
    add(&db, &version, 0..300).await;
    let whole = counted(&mut db.read().await.unwrap(), &version).await;
    let small = db.clone().with_room(1_000);
    let mut tx = small.read().await.unwrap();
    let found = counted(&mut tx, &version).await;
    assert_eq!((found.people(), found.days()), (300, whole.days()));
    check(&mut tx, &version, &found).await;
});
