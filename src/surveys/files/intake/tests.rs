use chrono::NaiveDate;

use super::bring_in::{Came, Refused, bring_in, compare};
use super::cell::{self, Numbers};
use super::look::{Reading, Seen, look};
use super::slot::{self, Part};
use super::table;
use crate::app::App;
use crate::db_test;
use crate::questionnaires::answer::Answer;
use crate::questionnaires::kinds::{self, Kind, one_choice};
use crate::questionnaires::question::Question;
use crate::questionnaires::questionnaire::Questionnaire;
use crate::questionnaires::response::Channel;
use crate::surveys::files::single;
use crate::surveys::pages::tests::{count, open, three_questions};
use crate::surveys::results;
use crate::surveys::store;
use crate::surveys::survey::{Access, Asked};
use crate::testing::app_on;

/// How an agency sends it: its own numbers, words and places, a day for each row.
const AGENCY: &str = "Case ID;Interview date;Had a repair?;How was it?;Anything else?\n\
    1001;16/11/2026;Yes;1;Kind people\n\
    1002;2026-11-16;yes;fairly satisfied;\n\
    1003;16/11/2026;2;;No, thank you\n";

fn reading(of: &Asked, text: &str) -> (table::Table, Reading) {
    let slots = slot::slots(&of.version.questionnaire);
    let table = table::read(text.as_bytes(), &slots).unwrap();
    let columns = slot::guess(&table.heads, &slots);
    let day = Some("2026-11-16".parse().unwrap());
    let reading = Reading { channel: "telephone".to_owned(), day, numbers: "places".to_owned(), columns };
    (table, reading)
}

fn seen(app: &App, of: &Asked, text: &str) -> Seen {
    let (table, reading) = reading(of, text);
    look(of, &table, &reading, app.clock.now())
}

