//! Photos from their draft to the answer that names them, and out again down to the file, on both engines.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::sent::{Of, Sent};
use super::take::{Came, MOST_WAITING, take};
use super::{erase, sent, store, sweep};
use crate::app::App;
use crate::db_test;
use crate::files::image::sample;
use crate::files::{self, StoredFile};
use crate::on;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::Kind;
use crate::questionnaires::kinds::photo;
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::random::sha256;
use crate::surveys::draft::{self, Draft, Ticket};
use crate::surveys::mix;
use crate::surveys::pages::tests::open;
use crate::surveys::store::ledger;
use crate::surveys::submit::{Refused, Submission, submit};
use crate::surveys::survey::{Access, Asked};
use crate::surveys::{discard, publish, store as surveys};
use crate::testing::{app_on, run_jobs};
use crate::web::{Form, Upload};

/// Long enough for what runs beside to come to where it waits.
const MEANWHILE: Duration = Duration::from_millis(200);

/// Whether something is so, then a photo of it.
pub fn questions() -> Questionnaire {
    let mut of = Questionnaire::default();
    of.add(Question::new("Is it broken?", Kind::usual("one_choice").unwrap())).unwrap();
    of.add(Question::new("Show us", Kind::usual("photo").unwrap())).unwrap();
    of
}

fn upload() -> Upload {
    Upload { field: "q2".to_owned(), name: "IMG_20261116_1158.jpg".to_owned(), bytes: sample::jpeg_with_exif() }
}

/// Somebody chooses a photo in a browser that remembers nothing yet.
async fn choose(app: &App, asked: &Asked) -> (Ticket, Draft, Form) {
    let (mut ticket, mut form, chosen) = (Ticket::default(), Form::filled(&[("q2-words", "The gate")]), upload());
    let question = asked.version.questionnaire.at(1).unwrap();
    let came = Came { asked, question, uploads: vec![&chosen], ticket: &mut ticket, draft: None };
    let draft = take(app, came, &mut form, app.clock.now()).await.unwrap().unwrap();
    (ticket, draft, form)
}

/// The same who then sends it with these words.
async fn send(app: &App, asked: &Asked, words: &str) -> (String, String) {
    let (ticket, mut draft, _) = choose(app, asked).await;
    let file = file_of(&draft);
    draft.answers.put(1, Answer::Option(0));
    draft.answers.put(2, photo::answer(&file, words));
    let now = app.clock.now();
    let submission = Submission {
        asked,
        answers: &draft.answers,
        submission_key: &draft.submission_key,
        opened_at: now,
        ticket: &ticket,
    };
    let mut tx = app.db.write().await.unwrap();
    let receipt = submit(&mut tx, &app.random, &submission, now).await.unwrap();
    tx.commit().await.unwrap();
    (file, receipt.reference)
}

fn file_of(draft: &Draft) -> String {
    photo::file(draft.answers.get(2).unwrap()).unwrap().to_owned()
}

fn path(app: &App, file: &str) -> PathBuf {
    app.config.data.join("files").join(file)
}

async fn row(app: &App, file: &str) -> Option<StoredFile> {
    files::find(&mut app.db.read().await.unwrap(), file).await.unwrap()
}

fn of(asked: &Asked) -> Of {
    Of::find(asked, 2).unwrap().0
}

async fn gallery(app: &App, asked: &Asked) -> sent::Gallery {
    sent::gallery(&mut app.db.read().await.unwrap(), of(asked)).await.unwrap()
}

db_test!(a_photo_is_kept_without_its_place_its_time_its_name_and_its_sender, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    app.clock.advance(TimeDelta::minutes(17));
    let (ticket, draft, form) = choose(&app, &asked).await;
    let file = file_of(&draft);
    assert_eq!(form.value("q2-photo"), file);
    assert_eq!(sha256(ticket.draft.as_deref().unwrap()), draft.token_hash);
    let bytes = std::fs::read(path(&app, &file)).unwrap();
    assert!(exif::Reader::new().read_from_container(&mut std::io::Cursor::new(&bytes)).is_err());
    assert!(!bytes.windows(4).any(|four| four == b"Exif"));
    let kept = row(&app, &file).await.unwrap();
    let opened = asked.survey.opens_at;
    assert_eq!((kept.name.as_str(), kept.account_id, kept.created_at), ("photo.jpg", None, opened));
    let modified: DateTime<Utc> = std::fs::metadata(path(&app, &file)).unwrap().modified().unwrap().into();
    assert_eq!(modified, opened, "the file does not say when it came");
});

