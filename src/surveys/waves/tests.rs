//! Which surveys may be joined, and what a series holds.

use super::link::{self, Refused};
use super::{series, store};
use crate::app::App;
use crate::db_test;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::surveys::pages::tests::{of, open, three_questions};
use crate::surveys::publish;
use crate::surveys::store as surveys;
use crate::surveys::survey::{Access, Asked, Survey};
use crate::testing::app_on;
use crate::thread::id::SurveyId;

async fn found(app: &App, id: SurveyId) -> Asked {
    let mut tx = app.db.read().await.unwrap();
    surveys::find(&mut tx, id).await.unwrap().unwrap()
}

db_test!(a_copy_is_the_next_wave_and_a_line_neither_forks_nor_leads_back, db => {
    let app = app_on(db);
    let first = open(&app, Access::Open, &three_questions()).await;
    let now = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    let second = link::copy_on(&mut tx, &app.random, &first, now).await.unwrap();
    assert!(matches!(link::copy_on(&mut tx, &app.random, &first, now).await, Err(Refused::Taken)));
    tx.commit().await.unwrap();
    let second = found(&app, second).await;
    let mut tx = app.db.write().await.unwrap();
    let copied = link::copy_on(&mut tx, &app.random, &second, now).await;
    assert!(matches!(copied, Err(Refused::NotPublished)), "a draft");
    publish::publish(&mut tx, &second, now).await.unwrap();
    assert_eq!(store::find_before(&mut tx, second.survey.id).await.unwrap(), Some(first.survey.id));
    assert_eq!(store::find_after(&mut tx, first.survey.id).await.unwrap(), Some(second.survey.id));
    assert_eq!(series::ids(&mut tx, second.survey.id).await.unwrap(), [second.survey.id, first.survey.id]);
    // The first cannot come after the second, even if its times are moved.
    assert!(matches!(link::join(&mut tx, &first, second.survey.id).await, Err(Refused::NotBefore)));
    let late = Survey { opens_at: second.survey.opens_at + chrono::TimeDelta::days(9), closes_at: second.survey.closes_at + chrono::TimeDelta::days(9), ..first.survey.clone() };
    surveys::update(&mut tx, &late).await.unwrap();
    let late = Asked { survey: late, ..first.clone() };
    assert!(matches!(link::join(&mut tx, &late, second.survey.id).await, Err(Refused::NotBefore)));
    link::part(&mut tx, second.survey.id).await.unwrap();
    assert_eq!(store::find_before(&mut tx, second.survey.id).await.unwrap(), None);
    assert_eq!(series::ids(&mut tx, second.survey.id).await.unwrap(), [second.survey.id]);
});

db_test!(only_surveys_that_have_a_question_in_common_are_joined, db => {
    let app = app_on(db);
    let first = open(&app, Access::Open, &three_questions()).await;
    let mut other = Questionnaire::default();
    other.add(Question::new("Which colour?", of("one_choice"))).unwrap();
    other.add(Question::new("How was the paint?", of("scale"))).unwrap();
    app.clock.advance(chrono::TimeDelta::days(1));
    let other = open(&app, Access::Open, &other).await;
    let same = open(&app, Access::Open, &three_questions()).await;
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(link::join(&mut tx, &other, first.survey.id).await, Err(Refused::NothingInCommon)));
    assert!(matches!(link::join(&mut tx, &other, SurveyId(404)).await, Err(Refused::Gone)));
    let candidates = link::candidates(&mut tx, &same.survey).await.unwrap();
    assert_eq!(candidates.iter().map(|survey| survey.id).collect::<Vec<_>>(), [first.survey.id]);
    link::join(&mut tx, &same, first.survey.id).await.unwrap();
    assert!(link::candidates(&mut tx, &other.survey).await.unwrap().is_empty(), "taken");
    link::join(&mut tx, &same, first.survey.id).await.unwrap();
});
