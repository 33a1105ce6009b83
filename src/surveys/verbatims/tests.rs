//! The work on people's words from the first look to the public, on both engines.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::code::{self, Found};
use super::frame::{self, Worded};
use super::mark::{Kind, Mark};
use super::open_question::OpenQuestion;
use super::standing::{Decision, Standing, Turn};
use super::{publish, review, sample, store, written};
use crate::app::App;
use crate::db_test;
use crate::questionnaires::answer::Answer;
use crate::statistics::disclosure::Policy;
use crate::statistics::table::Cell;
use crate::surveys::pages::tests::{open, three_questions};
use crate::surveys::store as surveys;
use crate::surveys::survey::{Access, Asked};
use crate::surveys::testing::{keep_online, person, said};
use crate::testing::app_on;
use crate::thread::id::{AccountId, ThemeId};

/// A survey to which so many people wrote something, and the question they wrote to.
async fn written_to(app: &App, people: usize) -> (Asked, OpenQuestion) {
    let asked = open(app, Access::Open, &three_questions()).await;
    let words = |at: usize| said([(1, Answer::Option(1)), (3, Answer::Open(format!("Words number {at}")))]);
    keep_online(app, &asked, (0..people).map(words)).await;
    let of = OpenQuestion::find(&asked, 3).unwrap().0;
    (asked, of)
}

async fn loaded(app: &App, of: OpenQuestion) -> Standing {
    store::load(&mut app.db.read().await.unwrap(), of).await.unwrap()
}