db_test!(only_the_drafts_own_photo_is_handed_over_and_a_draft_without_it_sends_nothing, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    let (_, of_another, _) = choose(&app, &asked).await;
    let (ticket, mut draft, _) = choose(&app, &asked).await;
    draft.answers.put(2, photo::answer(&file_of(&of_another), "Not mine"));
    let now = app.clock.now();
    let key = draft.submission_key.clone();
    let submission =
        Submission { asked: &asked, answers: &draft.answers, submission_key: &key, opened_at: now, ticket: &ticket };
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(submit(&mut tx, &app.random, &submission, now).await, Err(Refused::PhotoGone)));
    drop(tx);
    let nobody = Ticket::default();
    let submission = Submission { ticket: &nobody, ..submission };
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(submit(&mut tx, &app.random, &submission, now).await, Err(Refused::PhotoGone)));
    drop(tx);
    // Both drafts still hold theirs.
    let mut tx = app.db.read().await.unwrap();
    for draft in [&of_another, &draft] {
        assert_eq!(store::list_of_draft(&mut tx, &draft.token_hash).await.unwrap().len(), 1);
    }
});

db_test!(a_draft_that_lapses_or_is_thrown_away_takes_its_photo_along_and_a_sent_one_stays, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    let (sent_file, _) = send(&app, &asked, "The gate").await;
    let (ticket, draft, _) = choose(&app, &asked).await;
    let (_, lapsing, _) = choose(&app, &asked).await;
    let thrown = file_of(&draft);
    let mut tx = app.db.write().await.unwrap();
    let found = draft::find(&mut tx, &asked, ticket.draft.as_deref()).await.unwrap();
    draft::throw_away(&mut tx, found).await.unwrap();
    tx.commit().await.unwrap();
    run_jobs(&app).await;
    assert!(!path(&app, &thrown).exists() && row(&app, &thrown).await.is_none());
    assert!(path(&app, &file_of(&lapsing)).exists(), "it waits for its person");
    app.clock.advance(TimeDelta::days(31));
    run_jobs(&app).await;
    run_jobs(&app).await;
    assert!(!path(&app, &file_of(&lapsing)).exists() && row(&app, &file_of(&lapsing)).await.is_none());
    assert!(path(&app, &sent_file).exists() && row(&app, &sent_file).await.is_some());
    assert!(store::list_orphans(&mut app.db.read().await.unwrap(), 9).await.unwrap().is_empty());
});

db_test!(a_photo_is_replaced_or_taken_away_down_to_its_file, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    let (mut ticket, draft, _) = choose(&app, &asked).await;
    let (first, chosen) = (file_of(&draft), upload());
    let question = asked.version.questionnaire.at(1).unwrap();
    let mut form = Form::filled(&[("q2-words", "Another")]);
    let came = Came { asked: &asked, question, uploads: vec![&chosen], ticket: &mut ticket, draft: Some(draft) };
    let draft = take(&app, came, &mut form, app.clock.now()).await.unwrap().unwrap();
    let second = file_of(&draft);
    assert!(first != second && !path(&app, &first).exists() && path(&app, &second).exists());
    let mut form = Form::filled(&[("q2-away", "yes"), ("q2-words", "Another"), ("q2-photo", &second)]);
    let came = Came { asked: &asked, question, uploads: Vec::new(), ticket: &mut ticket, draft: Some(draft) };
    let draft = take(&app, came, &mut form, app.clock.now()).await.unwrap().unwrap();
    assert_eq!(draft.answers.get(2), None);
    assert_eq!((form.value("q2-photo"), form.value("q2-words")), ("", ""));
    assert!(!path(&app, &second).exists() && row(&app, &second).await.is_none());
});

db_test!(no_more_photos_wait_than_are_allowed_and_the_one_too_many_is_said, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    for _ in 0..MOST_WAITING {
        choose(&app, &asked).await;
    }
    let (mut ticket, mut form, chosen) = (Ticket::default(), Form::default(), upload());
    let question = asked.version.questionnaire.at(1).unwrap();
    let came = Came { asked: &asked, question, uploads: vec![&chosen], ticket: &mut ticket, draft: None };
    assert!(take(&app, came, &mut form, app.clock.now()).await.unwrap().is_none());
    assert!(form.error_of("q2").unwrap().starts_with("We cannot take more photos"), "{form:?}");
    assert_eq!(ticket, Ticket::default());
    assert_eq!(std::fs::read_dir(app.config.data.join("files")).unwrap().count(), usize::try_from(MOST_WAITING).unwrap());
});