fn said(faults: &[crate::exchange::Fault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

async fn come(app: &App, of: &Asked, text: &str) -> Result<Came, Refused> {
    let entries = seen(app, of, text).entries;
    let mut tx = app.db.write().await.unwrap();
    let came = bring_in(&mut tx, &app.random, of, Channel::Telephone, &entries, app.clock.now()).await?;
    tx.commit().await.unwrap();
    Ok(came)
}

db_test!(a_file_comes_in_whole_and_the_same_rows_again_add_nobody, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let seen = seen(&app, &asked, AGENCY);
    assert_eq!((said(&seen.faults), said(&seen.warnings)), (vec![], vec![]));
    assert_eq!(seen.entries.iter().map(|entry| entry.row).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(come(&app, &asked, AGENCY).await.unwrap(), Came { new: 3, known: 0, changed: 0 });
    // As the pages read it for the second file: the questions are locked now.
    let asked = store::find(&mut app.db.read().await.unwrap(), asked.survey.id).await.unwrap().unwrap();
    assert_eq!(come(&app, &asked, AGENCY).await.unwrap(), Came { new: 0, known: 3, changed: 0 });
    let later = AGENCY.replace("1002;2026-11-16;yes", "1002;2026-11-16;no") + "1004;16/11/2026;No;;\n";
    let entries = super::seen(&app, &asked, &later).entries;
    let compared = compare(&mut app.db.read().await.unwrap(), &asked, &entries).await.unwrap();
    assert_eq!(compared, Came { new: 1, known: 2, changed: 1 });
    assert_eq!(come(&app, &asked, &later).await.unwrap(), compared);
    assert_eq!(count(&app, &asked).await, 4);
    let all = single::read(&mut app.db.read().await.unwrap(), &asked).await.unwrap();
    let kept: Vec<(&str, String)> =
        all.stored.iter().map(|stored| (stored.channel.as_str(), stored.received_on.to_string())).collect();
    assert_eq!(kept[..2], [("telephone", "2026-11-16".to_owned()), ("telephone", "2026-11-16".to_owned())]);
    assert_eq!(all.open.iter().map(|open| open.value.as_str()).collect::<Vec<_>>(), ["Kind people", "No, thank you"]);
});

db_test!(nothing_comes_in_once_the_results_are_published, db => {
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let published = app.clock.now();
    let mut tx = app.db.write().await.unwrap();
    // The page was read before.
    assert!(store::publish_results(&mut tx, asked.survey.id, published).await.unwrap());
    tx.commit().await.unwrap();
    assert!(matches!(come(&app, &asked, AGENCY).await, Err(Refused::Survey(_))));
    assert_eq!(count(&app, &asked).await, 0);
});

#[tokio::test]
async fn what_is_not_asked_does_not_count_and_is_said() {
    let app = crate::testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let text = AGENCY.replace("1003;16/11/2026;2;;", "1003;16/11/2026;2;5;");
    let seen = seen(&app, &asked, &text);
    assert_eq!(
        said(&seen.warnings),
        ["Row 4: question 2, “How was it?”, is not asked after these answers. What stands there does not count"]
    );
    assert_eq!(seen.entries[2].answers.get(2), None);
    assert_eq!(seen.entries.len(), 3);
}

#[tokio::test]
async fn every_cell_that_cannot_be_read_names_its_row_and_column() {
    let app = crate::testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let text = "Case ID,Day,Had a repair?,How was it?\n\
        1,16/11/2026,Maybe,1\n\
        1,30/02/2026,Yes,7\n\
        ,15/11/2025,Yes,1\n\
        4,17/11/2026,Yes,1\n\
        5,16/11/2026,,\n";
    let seen = seen(&app, &asked, text);
    assert_eq!(
        said(&seen.faults),
        [
            "Row 2, column Had a repair?: “Maybe” is none of its answers: Yes · No",
            "Row 3, column Day: “30/02/2026” is no day. Write it like 2026-11-30 or 30/11/2026",
            "Row 3, column How was it?: “7” is none of its answers: Very satisfied · Fairly satisfied · Neither satisfied nor dissatisfied · Fairly dissatisfied · Very dissatisfied · Not applicable",
            "Row 3, column Case ID: row 2 has the same number, “1”",
            "Row 4: the survey had not opened on that day",
            "Row 4, column Case ID: the row has no number",
            "Row 5: the day has not come yet",
        ]
    );
    assert_eq!(said(&seen.warnings), ["Row 6: no question is answered. The row is left out"]);
    assert!(seen.entries.is_empty());
}

#[tokio::test]
async fn rows_without_a_number_are_known_by_what_they_say_and_two_people_may_say_the_same() {
    let app = crate::testing::app().await;
    let asked = open(&app, Access::Open, &three_questions()).await;
    let twice = "Had a repair?,How was it?\nYes,1\nYes,1\nNo,\n";
    assert_eq!(come(&app, &asked, twice).await.unwrap().new, 3);
    let asked = store::find(&mut app.db.read().await.unwrap(), asked.survey.id).await.unwrap().unwrap();
    // In another order, and one more of the same.
    let more = "Had a repair?,How was it?\nNo,\nYes,1\nYes,1\nYes,1\n";
    assert_eq!(come(&app, &asked, more).await.unwrap(), Came { new: 1, known: 3, changed: 0 });
}

fn every_kind() -> Questionnaire {
    let mut of = Questionnaire::default();
    for (tag, name) in kinds::ALL {
        of.add(Question::new(name, Kind::usual(tag).unwrap())).unwrap();
    }
    let options = ["Red", "Green"].map(str::to_owned).to_vec();
    let all = one_choice::Settings { options, other: true, dont_know: true, prefer_not: true };
    of.add(Question::new("Colour", Kind::OneChoice(all))).unwrap();
    of
}

#[tokio::test]
async fn our_own_data_file_comes_back_in_as_it_left() {
    use crate::exchange::csv;
    use crate::exchange::variable::Value;
    use crate::questionnaires::answer::Answers;
    use crate::questionnaires::code_book;
    use crate::statistics::disclosure::Policy;
    use crate::surveys::files::single::SingleAnswers;
    use crate::surveys::files::ways::Ways;
    let app = crate::testing::app().await;
    let from = open(&app, Access::Open, &every_kind()).await;
    let mut answers = Answers::default();
    let all = [
        Answer::Option(1),
        Answer::Option(0),
        Answer::Several(vec![1]),
        Answer::Items(vec![8, 2]),
        Answer::Ranked(vec![2, 0, 1]),
        Answer::Option(9),
        Answer::Open("4".to_owned()),
        Answer::Open("2026-11-12".to_owned()),
        Answer::Open("A line".to_owned()),
        Answer::Open("Two\nlines; and £5".to_owned()),
        Answer::Open("3f2c8a50-0000-4000-8000-00000000abcd The tap".to_owned()),
        Answer::Other("Blue".to_owned()),
    ];
    (1..).zip(all).for_each(|(key, answer)| answers.put(key, answer));
    let coded = code_book::encode(&from.version.questionnaire, &answers);
    let stored = crate::questionnaires::response::Stored {
        response_id: 1,
        number: 1,
        codes: coded.codes,
        channel: "post".to_owned(),
        received_on: app.clock.today(),
    };
    let open_answers = coded.open.into_iter().map(|(key, value)| crate::questionnaires::response::Open {
        response_id: 1,
        question_key: i64::from(key),
        value,
        received_on: app.clock.today(),
    });
    // All comes back but the photo.
    answers.put(11, Answer::NoAnswer);
    let kept = single::Kept { stored: vec![stored], open: open_answers.collect() };
    let gathered = results::Gathered::of(&from, &kept.stored, &kept.open);
    let single = SingleAnswers::of(&from, &kept, Ways::of(&gathered.came_by(&Policy::staff())));
    let words = |value: Value| match value {
        Value::Blank => String::new(),
        Value::Number(number) => number.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Words(words) => words,
    };
    let heads: Vec<String> = single.variables().into_iter().map(|variable| variable.name).collect();
    let rows = single.values().map(|row| row.into_iter().map(words).collect::<Vec<_>>());
    let data = String::from_utf8(csv::write(std::iter::once(heads).chain(rows))).unwrap();
    let in_words = String::from_utf8(csv::write(std::iter::once(single.heads()).chain(single.in_words()))).unwrap();
    for (text, numbers) in [(data, "codes"), (in_words, "places")] {
        let (table, mut reading) = reading(&from, &text);
        reading.numbers = numbers.to_owned();
        let seen = look(&from, &table, &reading, app.clock.now());
        assert_eq!(said(&seen.faults), Vec::<String>::new(), "{text}");
        assert_eq!(seen.entries[0].answers, answers, "{text}");
        assert!(said(&seen.warnings)[0].starts_with("Row 1: question 11 asks for a photo"), "{:?}", seen.warnings);
    }
}

#[test]
fn a_column_is_guessed_by_its_name_its_question_or_the_bank() {
    let mut of = every_kind();
    of.add(Question::new("Where is it?", Kind::usual("one_choice").unwrap())).unwrap();
    let slots = slot::slots(&of);
    let heads = [
        "ROW",
        "Q1",
        "q3_2",
        "Several items on one five-point scale – Second item",
        "where is it",
        "came_by",
        "q1",
        "",
    ];
    let guessed = slot::guess(&heads.map(str::to_owned), &slots);
    assert_eq!(guessed, ["row", "1", "3-2", "4-2", "13", "", "", ""]);
    let bank = crate::questionnaires::bank::current().unwrap().questionnaire("Mill Lane Homes").unwrap();
    assert_eq!(slot::guess(&["TP02".to_owned()], &slot::slots(&bank)), ["4"]);
}

#[test]
fn days_are_read_with_the_day_before_the_month() {
    let day = |cell: &str| cell::day(cell).ok();
    let third: NaiveDate = "2026-11-03".parse().unwrap();
    for cell in
        ["2026-11-03", "03/11/2026", "3/11/2026", "3.11.2026", "3 November 2026", "3 Nov 2026", "2026-11-03T10:00:00"]
    {
        assert_eq!(day(cell), Some(third), "{cell}");
    }
    for cell in ["11/30/2026", "soon", "31/02/2026", "3/11/26"] {
        assert_eq!(day(cell), None, "{cell}");
    }
}

#[test]
fn numbers_mean_places_or_codes_but_a_score_means_itself() {
    let value = |tag: &str, cell: &str, numbers: Numbers| -> Option<String> {
        let question = Question { key: 1, ..Question::new("x", Kind::usual(tag).unwrap()) };
        cell::pairs(&question, &Part::Whole, cell, numbers).ok()?.first().map(|(_, value)| value.clone())
    };
    assert_eq!(value("scale", "1", Numbers::Places).as_deref(), Some("0"));
    assert_eq!(value("scale", "8", Numbers::Codes).as_deref(), Some("0"));
    assert_eq!(value("scale", "2", Numbers::Codes).as_deref(), Some("na"));
    assert_eq!(value("scale", "1", Numbers::Codes), None, "left blank");
    assert_eq!(value("zero_to_ten", "0", Numbers::Places).as_deref(), Some("0"));
    assert_eq!(value("zero_to_ten", "10", Numbers::Codes).as_deref(), Some("10"));
}

db_test!(a_file_waits_for_its_decision_and_then_lets_its_bytes_go, db => {
    use crate::surveys::files::intake::store::{self, Sent};
    use chrono::TimeDelta;
    let app = app_on(db);
    let asked = open(&app, Access::Open, &three_questions()).await;
    let (_, account) = crate::testing::Browser::signed_in(&app, crate::people::Role::Officer).await;
    let now = app.clock.now();
    let reading = Reading { columns: vec!["1".to_owned(), String::new()], ..Reading::default() };
    let sent = Sent { asked: &asked, name: "a.csv", content: b"a,b\n1,2\n", reading: &reading, by: account.id, at: now };
    let mut tx = app.db.write().await.unwrap();
    let id = store::insert(&mut tx, &sent).await.unwrap();
    let old = store::insert(&mut tx, &Sent { at: now - TimeDelta::days(8), ..sent }).await.unwrap();
    let read = Reading { channel: "post".to_owned(), day: Some(app.clock.today()), ..reading.clone() };
    store::save_reading(&mut tx, id, &read).await.unwrap();
    let file = store::find(&mut tx, &asked, id).await.unwrap().unwrap();
    assert_eq!((file.reading, file.content.as_deref(), file.state.as_str()), (read, Some(sent.content), "waiting"));
    assert_eq!(store::count_waiting_before(&mut tx, now - TimeDelta::days(7)).await.unwrap(), 1);
    store::discard_before(&mut tx, now - TimeDelta::days(7), "Too old", now).await.unwrap();
    assert!(!store::decide(&mut tx, old, "applied", "In", now).await.unwrap());
    assert!(store::decide(&mut tx, id, "applied", "In", now).await.unwrap());
    assert!(!store::decide(&mut tx, id, "discarded", "", now).await.unwrap());
    let listed = store::list(&mut tx, asked.survey.id).await.unwrap();
    let listed: Vec<_> = listed.into_iter().map(|file| (file.file_id, file.state, file.outcome, file.content)).collect();
    let gone = |id: i64, state: &str, outcome: &str| (id, state.to_owned(), outcome.to_owned(), None);
    assert_eq!(listed, [gone(old, "discarded", "Too old"), gone(id, "applied", "In")]);
});