async fn theme(app: &App, of: OpenQuestion, name: &str) -> ThemeId {
    let mut tx = app.db.write().await.unwrap();
    let id = frame::add(&mut tx, of, Worded { name, description: "" }).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// One look in a transaction of its own.
async fn look(
    app: &App,
    of: OpenQuestion,
    (word, turn): (&str, Turn),
    themes: &[ThemeId],
    by: AccountId,
    revision: i64,
) -> Result<(), code::Refused> {
    let themes: BTreeSet<ThemeId> = themes.iter().copied().collect();
    let mut tx = app.db.write().await.unwrap();
    let found = Found { word, turn, themes: &themes, note: "", revision, by };
    code::code(&mut tx, of, &found).await?;
    tx.commit().await.unwrap();
    Ok(())
}

db_test!(what_was_put_under_a_theme_follows_it_into_another, db => {
    let app = app_on(db);
    let (_, of) = written_to(&app, 30).await;
    let kim = person(&app, "kim").await;
    let (slow, late, kind) = (theme(&app, of, "Slow").await, theme(&app, of, "Late").await, theme(&app, of, "Kind").await);
    let standing = loaded(&app, of).await;
    assert_eq!(standing.words.len(), 30);
    let keys: BTreeSet<&str> = standing.words.iter().map(|word| word.word_key.as_str()).collect();
    assert_eq!((keys.len(), keys.iter().map(|key| key.len()).min()), (30, Some(32)));
    for (at, word) in standing.words.iter().enumerate() {
        let themes: &[ThemeId] = match at % 3 { 0 => &[slow, late], 1 => &[late], _ => &[] };
        look(&app, of, (&word.word_key, Turn::First), themes, kim, 0).await.unwrap();
    }
    let mut tx = app.db.write().await.unwrap();
    assert!(matches!(frame::add(&mut tx, of, Worded { name: "LATE", description: "" }).await, Err(frame::Refused::NameTaken)));
    frame::merge(&mut tx, of, late, slow).await.unwrap();
    assert!(matches!(frame::merge(&mut tx, of, slow, late).await, Err(frame::Refused::NoSuchTheme)));
    frame::reword(&mut tx, of, slow, Worded { name: "Waiting", description: "Any wait" }).await.unwrap();
    frame::shift(&mut tx, of, kind, true).await.unwrap();
    tx.commit().await.unwrap();
    let standing = loaded(&app, of).await;
    assert_eq!(standing.live().map(|theme| theme.name.as_str()).collect::<Vec<_>>(), ["Kind", "Waiting"]);
    // Both themes of one answer became one, and count once.
    let table = written::themes(&standing, &Policy::staff()).unwrap();
    let rows: Vec<(&str, Cell)> = table.rows.iter().map(|row| (row.label.as_str(), row.cell)).collect();
    let shown = |count, percent| Cell::Shown { count, percent };
    assert_eq!(rows, [("Kind", shown(0, 0)), ("Waiting", shown(20, 67)), (written::NONE, shown(10, 33))]);
    assert_eq!((table.base(), table.outside), (Some(30), Some(0)));
    // A theme merged on is found where it ends.
    let mut tx = app.db.write().await.unwrap();
    frame::merge(&mut tx, of, slow, kind).await.unwrap();
    tx.commit().await.unwrap();
    let first = loaded(&app, of).await;
    let word = &first.words[0].word_key;
    assert_eq!(first.names(&first.counting(word).unwrap().themes), ["Kind"]);
});

db_test!(a_second_person_looks_without_seeing_and_a_third_look_settles, db => {
    let app = app_on(db);
    let (_, of) = written_to(&app, 40).await;
    let (kim, lee, ada) = (person(&app, "kim").await, person(&app, "lee").await, person(&app, "ada").await);
    let (slow, kind) = (theme(&app, of, "Slow").await, theme(&app, of, "Kind").await);
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(sample::draw(&mut tx, &app.random, of, 20).await.unwrap(), 30);
    assert!(matches!(sample::draw(&mut tx, &app.random, of, 20).await, Err(sample::Refused::DrawnBefore)));
    tx.commit().await.unwrap();
    let standing = loaded(&app, of).await;
    let drawn: BTreeSet<&str> = standing.sampled.iter().map(String::as_str).collect();
    assert_eq!(drawn, sample::drawn(&standing.words, &standing.frame.seed, 20).into_iter().collect());
    assert!(standing.next_second(lee, None).is_none(), "nothing waits for the second before the first");
    for _ in 0..40 {
        let standing = loaded(&app, of).await;
        let word = standing.next_first(kim, None).unwrap().word_key.clone();
        look(&app, of, (&word, Turn::First), &[slow], kim, 0).await.unwrap();
    }
    let standing = loaded(&app, of).await;
    assert!(standing.next_first(kim, None).is_none() && standing.next_second(kim, None).is_none());
    let word = standing.next_second(lee, None).unwrap().word_key.clone();
    assert!(matches!(look(&app, of, (&word, Turn::Second), &[slow], kim, 0).await, Err(code::Refused::SamePerson)));
    // Whoever could be the second must not get to see the first by changing it.
    assert!(matches!(look(&app, of, (&word, Turn::First), &[kind], lee, 1).await, Err(code::Refused::Checked)));
    look(&app, of, (&word, Turn::First), &[slow], kim, 1).await.unwrap();
    let mut differing = Vec::new();
    for at in 0..30 {
        let standing = loaded(&app, of).await;
        let word = standing.next_second(lee, None).unwrap().word_key.clone();
        let themes: &[ThemeId] = if at < 3 { &[slow, kind] } else { &[slow] };
        look(&app, of, (&word, Turn::Second), themes, lee, 0).await.unwrap();
        assert!(matches!(look(&app, of, (&word, Turn::Second), themes, ada, 0).await, Err(code::Refused::NotDue)));
        assert!(matches!(look(&app, of, (&word, Turn::First), themes, kim, 1).await, Err(code::Refused::Checked)));
        differing.extend((at < 3).then_some(word));
    }
    let standing = loaded(&app, of).await;
    assert_eq!((standing.checked(), standing.differing().len()), ((30, 30), 3));
    let agreement = standing.agreement();
    assert_eq!(agreement[0].1.per_cent(), Some(100.0));
    assert_eq!(agreement[1].1.per_cent(), Some(90.0));
    for word in &differing {
        look(&app, of, (word, Turn::Third), &[kind], ada, 0).await.unwrap();
    }
    assert!(matches!(look(&app, of, (&word, Turn::Third), &[kind], ada, 0).await, Err(code::Refused::NotDue | code::Refused::Meanwhile)));
    let standing = loaded(&app, of).await;
    assert!(standing.differing().is_empty());
    assert_eq!(standing.names(&standing.counting(&differing[0]).unwrap().themes), ["Kind"]);
    // What was settled is no longer part of how far they agree: that is of the two looks.
    assert_eq!(standing.agreement()[1].1.per_cent(), Some(90.0));
});

db_test!(two_who_look_at_once_do_not_overwrite_each_other, db => {
    let app = app_on(db);
    let (_, of) = written_to(&app, 6).await;
    let (kim, lee) = (person(&app, "kim").await, person(&app, "lee").await);
    let slow = theme(&app, of, "Slow").await;
    let standing = loaded(&app, of).await;
    let word = standing.words[0].word_key.as_str();
    look(&app, of, (word, Turn::First), &[slow], kim, 0).await.unwrap();
    assert!(matches!(look(&app, of, (word, Turn::First), &[], lee, 0).await, Err(code::Refused::Meanwhile)));
    look(&app, of, (word, Turn::First), &[], lee, 1).await.unwrap();
    assert!(matches!(look(&app, of, ("no such word", Turn::First), &[], lee, 0).await, Err(code::Refused::NoSuchWord)));
    assert!(matches!(look(&app, of, (word, Turn::First), &[ThemeId(9_999)], lee, 2).await, Err(code::Refused::NoSuchTheme)));
    let decide = async |decision: Decision, revision: i64| {
        let mut tx = app.db.write().await.unwrap();
        let decided = review::decided(decision, Vec::new(), revision, kim);
        review::decide(&mut tx, of, word, decided).await?;
        tx.commit().await.unwrap();
        Ok::<(), review::Refused>(())
    };
    decide(Decision::Withhold, 0).await.unwrap();
    assert!(matches!(decide(Decision::Show, 0).await, Err(review::Refused::Meanwhile)));
    decide(Decision::Show, 1).await.unwrap();
    assert_eq!(loaded(&app, of).await.decision(word), Decision::Show);
});

db_test!(the_public_reads_only_what_somebody_let_through_and_the_answer_stays_as_it_was, db => {
    let app = app_on(db);
    let (asked, of) = written_to(&app, 30).await;
    let kim = person(&app, "kim").await;
    let slow = theme(&app, of, "Slow").await;
    let public = Policy::public();
    let attempt = async |most: i64| {
        let mut tx = app.db.write().await.unwrap();
        let asked = surveys::find(&mut tx, asked.survey.id).await.unwrap().unwrap();
        publish::publish(&mut tx, &asked, of, most, &public, app.clock.now()).await?;
        tx.commit().await.unwrap();
        Ok::<(), publish::Refused>(())
    };
    assert!(matches!(attempt(10).await, Err(publish::Refused::ResultsNotPublished)));
    app.clock.advance(TimeDelta::days(2));
    let mut tx = app.db.write().await.unwrap();
    assert!(surveys::publish_results(&mut tx, asked.survey.id, app.clock.now()).await.unwrap());
    tx.commit().await.unwrap();
    assert!(matches!(attempt(10).await, Err(publish::Refused::Uncoded(30))));
    let standing = loaded(&app, of).await;
    for word in &standing.words {
        look(&app, of, (&word.word_key, Turn::First), &[slow], kim, 0).await.unwrap();
    }
    // Four are let through, one of them without its first word, and one is not.
    for (at, decision) in [Decision::Show, Decision::Show, Decision::Withhold, Decision::Show, Decision::Show].into_iter().enumerate() {
        let word = &standing.words[at].word_key;
        let marks = if at == 1 { vec![Mark { begins: 0, letters: 5, kind: Kind::Name }] } else { Vec::new() };
        let mut tx = app.db.write().await.unwrap();
        review::decide(&mut tx, of, word, review::decided(decision, marks, 0, kim)).await.unwrap();
        tx.commit().await.unwrap();
    }
    attempt(3).await.unwrap();
    assert!(matches!(attempt(3).await, Err(publish::Refused::DoneBefore)));
    let after = loaded(&app, of).await;
    let texts: Vec<&str> = after.words.iter().map(|word| word.value.as_str()).collect();
    let number = |at: usize| texts[at].strip_prefix("Words ").unwrap();
    let expected = [texts[0].to_owned(), format!("[removed: name] {}", number(1)), texts[3].to_owned()];
    assert_eq!(written::shown(&after), expected);
    assert!(texts.iter().all(|text| text.starts_with("Words number ")));
    // From now on nothing moves but what is taken out.
    let word = &after.words[9].word_key;
    assert!(matches!(look(&app, of, (word, Turn::First), &[], kim, 1).await, Err(code::Refused::Published)));
    let mut tx = app.db.write().await.unwrap();
    let worded = Worded { name: "Other", description: "" };
    assert!(matches!(frame::reword(&mut tx, of, slow, worded).await, Err(frame::Refused::Published)));
    assert!(matches!(frame::add(&mut tx, of, worded).await, Err(frame::Refused::Published)));
    let taken = review::decided(Decision::Withhold, Vec::new(), 1, kim);
    review::decide(&mut tx, of, &after.words[0].word_key, taken).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(written::shown(&loaded(&app, of).await)[1..], [texts[3].to_owned(), texts[4].to_owned()]);
});

db_test!(words_are_found_in_any_capitals_and_as_they_stand, db => {
    use crate::questionnaires::store::list_words;
    let app = app_on(db);
    let (asked, of) = written_to(&app, 3).await;
    let more = ["100% RAIN_proof!", "a drop", "Rain"].map(|words| said([(3, Answer::Open(words.to_owned()))]));
    keep_online(&app, &asked, more).await;
    let mut tx = app.db.read().await.unwrap();
    for (pattern, many) in [("%rain%", 2), ("%rain!_proof!!%", 1), ("%100!%%", 1), ("%!%%", 1), ("%words%", 3), ("%", 6)] {
        let found = list_words(&mut tx, of.version_id, of.key, pattern).await.unwrap();
        assert_eq!(found.len(), many, "{pattern}");
    }
    assert!(list_words(&mut tx, of.version_id, 2, "%").await.unwrap().is_empty());
});

db_test!(themes_are_copied_from_another_question_without_those_that_are_there, db => {
    let app = app_on(db);
    let (_, from) = written_to(&app, 2).await;
    let (_, to) = written_to(&app, 2).await;
    assert_ne!(from, to);
    for name in ["Slow", "Kind"] {
        theme(&app, from, name).await;
    }
    theme(&app, to, "kind").await;
    let standing = loaded(&app, from).await;
    let mut tx = app.db.write().await.unwrap();
    assert_eq!(frame::copy(&mut tx, to, &standing).await.unwrap(), 1);
    tx.commit().await.unwrap();
    let names: Vec<String> = loaded(&app, to).await.live().map(|theme| theme.name.clone()).collect();
    assert_eq!(names, ["kind", "Slow"]);
});