db_test!(mixing_keeps_a_photo_with_its_words_and_with_nobody, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    let mut files_sent = Vec::new();
    for number in 0..12 {
        files_sent.push(send(&app, &asked, &format!("Gate number {number}")).await.0);
    }
    let tie = |gallery: sent::Gallery| -> BTreeMap<String, (String, String)> {
        gallery.photos.into_iter().map(|one| (one.file, (one.words, one.word_key))).collect()
    };
    let before = tie(gallery(&app, &asked).await);
    assert_eq!(before[&files_sent[3]].0, "Gate number 3");
    let ids = async || -> Vec<(i64, String)> {
        const IDS: &str = "SELECT response_id, value FROM answers ORDER BY response_id";
        let mut tx = app.db.read().await.unwrap();
        on!(tx, c => sqlx::query_as(IDS).fetch_all(c).await.unwrap())
    };
    let order_before = ids().await;
    assert_eq!(mix::mix_those(&app.db, &app.random, app.clock.now(), |_| true).await.unwrap().len(), 1);
    assert_eq!(tie(gallery(&app, &asked).await), before, "the words stay with their photo");
    assert_ne!(ids().await, order_before, "and with no response");
    for file in &files_sent {
        assert!(path(&app, file).exists());
        assert_eq!(row(&app, file).await.unwrap().created_at, asked.survey.opens_at);
        let mut tx = app.db.read().await.unwrap();
        assert!(sent::find(&mut tx, of(&asked), file).await.unwrap().is_some());
    }
    // Where the rows of the files lie tells no order of arrival.
    const AS_THEY_LIE: &str = "SELECT file_id FROM files";
    let mut tx = app.db.read().await.unwrap();
    let lie: Vec<String> = on!(tx, c => sqlx::query_scalar(AS_THEY_LIE).fetch_all(c).await.unwrap());
    assert_eq!(lie.iter().collect::<BTreeSet<_>>().len(), 12);
    assert_ne!(lie, files_sent);
});

db_test!(a_photo_is_erased_down_to_its_file_and_its_words_and_still_counts, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    let (stays, _) = send(&app, &asked, "The lift").await;
    let (goes, reference) = send(&app, &asked, "My neighbour at the gate").await;
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(erase::of_reference(&mut tx, of(&asked), "NOBODY23").await.unwrap(), None);
    let found: Sent = erase::of_reference(&mut tx, of(&asked), &reference).await.unwrap().unwrap();
    assert_eq!(found.file, goes);
    erase::erase(&mut tx, of(&asked), &found).await.unwrap();
    tx.commit().await.unwrap();
    erase::finish(&app, &found.file).await.unwrap();
    assert!(!path(&app, &goes).exists() && row(&app, &goes).await.is_none());
    let left = gallery(&app, &asked).await;
    assert_eq!((left.people, left.photos.len()), (2, 1));
    assert_eq!(left.photos[0].file, stays);
    let mut tx = app.db.read().await.unwrap();
    assert_eq!(store::count_senders(&mut tx, of(&asked).version_id, 2).await.unwrap(), 2);
    assert_eq!(erase::of_reference(&mut tx, of(&asked), &reference).await.unwrap(), None, "it is gone already");
    let all: Vec<String> = on!(tx, c => sqlx::query_scalar("SELECT value FROM answers").fetch_all(c).await.unwrap());
    assert!(all.iter().all(|value| !value.contains("neighbour") && !value.contains(&goes)), "{all:?}");
});

db_test!(a_draft_survey_that_asks_for_a_photo_can_be_copied_and_thrown_away, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    let mut tx = app.db.write().await.unwrap();
    let id = publish::copy(&mut tx, &app.random, &asked, app.clock.now()).await.unwrap();
    let copy = surveys::find(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(copy.version.questionnaire, asked.version.questionnaire);
    discard::discard(&mut tx, &copy.survey).await.unwrap();
    tx.commit().await.unwrap();
    sweep::forget_orphans(app.clone()).await.unwrap();
});

db_test!(a_photo_that_is_taken_out_while_answers_are_mixed_is_gone_all_the_same, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &questions()).await;
    let (_, reference) = send(&app, &asked, "My neighbour at the gate").await;
    let mut tx = app.db.read().await.unwrap();
    let found = erase::of_reference(&mut tx, of(&asked), &reference).await.unwrap().unwrap();
    let unmixed = ledger::list_unmixed(&mut tx).await.unwrap().remove(0);
    drop(tx);
    let mut mixing = app.db.write().await.unwrap();
    assert!(mix::mix(&mut mixing, &app.random, &unmixed, app.clock.now()).await.unwrap());
    let erasing = async {
        let mut tx = app.db.write().await.unwrap();
        erase::erase(&mut tx, of(&asked), &found).await.unwrap();
        tx.commit().await.unwrap();
    };
    let mixed = async {
        tokio::time::sleep(MEANWHILE).await;
        mixing.commit().await.unwrap();
    };
    tokio::join!(erasing, mixed);
    let left = gallery(&app, &asked).await;
    assert_eq!((left.people, left.photos.len()), (1, 0));
    assert!(row(&app, &found.file).await.is_none());
});
