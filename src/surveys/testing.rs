//! What tests of surveys share: people who answered, and people who work on it.

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::App;
use crate::people::{self, Role};
use crate::questionnaires::answer::{Answer, Answers};
use crate::questionnaires::code_book;
use crate::questionnaires::response::{Channel, NewResponse};
use crate::questionnaires::store as responses;
use crate::surveys::describe::Description;
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked};
use crate::thread::id::AccountId;

/// What a survey says that is open from an hour ago for so long.
pub fn described(access: Access, now: DateTime<Utc>, open_for: TimeDelta) -> Description {
    Description {
        title: "Repairs and you".to_owned(),
        introduction: "Tell us how it went.".to_owned(),
        next_steps: "We read every answer.".to_owned(),
        minutes: 5,
        access,
        one_page: false,
        homes: None,
        opens_at: now - TimeDelta::hours(1),
        closes_at: now + open_for,
    }
}

/// The answers of one person: each with the key of its question.
pub fn said(answers: impl IntoIterator<Item = (u16, Answer)>) -> Answers {
    let mut all = Answers::default();
    for (key, answer) in answers {
        all.put(key, answer);
    }
    all
}

/// Keeps the answers of many people today, each by a channel; the questions are locked by them.
pub async fn keep(app: &App, asked: &Asked, people: impl IntoIterator<Item = (Channel, Answers)>) {
    let mut tx = app.db.write().await.unwrap();
    let asked = store::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
    responses::lock(&mut tx, &asked.version, app.clock.now()).await.unwrap();
    for (channel, answers) in people {
        let coded = code_book::encode(&asked.version.questionnaire, &answers);
        let response = NewResponse {
            version_id: asked.version.id,
            coded: &coded,
            channel,
            received_on: app.clock.today(),
            reference: &app.random.reference(),
            submission_key: &app.random.token(),
            digest: &code_book::digest(&coded),
        };
        assert!(responses::insert_response(&mut tx, &app.random, &response).await.unwrap());
    }
    tx.commit().await.unwrap();
}

/// Keeps the answers of many people who followed an open link.
pub async fn keep_online(app: &App, asked: &Asked, people: impl IntoIterator<Item = Answers>) {
    keep(app, asked, people.into_iter().map(|answers| (Channel::OpenLink, answers))).await;
}

/// The account of a new member of staff.
pub async fn person(app: &App, name: &str) -> AccountId {
    let mut tx = app.db.write().await.unwrap();
    let email = format!("{name}@example.org");
    let id = people::store::insert(&mut tx, &email, name, Role::Officer, None, false, app.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}
