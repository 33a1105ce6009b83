//! A file of answers is whole and in order however many pages it is read in, or it ends in a fault.

use futures::{StreamExt as _, TryStreamExt as _};

use super::*;
use crate::app::App;
use crate::statistics::disclosure::Policy;
use crate::surveys::in_words::{self, Sought};
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::results;
use crate::surveys::survey::Access;
use crate::surveys::testing::{keep_online, said};
use crate::testing::app_on;
use crate::{db_test, on};

/// Keeps so many answers; every third has had no repair, and each says its number.
async fn answer(app: &App, asked: &Asked, people: u8) {
    let person = |at: u8| {
        let repair = Answer::Option(u8::from(at.is_multiple_of(3)));
        said([(1, repair), (2, Answer::Option(0)), (3, Answer::Open(format!("I am number {at}")))])
    };
    keep_online(app, asked, (1..=people).map(person)).await;
}

async fn ways(app: &App, asked: &Asked) -> Ways {
    let gathered = results::gather(&mut app.db.read().await.unwrap(), asked).await.unwrap();
    Ways::of(&gathered.came_by(&Policy::staff()))
}

async fn tally(app: &App, asked: &Asked) -> Tally {
    rows::find_tally(&mut app.db.read().await.unwrap(), asked.version.id).await.unwrap()
}

db_test!(a_file_of_many_pages_has_every_answer_once_and_in_order, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    answer(&app, &asked, 100).await;
    let then = tally(&app, &asked).await;
    answer(&app, &asked, 3).await;
    let all: Vec<Vec<u8>> = parts(app.db.clone(), asked.clone(), ways(&app, &asked).await, then).try_collect().await.unwrap();
    assert!(all.len() > 3, "in several parts");
    let text = String::from_utf8(all.concat()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Came by,Had a repair?,How was it?,Anything else?");
    for (at, line) in lines.iter().enumerate().skip(1) {
        let repaired = if at % 3 == 0 { "No," } else { "Yes,Very satisfied" };
        assert_eq!(*line, format!("Open link,{repaired},I am number {at}"));
    }
    assert_eq!(lines.len(), 101, "who came after the file was begun is not in it");
});

db_test!(a_file_ends_in_a_fault_when_its_answers_are_put_in_another_order, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    answer(&app, &asked, 60).await;
    let mut file = Box::pin(parts(app.db.clone(), asked.clone(), ways(&app, &asked).await, tally(&app, &asked).await));
    assert!(file.next().await.unwrap().is_ok() && file.next().await.unwrap().is_ok());
    const MOVE: &str = "UPDATE tallies SET revision = revision + 1";
    let mut tx = app.db.write().await.unwrap();
    on!(tx, c => sqlx::query(MOVE).execute(c).await.map(|_| ()).unwrap());
    tx.commit().await.unwrap();
    assert!(matches!(file.next().await, Some(Err(Broken::Changed))));
    assert!(file.next().await.is_none());
});

db_test!(the_newest_words_come_first_and_no_more_of_them_than_are_shown, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    answer(&app, &asked, 40).await;
    let question = asked.version.questionnaire.find(3).unwrap();
    let mut tx = app.db.read().await.unwrap();
    let mut newest = async |group: Option<usize>, most: usize| {
        let sought = Sought { days: results::ever(), group };
        let found = in_words::newest(&mut tx, &asked, question, &sought, most).await.unwrap();
        found.iter().map(|(words, _)| words.rsplit(' ').next().unwrap().parse().unwrap()).collect::<Vec<u8>>()
    };
    assert_eq!(newest(None, 3).await, [40, 39, 38]);
    assert_eq!(newest(None, 99).await.len(), 40);
    assert_eq!(newest(Some(1), 99).await, [39, 36, 33, 30, 27, 24, 21, 18, 15, 12, 9, 6, 3]);
    assert_eq!(newest(Some(2), 99).await, [] as [u8; 0]);
});
